// SPDX-License-Identifier: Apache-2.0
#include "Fuzzy.h"

namespace kith::views {

static constexpr int WordStart = 8;
static constexpr int Neighbour = 7;
static constexpr int Gap = 1;

std::optional<int> fuzzyScore(const QString &typed, const QString &text)
{
    const QString wanted = typed.toCaseFolded().remove(QLatin1Char(' '));
    const QString folded = text.toCaseFolded();
    if (wanted.isEmpty())
        return std::nullopt;
    int score = 0;
    qsizetype last = -1;
    for (const QChar letter : wanted) {
        // The beginning of a word is meant rather than a letter inside of one, but not rather than the next letter.
        qsizetype at = folded.indexOf(letter, last + 1);
        if (at != last + 1 || last < 0) {
            for (qsizetype next = at; next >= 0; next = folded.indexOf(letter, next + 1))
                if (next == 0 || !folded[next - 1].isLetterOrNumber()) {
                    at = next;
                    break;
                }
        }
        if (at < 0)
            return std::nullopt;
        const bool start = at == 0 || !folded[at - 1].isLetterOrNumber();
        score += start ? WordStart : at == last + 1 ? Neighbour : -Gap;
        last = at;
    }
    return score - static_cast<int>(folded.size()) / 8; // of two that fit as well, the shorter
}

} // namespace kith::views
