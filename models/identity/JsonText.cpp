// SPDX-License-Identifier: Apache-2.0
#include "identity/JsonText.h"

#include <boost/json/basic_parser_impl.hpp>

#include <cstdio>
#include <string>
#include <unordered_set>

namespace kith::identity {

namespace {

namespace json = boost::json;

constexpr std::string_view ByteOrderMark = "\xEF\xBB\xBF";

bool continues(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

std::string lineAndColumn(std::string_view text, std::size_t offset)
{
    offset = std::min(offset, text.size());
    const std::string_view before = text.substr(0, offset);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t newline = before.rfind('\n');
    const std::string_view inLine = newline == std::string_view::npos ? before : before.substr(newline + 1);
    const auto column = 1 + std::count_if(inLine.begin(), inLine.end(), [](char byte) { return !continues(byte); });
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// How many bytes a UTF-8 sequence has that begins with this byte; 0 if none does.
std::size_t lengthBy(unsigned lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead < 0xE0)
        return 2;
    if (lead >= 0xE0 && lead < 0xF0)
        return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

/// How many bytes the UTF-8 sequence at `text[0]` has; 0 if it isn't one.
std::size_t sequenceLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned lead = byte(0);
    const std::size_t length = lengthBy(lead);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
    }
    const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

std::optional<std::size_t> firstInvalid(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequenceLength(text.substr(i, 4));
        if (length == 0)
            return i;
        i += length;
    }
    return std::nullopt;
}

/// Whether the text ends within the sequence that begins there.
bool isCutOff(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at);
    return rest.size() < lengthBy(static_cast<unsigned char>(rest.front())) &&
           std::all_of(rest.begin() + 1, rest.end(), continues);
}

/// What the file is instead of JSON in UTF-8, by its first bytes.
const char *otherFormat(std::string_view bytes)
{
    using namespace std::string_view_literals;
    if (bytes.starts_with("\x1F\x8B"sv))
        return "this is compressed with gzip; unpack it first (gunzip)";
    if (bytes.starts_with("PK\x03\x04"sv))
        return "this is a zip archive; unpack it first";
    if (bytes.starts_with("SQLite format 3"sv))
        return "this is a core file (SQLite), not a document; open it with --core";
    if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv))
        return "this is encoded in UTF-32; save it as UTF-8";
    const bool little = bytes.starts_with("\xFF\xFE"sv) || (bytes.size() > 3 && bytes[0] != 0 && bytes[1] == 0);
    const bool big = bytes.starts_with("\xFE\xFF"sv) || (bytes.size() > 3 && bytes[0] == 0 && bytes[1] != 0);
    return little || big ? "this is encoded in UTF-16; save it as UTF-8" : nullptr;
}

/// Builds the value as the parser goes, and refuses a key that stands twice in one object: the later one would hide
/// the earlier without a word.
class Handler
{
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();
    using Code = json::error_code;

    explicit Handler(json::storage_ptr storage) { values.reset(std::move(storage)); }

    bool on_document_begin(Code &) { return true; }
    bool on_document_end(Code &) { return true; }
    bool on_object_begin(Code &)
    {
        m_keys.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t size, Code &)
    {
        m_keys.pop_back();
        values.push_object(size);
        return true;
    }
    bool on_array_begin(Code &) { return true; }
    bool on_array_end(std::size_t size, Code &)
    {
        values.push_array(size);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, Code &)
    {
        m_key.append(part.data(), part.size());
        values.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, Code &error)
    {
        m_key.append(part.data(), part.size());
        values.push_key(part);
        if (!m_keys.back().insert(m_key).second) {
            repeatedKey = m_key;
            error = json::error::exception;
            return false;
        }
        m_key.clear();
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, Code &)
    {
        values.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, Code &)
    {
        values.push_string(part);
        return true;
    }
    bool on_number_part(json::string_view, Code &) { return true; }
    bool on_int64(std::int64_t number, json::string_view, Code &)
    {
        values.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, Code &)
    {
        values.push_uint64(number);
        return true;
    }
    bool on_double(double number, json::string_view, Code &)
    {
        values.push_double(number);
        return true;
    }
    bool on_bool(bool value, Code &)
    {
        values.push_bool(value);
        return true;
    }
    bool on_null(Code &)
    {
        values.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, Code &) { return true; }
    bool on_comment(json::string_view, Code &) { return true; }

