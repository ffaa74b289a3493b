// SPDX-License-Identifier: Apache-2.0
#include "store/Json.h"

#include "store/GoText.h"
#include "store/JsonBytes.h"
#include "store/Text.h"

#include <charconv>
#include <limits>
#include <vector>

namespace kith::store {

namespace json = boost::json;

namespace {

/// What the real server takes for each value, in bytes.
constexpr std::size_t NumberCost = 24;
constexpr std::size_t LiteralCost = 17;
constexpr std::size_t TextCost = 16;
constexpr std::size_t ArrayCost = 40;
constexpr std::size_t ObjectCost = 88;

constexpr std::string_view AtValue = "looking for beginning of value";

/// Reads token by token with a stack of its own, so that depth costs no machine stack.
class Reader
{
public:
    Reader(std::string_view text, const JsonLimits &limits) : m_text(text), m_limits(limits) {}

    Result<json::value> read();

private:
    struct Open {
        json::value container;
        std::string key = {};
        bool isObject = false;
    };
    enum class Then { Value, EndOrValue, EndOrKey, Key, Colon, CommaOrEnd, Done };

    bool fail(std::string text);
    bool unexpected(std::string_view where);
    bool atEnd();
    void skipBlanks();
    bool value();
    bool step(Then &then);
    bool key();
    bool open(bool isObject);
    void close();
    void put(json::value value);
    bool literal(std::string_view word, json::value value);
    bool number();
    bool digits();
    bool keep(std::string_view text, bool whole);
    bool text(std::string &out);
    bool escape(std::string &out);
    bool unicode(std::string &out);
    bool hexadecimal(std::size_t at, char32_t &out);
    bool badEscape(std::size_t at, std::size_t length);
    bool charge(std::size_t bytes);
    bool countText(std::size_t size);
    void check();
    Then afterValue() const { return m_open.empty() ? Then::Done : Then::CommaOrEnd; }

