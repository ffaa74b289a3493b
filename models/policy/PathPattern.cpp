// SPDX-License-Identifier: Apache-2.0
#include "policy/PathPattern.h"

#include <algorithm>

namespace kith::policy {

namespace {

/// Takes the text up to the next slash off the front; false when nothing is left.
bool takeSegment(std::string_view &rest, std::string_view &segment, bool &more)
{
    if (!more)
        return false;
    const std::size_t slash = rest.find('/');
    segment = rest.substr(0, slash);
    more = slash != std::string_view::npos;
    rest.remove_prefix(more ? slash + 1 : rest.size());
    return true;
}

} // namespace

PathPattern::PathPattern(std::string text) : m_text(std::move(text))
{
    m_glob = !m_text.empty() && m_text.back() == '*';
    std::string_view rest = stem();
    std::string_view segment;
    std::size_t at = 0;
    std::size_t firstPlus = std::string::npos;
    for (bool more = true; takeSegment(rest, segment, more);) {
        if (segment == "+" && (more || !m_glob)) {
            firstPlus = std::min(firstPlus, at);
            ++m_plusCount;
        }
        at += segment.size() + 1;
        m_segments.emplace_back(segment);
    }
    m_kind = m_plusCount > 0 ? Kind::Segments : m_glob ? Kind::Prefix : Kind::Exact;
    m_firstWildcard = std::min(firstPlus, m_glob ? m_text.size() - 1 : std::string::npos);
}

bool PathPattern::matches(std::string_view path) const
{
    if (m_kind == Kind::Exact)
        return path == m_text;
    if (m_kind == Kind::Prefix)
        return path.substr(0, stem().size()) == stem();
    std::string_view segment;
    bool more = true;
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        const std::string &wanted = m_segments[i];
        const bool last = i + 1 == m_segments.size();
        if (last && m_glob)
            return more && path.substr(0, wanted.size()) == wanted;
        if (!takeSegment(path, segment, more) || (wanted != "+" && wanted != segment))
            return false;
    }
    return !more;
}

bool PathPattern::beats(const PathPattern &other) const
{
    if ((m_kind == Kind::Exact) != (other.m_kind == Kind::Exact))
        return m_kind == Kind::Exact;
    if (m_firstWildcard != other.m_firstWildcard)
        return m_firstWildcard > other.m_firstWildcard;
    if (m_glob != other.m_glob)
        return !m_glob;
    if (m_plusCount != other.m_plusCount)
        return m_plusCount < other.m_plusCount;
    if (m_text.size() != other.m_text.size())
        return m_text.size() > other.m_text.size();
    return m_text > other.m_text;
}

} // namespace kith::policy
