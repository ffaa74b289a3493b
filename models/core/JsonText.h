// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Json.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::core {

/// JSON as a text, written from front to back without a value in between. Commas come by themselves; who writes sees to
/// it that brackets match and that every member of an object has a key.
class JsonText
{
public:
    void open(char bracket)
    {
        separate();
        m_text += bracket;
        m_comma = false;
    }
    void close(char bracket)
    {
        m_text += bracket;
        m_comma = true;
    }
    JsonText &key(std::string_view name)
    {
        text(name);
        m_text += ':';
        m_comma = false;
        return *this;
    }
    void text(std::string_view value)
    {
        separate();
        store::appendJsonText(m_text, value);
    }
    /// What is JSON already.
    void raw(std::string_view json)
    {
        separate();
        m_text += json;
    }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void null() { raw("null"); }
    void texts(const std::vector<std::string> &values)
    {
        open('[');
        for (const std::string &value : values)
            text(value);
        close(']');
    }

    const std::string &written() const & { return m_text; }
    std::string written() && { return std::move(m_text); }

private:
    void separate()
    {
        if (m_comma)
            m_text += ',';
        m_comma = true;
    }

    std::string m_text;
    bool m_comma = false;
};

} // namespace kith::core
