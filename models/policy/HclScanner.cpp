// SPDX-License-Identifier: Apache-2.0
#include "policy/HclScanner.h"

#include "store/Text.h"

#include <array>

namespace kith::policy::hcl {

namespace {

constexpr char32_t End = 0xFFFFFFFF;

bool isDecimal(char32_t c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char32_t c)
{
    return isDecimal(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isWordStart(char32_t c)
{
    return c != End && (c == '_' || isLetter(c));
}

} // namespace

std::string_view Token::typeName() const
{
    constexpr std::array<std::string_view, 19> names{
        "ILLEGAL", "EOF",   "IDENT", "NUMBER", "FLOAT",  "BOOL",   "NULL",   "STRING", "HEREDOC", "LBRACK",
        "LBRACE",  "COMMA", "COLON", "PERIOD", "RBRACK", "RBRACE", "ASSIGN", "ADD",    "SUB"};
    return names[static_cast<std::size_t>(type)];
}

std::string Token::describe() const
{
    return position.text() + " " + std::string(typeName()) + " " + std::string(text);
}

char32_t Scanner::read()
{
    m_before = m_at;
    m_ended = m_at.offset >= m_text.size();
    ++m_at.column;
    m_last = here();
    if (m_ended)
        return End;
    const CodePoint next = firstCodePoint(m_text.substr(m_at.offset));
    m_at.offset += next.length;
    if (!next.valid) {
        fail(here(), "illegal UTF-8 encoding");
        return next.value;
    }
    if (next.value == '\n') {
        ++m_at.line;
        m_at.column = 0;
    } else if (next.value == 0) {
        if (m_language == Language::Hcl)
            fail(here(), "unexpected null character (0x00)");
        m_ended = true;
        return End;
    }
    return next.value;
}

void Scanner::unread()
{
    if (!m_ended)
        m_at = m_before;
}

char32_t Scanner::peek() const
{
    return m_at.offset < m_text.size() ? firstCodePoint(m_text.substr(m_at.offset)).value : End;
}

void Scanner::fail(Position position, std::string_view message)
{
    m_error = (m_language == Language::Hcl ? "At " : "") + position.text() + ": " + std::string(message);
}

Token Scanner::token(Token::Type type) const
{
    return {type, m_tokenPosition, m_text.substr(m_tokenStart, m_at.offset - m_tokenStart)};
}

void Scanner::skipSpace()
{
    while (true) {
        const char32_t c = peek();
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            return;
        read();
    }
}

/// Behind the first slash, or a `#`. A slash that begins no comment is an error, and skipped.
void Scanner::skipComment()
{
    const bool slash = m_text[m_tokenStart] == '/';
    char32_t c = slash ? read() : '#';
    if (slash && c == '*') {
        char32_t last = 0;
        while ((c = read()) != End) {
            if (last == '*' && c == '/')
                return;
            last = c;
        }
        fail(m_last, "comment not terminated");
        return;
    }
    if (slash && c != '/') {
        fail(m_tokenPosition, "expected '/' for comment");
        unread();
        return;
    }
    while (c != '\n' && c != End)
        c = read();
    if (c == '\n')
        unread();
}

Token Scanner::next()
{
    while (true) {
        skipSpace();
        m_tokenStart = m_at.offset;
        const char32_t c = read();
        m_tokenPosition = here();
        if (c == End)
            return token(Token::Type::End);
        if (m_language == Language::Hcl && (c == '#' || c == '/')) {
            skipComment();
            continue;
        }
        if (isWordStart(c))
            return token(scanWord(c));
        if (isDecimal(c) || (c == '.' && isDecimal(peek())) || (c == '-' && isDecimal(peek())))
            return token(scanNumber(c));
        if (c == '"') {
            scanString();
            return token(Token::Type::String);
        }
        if (c == '<' && m_language == Language::Hcl) {
            scanHeredoc();
            return token(Token::Type::Heredoc);
        }
        const Token::Type type = punctuation(c);
        if (type == Token::Type::Illegal) {
            std::string message = "illegal char";
            if (m_language == Language::Json && c != '-') {
                message += ": ";
                appendUtf8(message, c);
            }
            fail(m_tokenPosition, message);
        }
        return token(type);
    }
}

Token::Type Scanner::punctuation(char32_t c) const
{
    const bool hcl = m_language == Language::Hcl;
    switch (c) {
    case '[':
        return Token::Type::LeftBracket;
    case ']':
        return Token::Type::RightBracket;
    case '{':
        return Token::Type::LeftBrace;
    case '}':
        return Token::Type::RightBrace;
    case ',':
        return Token::Type::Comma;
    case '.':
        return Token::Type::Period;
    case ':':
        return hcl ? Token::Type::Illegal : Token::Type::Colon;
    case '=':
        return hcl ? Token::Type::Assign : Token::Type::Illegal;
    case '+':
        return hcl ? Token::Type::Add : Token::Type::Illegal;
    case '-':
        return hcl ? Token::Type::Sub : Token::Type::Illegal;
    default:
        return Token::Type::Illegal;
    }
}

Token::Type Scanner::scanWord(char32_t first)
{
    const bool hcl = m_language == Language::Hcl;
    char32_t c = first;
    while (isWordStart(c) || (c != End && isDigit(c)) || c == '-' || (hcl && c == '.'))
        c = read();
    unread();
    const std::string_view word = m_text.substr(m_tokenStart, m_at.offset - m_tokenStart);
    if (word == "true" || word == "false")
        return Token::Type::Bool;
    if (hcl)
        return Token::Type::Identifier;
    if (word == "null")
        return Token::Type::Null;
    fail(here(), "illegal char");
    return Token::Type::Illegal;
}

char32_t Scanner::scanDigits(char32_t c)
{
    bool any = false;
    for (; isDecimal(c); any = true)
        c = read();
    if (any)
        unread();
    return c;
}

/// Behind the point. An exponent counts only where digits stand before the point.
void Scanner::scanFraction(bool digitsBefore)
{
    if (isDecimal(peek()))
        scanDigits(read());
    if (peek() != 'e' && peek() != 'E')
        return;
    const char32_t letter = read();
    if (digitsBefore)
        scanExponent(letter);
}

/// `c` is the letter, already read. Whatever follows it belongs to the number.
void Scanner::scanExponent(char32_t c)
{
    if (c != 'e' && c != 'E')
        return;
    c = read();
    if (c == '-' || c == '+')
        c = read();
    scanDigits(c);
}

Token::Type Scanner::scanNumber(char32_t first)
{
    if (first == '.') {
        scanFraction(/*digitsBefore=*/false);
        return Token::Type::Float;
    }
    const char32_t digit = first == '-' ? read() : first;
    return m_language == Language::Hcl ? scanHclNumber(digit) : scanJsonNumber(digit);
}

/// A number that begins with 0: hexadecimal, octal, or a fraction.
Token::Type Scanner::scanZero()
{
    char32_t c = read();
    if (c == 'x' || c == 'X') {
        c = read();
        const bool any = isHex(c);
        while (isHex(c))
            c = read();
        if (!any)
            fail(m_last, "illegal hexadecimal number");
        unread();
        return Token::Type::Number;
    }
    bool illegal = false;
    while (isDecimal(c)) {
        c = read();
        illegal = illegal || c == '8' || c == '9'; // the first digit after the 0 is not looked at
    }
    if (c == 'e' || c == 'E') {
        scanExponent(c);
        return Token::Type::Float;
    }
    if (c == '.') {
        scanFraction(/*digitsBefore=*/true);
        return Token::Type::Float;
    }
    if (illegal)
        fail(here(), "illegal octal number");
    unread();
    return Token::Type::Number;
}

Token::Type Scanner::scanHclNumber(char32_t first)
{
    if (first == '0')
        return scanZero();
    scanDigits(first);
    const char32_t c = read();
    if (c == 'e' || c == 'E') {
        scanExponent(c);
        return Token::Type::Float;
    }
    if (c == '.') {
        scanFraction(/*digitsBefore=*/true);
        return Token::Type::Float;
    }
    unread();
    return Token::Type::Number;
}

Token::Type Scanner::scanJsonNumber(char32_t first)
{
    const bool leadingZero = first == '0' && (isDecimal(peek()) || peek() == End);
    scanDigits(first);
    const char32_t c = read();
    if (c == 'e' || c == 'E') {
        scanExponent(c);
        return Token::Type::Float;
    }
    if (c == '.') {
        scanFraction(/*digitsBefore=*/true);
        return Token::Type::Float;
    }
    unread();
    if (leadingZero)
        fail(here(), "numbers cannot start with 0");
    return Token::Type::Number;
}

void Scanner::scanString()
{
    int braces = 0;
    while (true) {
        const char32_t c = read();
        if (c == End || (c == '\n' && braces == 0)) {
            fail(m_last, "literal not terminated");
            return;
        }
        if (c == '"' && braces == 0)
            return;
        if (braces == 0 && c == '$' && peek() == '{' && m_language == Language::Hcl) {
            ++braces;
            read();
        } else if (braces > 0 && c == '{') {
            ++braces;
        } else if (braces > 0 && c == '}') {
            --braces;
        } else if (c == '\\') {
            scanEscape();
        }
    }
}

void Scanner::scanEscape()
{
    constexpr std::string_view simple = "abfnrtv\\\"";
    char32_t c = read();
    if (c < 0x80 && simple.find(static_cast<char>(c)) != std::string_view::npos)
        return;
    int count = 3;
    bool (*valid)(char32_t) = isHex;
    if (c >= '0' && c <= '7') {
        valid = [](char32_t digit) { return digit >= '0' && digit <= '7'; };
    } else if (c == 'x' || c == 'u' || c == 'U') {
        count = c == 'x' ? 2 : c == 'u' ? 4 : 8;
        c = read();
    } else {
        fail(m_last, "illegal char escape");
        return;
    }
    const int all = count;
    for (; count > 0 && valid(c); --count)
        c = read();
    if (count > 0)
        fail(m_last, "illegal char escape");
    if (count < all || m_language == Language::Json)
        unread(); // in HCL the character that stands in the place of the first digit is lost
}

/// Behind `<<`: an optional `-`, then letters and digits up to the end of the line.
bool Scanner::scanAnchor(std::string &anchor, bool &indented)
{
    char32_t c = read();
    indented = c == '-';
    if (indented)
        c = read();
    const std::size_t start = m_before.offset;
    while (isWordStart(c) || (c != End && isDigit(c)))
        c = read();
    if (c == End) {
        fail(here(), "heredoc not terminated");
        return false;
    }
    anchor = m_text.substr(start, m_before.offset - start);
    if (c == '\r' && peek() == '\n')
        c = read();
    if (c != '\n') {
        fail(here(), "invalid characters in heredoc anchor");
        return false;
    }
    if (anchor.empty()) {
        fail({m_before.line, m_before.column + 1}, "zero-length heredoc anchor");
        return false;
    }
    return true;
}

void Scanner::scanHeredoc()
{
    constexpr std::string_view space = " \t\r\v\f";
    if (read() != '<') {
        fail(m_last, "heredoc expected second '<', didn't see it");
        return;
    }
    std::string anchor;
    bool indented = false;
    if (!scanAnchor(anchor, indented))
        return;
    std::size_t lineStart = m_at.offset;
    while (true) {
        const char32_t c = read();
        if (c == End) {
            fail(here(), "heredoc not terminated");
            return;
        }
        if (c != '\n')
            continue;
        const std::string_view line = m_text.substr(lineStart, m_before.offset - lineStart);
        const std::size_t first = std::min(line.find_first_not_of(space), line.size());
        if (line.substr(first) == anchor && (!indented || first > 0))
            return;
        lineStart = m_at.offset;
    }
}

} // namespace kith::policy::hcl
