// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace kith::policy {

/// The path of a rule: an exact path, a prefix ("a/b*"), or a path in which `+` stands for one segment, possibly with
/// a `*` at its end. A `*` or `+` anywhere else is a letter like any other. Source: spec/engine.md §9.1, §9.4.
class PathPattern
{
public:
    enum class Kind { Exact, Prefix, Segments };

    PathPattern() = default;
    /// `text` is the rule's path without its first slash.
    explicit PathPattern(std::string text);

    const std::string &text() const { return m_text; }
    Kind kind() const { return m_kind; }
    bool endsInGlob() const { return m_glob; }
    /// text() without the `*` that makes it a prefix.
    std::string_view stem() const { return std::string_view(m_text).substr(0, m_text.size() - (m_glob ? 1 : 0)); }
    /// stem() cut at its slashes; at least one.
    const std::vector<std::string> &segments() const { return m_segments; }

    bool matches(std::string_view path) const;

    /// Whether this rule decides where both match. Exact rules come before all others; among those, §9.4 step 5.
    /// A total order: of two different patterns one beats the other.
    bool beats(const PathPattern &other) const;

    friend bool operator==(const PathPattern &a, const PathPattern &b) { return a.m_text == b.m_text; }

private:
    std::string m_text;
    std::vector<std::string> m_segments;
    Kind m_kind = Kind::Exact;
    bool m_glob = false;
    std::size_t m_firstWildcard = 0;
    std::size_t m_plusCount = 0;
};

} // namespace kith::policy
