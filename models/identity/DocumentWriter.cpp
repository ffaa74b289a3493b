// SPDX-License-Identifier: Apache-2.0
#include "identity/DocumentWriter.h"

#include "store/Text.h"

#include <cstdio>

namespace kith::identity {

void DocumentWriter::newLine()
{
    m_buffer.push_back('\n');
    m_buffer.append(m_empty.size(), ' ');
}

void DocumentWriter::newValue()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_empty.empty())
        return;
    if (!m_empty.back())
        m_buffer.push_back(',');
    m_empty.back() = false;
    newLine();
}

void DocumentWriter::begin(char bracket)
{
    newValue();
    m_buffer.push_back(bracket);
    m_empty.push_back(true);
}

void DocumentWriter::end(char bracket)
{
    const bool empty = m_empty.back();
    m_empty.pop_back();
    if (!empty)
        newLine();
    m_buffer.push_back(bracket);
    flush();
}

void DocumentWriter::key(std::string_view key)
{
    newValue();
    quote(key);
    m_buffer += ": ";
    m_afterKey = true;
}

void DocumentWriter::text(std::string_view value)
{
    newValue();
    quote(value);
}

void DocumentWriter::flag(bool value)
{
    newValue();
    m_buffer += value ? "true" : "false";
}

void DocumentWriter::quote(std::string_view text)
{
    m_buffer.push_back('"');
    for (const char c : validUtf8(text)) {
        switch (c) {
        case '"':
            m_buffer += "\\\"";
            break;
        case '\\':
            m_buffer += "\\\\";
            break;
        case '\n':
            m_buffer += "\\n";
            break;
        case '\r':
            m_buffer += "\\r";
            break;
        case '\t':
            m_buffer += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                char escaped[8];
                std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
                m_buffer += escaped;
            } else {
                m_buffer.push_back(c);
            }
        }
    }
    m_buffer.push_back('"');
}

void DocumentWriter::flush()
{
    constexpr std::size_t Piece = 64 * 1024;
    if (m_buffer.size() < Piece)
        return;
    m_sink(m_buffer);
    m_buffer.clear();
}

void DocumentWriter::finish()
{
    m_buffer.push_back('\n');
    m_sink(m_buffer);
    m_buffer.clear();
}

} // namespace kith::identity
