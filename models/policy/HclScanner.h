// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/Hcl.h"

#include <optional>

namespace kith::policy::hcl {

struct Token {
    enum class Type {
        Illegal,
        End,
        Identifier,
        Number,
        Float,
        Bool,
        Null,
        String,
        Heredoc,
        LeftBracket,
        LeftBrace,
        Comma,
        Colon,
        Period,
        RightBracket,
        RightBrace,
        Assign,
        Add,
        Sub,
    };
    Type type = Type::End;
    Position position;
    std::string_view text; ///< As it is written.

    /// As error texts name it: "LBRACE".
    std::string_view typeName() const;
    /// "1:5 IDENT nil"
    std::string describe() const;
};

/// Cuts a text into tokens. The last error found by the scanner counts, even when the parser finds another after it.
///
/// Columns at the end of the text are peculiar, and part of the error texts: each look past the end moves them on, so
/// they depend on how often a token looks for its own end.
class Scanner
{
public:
    enum class Language { Hcl, Json };

    Scanner(std::string_view text, Language language) : m_text(text), m_language(language) {}

    Token next();

    bool failed() const { return !m_error.empty(); }
    const std::string &error() const { return m_error; }

private:
    struct Cursor {
        std::size_t offset = 0;
        int line = 1;
        int column = 0; ///< Of the last character read.
    };

    char32_t read();
    void unread();
    char32_t peek() const;
    Position here() const { return {m_at.line, m_at.column}; }
    void fail(Position position, std::string_view message);

    Token token(Token::Type type) const;
    void skipSpace();
    void skipComment();
    Token::Type punctuation(char32_t c) const;
    Token::Type scanWord(char32_t first);
    Token::Type scanNumber(char32_t first);
    Token::Type scanHclNumber(char32_t first);
    Token::Type scanJsonNumber(char32_t first);
    Token::Type scanZero();
    char32_t scanDigits(char32_t c);
    void scanFraction(bool digitsBefore);
    void scanExponent(char32_t c);
    void scanString();
    void scanEscape();
    void scanHeredoc();
    bool scanAnchor(std::string &anchor, bool &indented);

    std::string_view m_text;
    Language m_language;
    Cursor m_at;
    Cursor m_before;
    Position m_last;      ///< Of the character read last.
    bool m_ended = false; ///< The last read was past the end.
    std::size_t m_tokenStart = 0;
    Position m_tokenPosition;
    std::string m_error;
};

/// The value of a string token, without its quotes and with its escapes resolved. None: an escape names no character.
std::optional<std::string> unquote(std::string_view raw, Scanner::Language language);
/// The text of a heredoc token; `<<-` removes the indentation that all lines share with the closing anchor.
std::string heredocText(std::string_view raw);

} // namespace kith::policy::hcl
