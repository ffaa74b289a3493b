// SPDX-License-Identifier: Apache-2.0
// Tables as text (RFC 4180 and what spreadsheets make of it).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

enum class TextEncoding { Utf8, Utf16Le, Utf16Be, Windows1252 };

/// By its mark, by its zero bytes; else UTF-8 where the bytes are that, and Windows-1252 where they aren't.
TextEncoding guessEncoding(std::string_view bytes);
/// Without a mark; U+FFFD for what isn't text in this encoding.
std::string toUtf8(std::string_view bytes, TextEncoding encoding);

/// Of comma, semicolon, tab and bar the one that parts the first lines best.
char guessDelimiter(std::string_view utf8);

struct CsvRow {
    std::size_t line = 0; ///< On which it begins, from 1.
    std::vector<std::string> cells;
};

struct CsvTable {
    std::vector<CsvRow> rows;     ///< Without empty ones.
    std::size_t unclosedLine = 0; ///< Where a quote begins that never ends; 0: none.
};

/// Without the apostrophes of csvLine(). `most`: rows, for a look at the first of them.
CsvTable readCsv(std::string_view utf8, char delimiter, std::size_t most = static_cast<std::size_t>(-1));

/// One line of a table with commas, with its end. A text that a spreadsheet would take for a formula is a text to it by
/// the apostrophe before it.
std::string csvLine(const std::vector<std::string> &cells);

} // namespace kith::identity