    json::value_stack values;
    std::string repeatedKey;

private:
    std::vector<std::unordered_set<std::string>> m_keys;
    std::string m_key;
};

std::string characterAt(std::string_view text, std::size_t offset)
{
    return shownName(text.substr(offset, std::max<std::size_t>(1, sequenceLength(text.substr(offset, 4)))));
}

/// Whether an escape ends there that is the first half of a character ("\\ud83d").
bool endsInFirstHalf(std::string_view text, std::size_t offset)
{
    if (offset < 6 || offset > text.size())
        return false;
    const std::string_view escape = text.substr(offset - 6, 6);
    const bool escaped = offset > 6 && text[offset - 7] == '\\'; // the backslash is one of the text
    return !escaped && (escape.starts_with("\\ud") || escape.starts_with("\\uD")) &&
           std::string_view("89abAB").find(escape[3]) != std::string_view::npos;
}

std::string syntaxText(const json::error_code &error, std::string_view text, std::size_t offset)
{
    if (error == json::error::incomplete || (offset >= text.size() && error == json::error::syntax))
        return "the document ends in the middle; it was cut off";
    if (error == json::error::too_deep)
        return "objects and lists are nested too deeply for an identity document";
    if (endsInFirstHalf(text, offset) || error == json::error::illegal_leading_surrogate ||
        error == json::error::illegal_trailing_surrogate || error == json::error::expected_utf16_escape)
        return "an escape such as \\ud83d is one half of a character and the other half is missing (a lone surrogate): "
               "write both halves, or the character itself";
    if (error == json::error::expected_hex_digit)
        return "four hexadecimal digits must follow \\u, not " + characterAt(text, offset);
    if (error == json::error::extra_data)
        return "something follows after the end of the document: " + characterAt(text, offset);
    if (error == json::error::syntax)
        return "this isn't JSON: unexpected " + characterAt(text, offset) +
               " (a comma, a quote or a bracket is missing or too much just before)";
    return "this isn't JSON: " + error.message();
}

Problem problemAt(std::string code, std::string place, std::string text)
{
    return {Problem::Severity::Error, std::move(code), std::move(place), {}, std::move(text)};
}

std::optional<Problem> encodingProblem(std::string_view bytes, std::string_view text)
{
    if (bytes.size() > LargestDocument)
        return problemAt("too-large", {},
                         "the document has more than " + std::to_string(LargestDocument >> 20) +
                             " MiB, which is the most that can be imported at once: split it into several documents");
    if (const char *other = otherFormat(bytes))
        return problemAt("encoding", "line 1, column 1", other);
    if (const auto invalid = firstInvalid(text)) {
        if (isCutOff(text, *invalid))
            return problemAt("syntax", lineAndColumn(text, *invalid),
                             "the document ends in the middle of a character; it was cut off");
        char byte[8];
        std::snprintf(byte, sizeof byte, "0x%02X", static_cast<unsigned char>(text[*invalid]));
        return problemAt("encoding", lineAndColumn(text, *invalid),
                         std::string("the byte ") + byte +
                             " isn't UTF-8: the document is in another encoding, such as Latin-1; save it as UTF-8");
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return problemAt("syntax", {}, "the document is empty");
    return std::nullopt;
}

} // namespace

std::optional<json::value> readJsonText(std::string_view bytes, const json::storage_ptr &storage, Problems &problems)
{
    const std::string_view text = bytes.starts_with(ByteOrderMark) ? bytes.substr(ByteOrderMark.size()) : bytes;
    if (auto problem = encodingProblem(bytes, text)) {
        problems.add(std::move(*problem));
        return std::nullopt;
    }
    json::parse_options options;
    options.max_depth = 64;
    json::basic_parser<Handler> parser(options, storage);
    json::error_code error;
    std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (!error)
        read += text.substr(read).find_first_not_of(" \t\r\n") == std::string_view::npos ? text.size() - read : 0;
    if (!error && read < text.size())
        error = json::error::extra_data;
    if (!error)
        return parser.handler().values.release();
    const std::string &repeated = parser.handler().repeatedKey;
    if (!repeated.empty() || error == json::error::exception)
        problems.add(problemAt("repeated-key", lineAndColumn(text, read),
                               "the key " + shownName(repeated) + " stands twice in the same object; join the two"));
    else
        problems.add(problemAt("syntax", lineAndColumn(text, read), syntaxText(error, text, read)));
    return std::nullopt;
}

} // namespace kith::identity
