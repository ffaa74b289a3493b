// SPDX-License-Identifier: Apache-2.0
// From the written form of strings and heredocs to their values.
#include "policy/HclScanner.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::policy::hcl {

namespace {

char32_t digitsAt(std::string_view raw, std::size_t from, std::size_t count, char32_t base)
{
    char32_t value = 0;
    for (const char c : raw.substr(std::min(from, raw.size()), count))
        value = value * base + static_cast<char32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    return value;
}

/// Resolves the escape whose letter is at `at`; returns where the text goes on. None: there is no such character.
std::optional<std::size_t> resolveEscape(std::string_view raw, std::size_t at, std::string &out)
{
    constexpr std::string_view letters = "abfnrtv\\\"";
    constexpr std::string_view values = "\a\b\f\n\r\t\v\\\"";
    const char letter = at < raw.size() ? raw[at] : '\0';
    if (const std::size_t i = letters.find(letter); i != std::string_view::npos) {
        out.push_back(values[i]);
        return at + 1;
    }
    if (letter == 'x' || (letter >= '0' && letter <= '7')) {
        const bool hex = letter == 'x';
        const char32_t byte = digitsAt(raw, hex ? at + 1 : at, hex ? 2 : 3, hex ? 16 : 8);
        out.push_back(static_cast<char>(byte));
        return byte > 0xFF ? std::nullopt : std::optional(at + 3);
    }
    const std::size_t count = letter == 'U' ? 8 : 4;
    const char32_t codePoint = digitsAt(raw, at + 1, count, 16);
    appendUtf8(out, codePoint);
    return codePoint > 0x10FFFF ? std::nullopt : std::optional(at + 1 + count);
}

} // namespace

std::optional<std::string> unquote(std::string_view raw, Scanner::Language language)
{
    if (raw.size() < 2)
        return std::string();
    raw = raw.substr(1, raw.size() - 2);
    std::string out;
    out.reserve(raw.size());
    int braces = 0; // an interpolation is kept as it is written
    for (std::size_t i = 0; i < raw.size();) {
        const char c = raw[i];
        if (braces == 0 && c == '\\') {
            const auto next = resolveEscape(raw, i + 1, out);
            if (!next)
                return std::nullopt;
            i = *next;
            continue;
        }
        if (braces == 0 && c == '$' && language == Scanner::Language::Hcl && i + 1 < raw.size() && raw[i + 1] == '{') {
            out.push_back(c);
            ++i;
            braces = 1;
        } else if (braces > 0) {
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        out.push_back(raw[i++]);
    }
    return out;
}

std::string heredocText(std::string_view raw)
{
    const std::size_t firstBreak = raw.find('\n');
    if (raw.size() < 3 || firstBreak == std::string_view::npos)
        return {};
    const bool indented = raw[2] == '-';
    std::string_view anchor = raw.substr(indented ? 3 : 2, firstBreak - (indented ? 3 : 2));
    if (!anchor.empty() && anchor.back() == '\r')
        anchor.remove_suffix(1);
    std::string_view body = raw.substr(firstBreak + 1);
    if (!body.empty() && body.back() == '\n')
        body.remove_suffix(1);
    if (body.size() < anchor.size())
        return {};
    body.remove_suffix(anchor.size());
    if (!indented)
        return std::string(body);

    const std::size_t lastBreak = body.rfind('\n');
    const std::string_view indent = body.substr(lastBreak == std::string_view::npos ? 0 : lastBreak + 1);
    body.remove_suffix(indent.size());
    std::string stripped;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size() - 1);
        const std::string_view line = body.substr(at, end + 1 - at);
        if (line.substr(0, indent.size()) != indent)
            return std::string(body); // one line that is indented less, and none is changed
        stripped += line.substr(indent.size());
        at = end + 1;
    }
    return stripped;
}

} // namespace kith::policy::hcl
