// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// Lower case of UTF-8 text by Unicode's simple mapping, whatever the process's locale: names compare by this
/// (spec/engine.md §1). Invalid bytes are kept as they are.
std::string foldCase(std::string_view text);

/// The text with every invalid UTF-8 sequence replaced by U+FFFD, as the real server reads JSON.
std::string validUtf8(std::string_view text);

/// Whether every character shows something or is a plain space: no control, format, private or unassigned characters
/// and no other kind of space. Invalid UTF-8 counts as U+FFFD, which is printable.
bool isPrintable(std::string_view text);

/// The text in double quotes, with what isn't printable escaped as in a Go string literal: so error texts quote names.
std::string inQuotes(std::string_view text);

/// A random UUID (version 4) in lower case, from the system's cryptographic generator.
std::string newUuid();

/// `count` random bytes as lower-case hexadecimal digits.
std::string randomHex(std::size_t count);

/// One character at the front of a text.
struct CodePoint {
    char32_t value = 0xFFFD; ///< U+FFFD when it isn't valid.
    std::size_t length = 1;  ///< In bytes; 1 when it isn't valid.
    bool valid = false;
};

/// The character at the front of `text`, which isn't empty. RFC 3629: no overlong forms, surrogates, or > U+10FFFF.
CodePoint firstCodePoint(std::string_view text);

/// Appends a code point as UTF-8; U+FFFD for one that isn't a character.
void appendUtf8(std::string &out, char32_t codePoint);

/// Whether `text` is one of them.
bool contains(const std::vector<std::string> &texts, std::string_view text);

bool isLetter(char32_t codePoint); ///< By Unicode.
bool isDigit(char32_t codePoint);  ///< Decimal digits of any script.

} // namespace kith