    std::string_view m_text;
    JsonLimits m_limits;
    std::size_t m_at = 0;
    std::vector<Open> m_open;
    std::size_t m_strings = 0;
    std::size_t m_memory = 0;
    bool m_ended = false; ///< The text ended between two tokens.
    json::value m_result;
    std::string m_scratch;
    std::optional<std::string> m_failure;
};

bool Reader::fail(std::string text)
{
    if (!m_failure)
        m_failure = "failed to decode JSON input: " + std::move(text);
    return false;
}

bool Reader::unexpected(std::string_view where)
{
    if (m_at >= m_text.size())
        return fail("unexpected EOF");
    return fail("invalid character " + quotedCharacter(m_text.substr(m_at)) + " " + std::string(where));
}

void Reader::skipBlanks()
{
    while (m_at < m_text.size() &&
           (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
        ++m_at;
}

bool Reader::atEnd()
{
    skipBlanks();
    return m_at >= m_text.size();
}

bool Reader::charge(std::size_t bytes)
{
    m_memory += bytes;
    if (m_memory <= m_limits.memory || m_failure)
        return !m_failure;
    m_failure = "refused JSON input due to high complexity: exceeded maximum estimated memory limits";
    return false;
}

bool Reader::countText(std::size_t size)
{
    if (++m_strings > m_limits.strings && !m_failure)
        m_failure = "refused JSON input due to high complexity: exceeded maximum number of strings";
    return !m_failure && charge(TextCost + size);
}

void Reader::put(json::value value)
{
    if (m_open.empty())
        m_result = std::move(value);
    else if (m_open.back().isObject)
        m_open.back().container.get_object().insert_or_assign(m_open.back().key, std::move(value));
    else
        m_open.back().container.get_array().push_back(std::move(value));
}

bool Reader::open(bool isObject)
{
    if (m_open.size() >= m_limits.depth)
        return fail("exceeded max depth");
    ++m_at;
    Open opened;
    opened.isObject = isObject;
    if (isObject)
        opened.container.emplace_object();
    else
        opened.container.emplace_array();
    m_open.push_back(std::move(opened));
    return charge(isObject ? ObjectCost : ArrayCost);
}

void Reader::close()
{
    ++m_at;
    json::value done = std::move(m_open.back().container);
    m_open.pop_back();
    put(std::move(done));
}

bool Reader::literal(std::string_view word, json::value value)
{
    for (std::size_t i = 0; i < word.size(); ++i, ++m_at)
        if (m_at >= m_text.size() || m_text[m_at] != word[i])
            return unexpected("in literal " + std::string(word) + " (expecting '" + word[i] + "')");
    put(std::move(value));
    return charge(LiteralCost);
}

bool Reader::digits()
{
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9')
        ++m_at;
    return m_at > begin || unexpected("in numeric literal");
}

bool Reader::number()
{
    const std::size_t begin = m_at;
    bool whole = true;
    if (m_text[m_at] == '-')
        ++m_at;
    if (m_at < m_text.size() && m_text[m_at] == '0')
        ++m_at;
    else if (!digits())
        return false;
    if (m_at < m_text.size() && m_text[m_at] == '.') {
        whole = false;
        ++m_at;
        if (!digits())
            return false;
    }
    if (m_at < m_text.size() && (m_text[m_at] == 'e' || m_text[m_at] == 'E')) {
        whole = false;
        ++m_at;
        if (m_at < m_text.size() && (m_text[m_at] == '+' || m_text[m_at] == '-'))
            ++m_at;
        if (!digits())
            return false;
    }
    return keep(m_text.substr(begin, m_at - begin), whole && m_text.substr(begin, m_at - begin) != "-0");
}

bool Reader::keep(std::string_view text, bool whole)
{
    const char *last = text.data() + text.size();
    std::int64_t small = 0;
    std::uint64_t large = 0;
    if (whole && std::from_chars(text.data(), last, small).ec == std::errc()) {
        put(small);
        return charge(NumberCost);
    }
    if (whole && text.front() != '-' && std::from_chars(text.data(), last, large).ec == std::errc()) {
        put(large);
        return charge(NumberCost);
    }
    double real = 0;
    const auto read = std::from_chars(text.data(), last, real);
    // What is too small for a double is as good as zero; what is too large is refused.
    if (read.ec == std::errc::result_out_of_range && text.find("e-") == std::string_view::npos &&
        text.find("E-") == std::string_view::npos)
        return fail("json: cannot unmarshal number " + std::string(text) + " into Go value of type float64");
    put(json::value(json::string("\xFF" + std::string(text))));
    return charge(NumberCost);
}

bool Reader::badEscape(std::size_t at, std::size_t length)
{
    const std::string_view sequence = m_text.substr(at, std::min(length, m_text.size() - at));
    // Go quotes with backticks what needs no escapes of its own.
    std::string quoted = "`" + std::string(sequence) + "`";
    if (sequence.find_first_of(" `") != std::string_view::npos || !isPrintable(sequence))
        quoted = inQuotes(sequence);
    return fail("invalid escape sequence " + quoted + " in string");
}

bool Reader::hexadecimal(std::size_t at, char32_t &out)
{
    out = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        if (i >= m_text.size())
            return fail("unexpected EOF");
        unsigned digit = 0;
        const auto read = std::from_chars(&m_text[i], &m_text[i] + 1, digit, 16);
        if (read.ec != std::errc())
            return badEscape(at, 6);
        out = out * 16 + digit;
    }
    return true;
}

bool Reader::unicode(std::string &out)
{
    char32_t first = 0;
    if (!hexadecimal(m_at, first))
        return false;
    m_at += 6;
    const bool leading = first >= 0xD800 && first < 0xDC00;
    if (!leading || m_at + 1 >= m_text.size() || m_text[m_at] != '\\' || m_text[m_at + 1] != 'u') {
        appendUtf8(out, first);
        return true;
    }
    char32_t second = 0;
    if (!hexadecimal(m_at, second))
        return false;
    if (second < 0xDC00 || second > 0xDFFF) {
        appendUtf8(out, first); // the other one is read by itself
        return true;
    }
    m_at += 6;
    appendUtf8(out, 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
    return true;
}

bool Reader::escape(std::string &out)
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (m_at + 1 >= m_text.size())
        return fail("unexpected EOF");
    if (m_text[m_at + 1] == 'u')
        return unicode(out);
    const auto known = letters.find(m_text[m_at + 1]);
    if (known == std::string_view::npos)
        return badEscape(m_at, 2);
    out += meanings[known];
    m_at += 2;
    return true;
}

/// A text in quotes, from the opening one to behind the closing one.
bool Reader::text(std::string &out)
{
    out.clear();
    for (++m_at; m_at < m_text.size();) {
        const PlainFront plain = plainFront(m_text.substr(m_at));
        const std::string_view piece = m_text.substr(m_at, plain.length);
        m_at += plain.length;
        if (plain.ascii)
            out += piece;
        else
            out += validUtf8(piece);
        if (m_at >= m_text.size())
            break;
        if (m_text[m_at] == '"') {
            ++m_at;
            return countText(out.size());
        }
        if (m_text[m_at] != '\\')
            return unexpected("in string");
        if (!escape(out))
            return false;
    }
    return fail("unexpected EOF");
}

bool Reader::value()
{
    switch (m_text[m_at]) {
    case '"':
        if (!text(m_scratch))
            return false;
        put(json::value(json::string(m_scratch)));
        return true;
    case 't':
        return literal("true", true);
    case 'f':
        return literal("false", false);
    case 'n':
        return literal("null", nullptr);
    default:
        if (m_text[m_at] == '-' || (m_text[m_at] >= '0' && m_text[m_at] <= '9'))
            return number();
        return unexpected(AtValue);
    }
}

bool Reader::key()
{
    const char c = m_text[m_at];
    if (c == '"')
        return text(m_open.back().key);
    if (c == 't' || c == 'f' || c == 'n' || c == '-' || (c >= '0' && c <= '9') || c == '{' || c == '[') {
        const bool scalar = c != '{' && c != '[';
        return (!scalar || value()) && fail("object member name must be a string");
    }
    return unexpected(AtValue);
}

/// One token; what may follow it is in `then`.
bool Reader::step(Then &then)
{
    const char c = m_text[m_at];
    const bool object = !m_open.empty() && m_open.back().isObject;
    if ((then == Then::EndOrKey && c == '}') || (then == Then::EndOrValue && c == ']') ||
        (then == Then::CommaOrEnd && c == (object ? '}' : ']'))) {
        close();
        then = afterValue();
        return true;
    }
    switch (then) {
    case Then::EndOrKey:
    case Then::Key:
        then = Then::Colon;
        return key();
    case Then::Colon:
        then = Then::Value;
        return c == ':' ? (++m_at, true) : unexpected("after object key");
    case Then::CommaOrEnd:
        if (c != ',')
            return unexpected(object ? "after object key:value pair" : "after array element");
        then = object ? Then::Key : Then::Value;
        ++m_at;
        // A comma with nothing behind it is where the real server sees the fault.
        if (!atEnd() && (m_text[m_at] == '}' || m_text[m_at] == ']' || m_text[m_at] == ',')) {
            --m_at;
            while (m_text[m_at] != ',')
                --m_at;
            return unexpected(AtValue);
        }
        return true;
    default:
        if (c == '{' || c == '[') {
            then = c == '{' ? Then::EndOrKey : Then::EndOrValue;
            return open(c == '{');
        }
        if (then == Then::Value && object && c == '}')
            return fail("missing value after object key");
        then = afterValue();
        return value();
    }
}

/// Reads one value; false when something is wrong or the text ends before.
void Reader::check()
{
    for (Then then = Then::Value; then != Then::Done;) {
        if (atEnd()) {
            m_ended = true;
            return;
        }
        if (!step(then))
            return;
    }
}

Result<json::value> Reader::read()
{
    if (atEnd())
        return json::value();
    check();
    if (m_ended)
        fail("unexpected EOF");
    json::value first = std::move(m_result);
    // What follows is looked at too, but may end anywhere between two tokens.
    while (!m_failure && !atEnd()) {
        m_open.clear();
        check();
    }
    if (m_failure)
        return invalidRequest(*m_failure);
    return first;
}

} // namespace

Result<json::value> readJson(std::string_view text, const JsonLimits &limits)
{
    return Reader(text, limits).read();
}

Result<json::value> fromJson(std::string_view text)
{
    constexpr auto Unlimited = std::numeric_limits<std::size_t>::max();
    auto value = readJson(text, {Unlimited, Unlimited, Unlimited});
    if (!value)
        return Error{ErrorCode::Damaged, 500, value.error().wire, {}};
    return value;
}

} // namespace kith::store
