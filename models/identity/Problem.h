// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::identity {

/// Something that a document gets wrong, and where.
struct Problem {
    enum class Severity {
        Error,  ///< Nothing is imported as long as it is there.
        Warning ///< The import does what `text` says.
    };
    Severity severity = Severity::Error;
    std::string code;   ///< What is wrong, for code: "cycle", "unknown-member", … (DOCUMENT.md lists them).
    std::string place;  ///< "line 3, column 7", or the way through the document: "groups[12].member_groups[3]".
    std::string object; ///< The object it stands in, quoted: `group "platform"`. May be empty.
    std::string text;   ///< What is wrong and the way out, in words. One line.

    friend bool operator==(const Problem &, const Problem &) = default;
};

/// Collects problems, of which a broken document has as many as lines: keeps the first thousand and counts the rest.
class Problems
{
public:
    static constexpr std::size_t Kept = 1000;

    void add(Problem problem);
    void append(const Problems &other);

    const std::vector<Problem> &list() const { return m_list; }
    std::size_t leftOut() const { return m_leftOut; } ///< How many more there are than `list` has.
    bool hasErrors() const { return m_errors; }

private:
    std::vector<Problem> m_list;
    std::size_t m_leftOut = 0;
    bool m_errors = false;
};

/// The problem on one line: `groups[12].type (group "platform"): …`.
std::string inWords(const Problem &problem);

/// A name as a message shows it: in quotes, what isn't printable escaped, and of a long one the beginning.
std::string shownName(std::string_view name);

/// The text of an error on one line, without the list that raw errors are wrapped in.
std::string plainText(const Error &error);

} // namespace kith::identity
