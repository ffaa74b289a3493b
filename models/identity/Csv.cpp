// SPDX-License-Identifier: Apache-2.0
#include "identity/Csv.h"

#include "store/Text.h"

#include <algorithm>
#include <array>
#include <map>

namespace kith::identity {

namespace {

constexpr std::string_view Replacement = "\xEF\xBF\xBD";

/// Whether a spreadsheet would take it for a formula, however many apostrophes stand before it.
bool isFormula(std::string_view text)
{
    const std::size_t sign = text.find_first_not_of('\'');
    return sign != std::string_view::npos && std::string_view("=+-@\t\r").find(text[sign]) != std::string_view::npos;
}

enum class Apostrophes { Add, Remove };

/// Before each formula, also one behind what some spreadsheet parts cells at: to it that is a cell of its own, since
/// the quote before it is inside another.
std::string withApostrophes(std::string_view cell, Apostrophes how)
{
    std::string out;
    bool begins = true;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const char c = cell[i];
        const bool formula = begins && isFormula(cell.substr(i));
        begins = std::string_view(";\t|\r\n").find(c) != std::string_view::npos;
        if (formula && how == Apostrophes::Add)
            out += '\'';
        if (!formula || how == Apostrophes::Add || c != '\'')
            out += c;
    }
    return out;
}

std::string fromUtf16(std::string_view bytes, bool bigEndian)
{
    std::string out;
    const auto unit = [&](std::size_t i) {
        const auto a = static_cast<unsigned char>(bytes[i]);
        const auto b = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<char32_t>(bigEndian ? a << 8 | b : b << 8 | a);
    };
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const char32_t c = unit(i);
        const bool high = c >= 0xD800 && c < 0xDC00;
        if (high && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000) {
            appendUtf8(out, 0x10000 + ((c - 0xD800) << 10) + (unit(i + 2) - 0xDC00));
            i += 2;
        } else if (c >= 0xD800 && c < 0xE000) {
            out += Replacement;
        } else {
            appendUtf8(out, c);
        }
    }
    return out;
}

std::string fromWindows(std::string_view bytes)
{
    // 0x80 to 0x9F; the others are those of Latin-1.
    constexpr std::array<char32_t, 32> Upper{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                             0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                             0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        appendUtf8(out, byte >= 0x80 && byte < 0xA0 ? Upper[byte - 0x80] : byte);
    }
    return out;
}

} // namespace

TextEncoding guessEncoding(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xFE"))
        return TextEncoding::Utf16Le;
    if (bytes.starts_with("\xFE\xFF"))
        return TextEncoding::Utf16Be;
    const std::string_view front = bytes.substr(0, 1000);
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < front.size(); ++i)
        zeros[i % 2] += front[i] == 0 ? 1 : 0;
    if (zeros[1] * 4 > front.size())
        return TextEncoding::Utf16Le;
    if (zeros[0] * 4 > front.size())
        return TextEncoding::Utf16Be;
    return validUtf8(bytes) == bytes ? TextEncoding::Utf8 : TextEncoding::Windows1252;
}

std::string toUtf8(std::string_view bytes, TextEncoding encoding)
{
    std::string text;
    switch (encoding) {
    case TextEncoding::Utf8:
        text = validUtf8(bytes);
        break;
    case TextEncoding::Utf16Le:
    case TextEncoding::Utf16Be:
        text = fromUtf16(bytes, encoding == TextEncoding::Utf16Be);
        break;
    case TextEncoding::Windows1252:
        return fromWindows(bytes);
    }
    constexpr std::string_view Mark = "\xEF\xBB\xBF";
    if (text.starts_with(Mark))
        text.erase(0, Mark.size());
    return text;
}

char guessDelimiter(std::string_view utf8)
{
    constexpr std::size_t Looked = 20;
    char best = ',';
    std::size_t bestScore = 0;
    for (const char delimiter : {',', ';', '\t', '|'}) {
        std::map<std::size_t, std::size_t> widths; // rows of as many cells
        for (const CsvRow &row : readCsv(utf8, delimiter, Looked).rows)
            ++widths[row.cells.size()];
        std::size_t score = 0;
        for (const auto &[width, rows] : widths)
            if (width > 1)
                score = std::max(score, rows * 100 + std::min<std::size_t>(width, 50));
        if (score > bestScore) {
            best = delimiter;
            bestScore = score;
        }
    }
    return best;
}

CsvTable readCsv(std::string_view utf8, char delimiter, std::size_t most)
{
    CsvTable table;
    CsvRow row;
    std::string cell;
    std::size_t line = 1;
    std::size_t at = 0;
    row.line = 1;
    bool blank = true; // the row holds nothing but one empty cell so far
    const auto endCell = [&] {
        row.cells.push_back(cell.find('\'') == std::string::npos ? std::move(cell)
                                                                 : withApostrophes(cell, Apostrophes::Remove));
        cell.clear();
    };
    const auto endRow = [&] {
        endCell();
        if (!blank)
            table.rows.push_back(std::move(row));
        row = {};
        blank = true;
    };
    while (at < utf8.size() && table.rows.size() < most) {
        const char c = utf8[at];
        if (c == '"' && cell.empty()) {
            const std::size_t begun = line;
            bool closed = false;
            for (++at; at < utf8.size() && !closed; ++at) {
                if (utf8[at] == '\n')
                    ++line;
                if (utf8[at] != '"')
                    cell += utf8[at];
                else if (at + 1 < utf8.size() && utf8[at + 1] == '"')
                    cell += utf8[at++];
                else
                    closed = true;
            }
            blank = false;
            if (!closed)
                table.unclosedLine = begun;
            continue;
        }
        ++at;
        if (c == delimiter) {
            blank = false;
            endCell();
        } else if (c == '\n' || c == '\r') {
            if (c == '\r' && at < utf8.size() && utf8[at] == '\n')
                ++at;
            ++line;
            endRow();
            row.line = line;
        } else {
            blank = false;
            cell += c;
        }
    }
    if (table.rows.size() < most && !blank)
        endRow();
    return table;
}

std::string csvLine(const std::vector<std::string> &cells)
{
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            line += ',';
        const std::string cell = withApostrophes(cells[i], Apostrophes::Add);
        if (cell.find_first_of(",;|\t\"\n\r") == std::string::npos) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char c : cell)
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

} // namespace kith::identity
