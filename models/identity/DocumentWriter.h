// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

/// Writes JSON as identity documents look: each value on its own line, indented by one space a level, UTF-8 unescaped.
/// Hands it to the sink in pieces of some ten thousand bytes.
class DocumentWriter
{
public:
    explicit DocumentWriter(std::function<void(std::string_view)> sink) : m_sink(std::move(sink)) {}

    void beginObject() { begin('{'); }
    void endObject() { end('}'); }
    void beginList() { begin('['); }
    void endList() { end(']'); }
    void key(std::string_view key);
    void text(std::string_view value);
    void flag(bool value);
    void finish(); ///< The last line break, and the rest to the sink.

private:
    void begin(char bracket);
    void end(char bracket);
    void newValue();
    void newLine();
    void quote(std::string_view text);
    void flush();

    std::function<void(std::string_view)> m_sink;
    std::string m_buffer;
    std::vector<bool> m_empty; // of each open object or list: nothing written in it yet
    bool m_afterKey = false;
};

} // namespace kith::identity
