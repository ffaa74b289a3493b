// SPDX-License-Identifier: Apache-2.0
#include "policy/LostAccess.h"

#include <algorithm>
#include <map>
#include <set>

namespace kith::policy {

namespace {

/// A pattern as a row of segments for intersecting: each a text, or any. `open`: the last one goes on with anything,
/// over any number of further segments.
struct Shape {
    struct Segment {
        bool any = false;
        std::string text;
    };
    std::vector<Segment> segments;
    bool open = false;
};

Shape shapeOf(const PathPattern &pattern)
{
    Shape shape;
    shape.open = pattern.endsInGlob();
    const std::vector<std::string> &segments = pattern.segments();
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const bool tail = shape.open && i + 1 == segments.size();
        const bool any = pattern.kind() == PathPattern::Kind::Segments && segments[i] == "+" && !tail;
        shape.segments.push_back({any, any ? std::string() : segments[i]});
    }
    return shape;
}

/// What a path may be at one place: free, with a given beginning, or settled.
struct Place {
    std::string text;
    bool settled = false;

    bool settle(const std::string &wanted)
    {
        if (settled ? text != wanted : wanted.substr(0, text.size()) != text)
            return false;
        text = wanted;
        settled = true;
        return true;
    }
    bool beginWith(const std::string &prefix)
    {
        if (settled || text.size() >= prefix.size())
            return text.substr(0, prefix.size()) == prefix;
        if (prefix.substr(0, text.size()) != text)
            return false;
        text = prefix;
        return true;
    }
};

/// Narrows the places to what the shape matches; false: it matches no path of that length.
bool narrow(std::vector<Place> &places, const Shape &shape)
{
    const std::size_t count = shape.segments.size();
    if (shape.open ? places.size() < count : places.size() != count)
        return false;
    for (std::size_t i = 0; i < count; ++i) {
        const Shape::Segment &segment = shape.segments[i];
        if (segment.any)
            continue;
        const bool tail = shape.open && i + 1 == count;
        if (!(tail ? places[i].beginWith(segment.text) : places[i].settle(segment.text)))
            return false;
    }
    return true;
}

/// False only when no path matches both; cheap, for most pairs have nothing in common.
bool mayOverlap(const Shape &a, const Shape &b)
{
    for (std::size_t i = 0; i < a.segments.size() && i < b.segments.size(); ++i) {
        const bool aTail = a.open && i + 1 == a.segments.size();
        const bool bTail = b.open && i + 1 == b.segments.size();
        const std::string &x = a.segments[i].text;
        const std::string &y = b.segments[i].text;
        if (aTail || bTail) {
            const std::size_t common = std::min(x.size(), y.size());
            const bool fits = x.compare(0, common, y, 0, common) == 0 && (aTail || common == y.size()) &&
                              (bTail || common == x.size());
            return a.segments[i].any || b.segments[i].any || fits;
        }
        if (!a.segments[i].any && !b.segments[i].any && x != y)
            return false;
    }
    return true; // of different lengths: a list's slash may make up for it
}

/// Text that no rule holds, so that only wildcards match it: what a rule matches on such a path it matches on every
/// path of that shape, and no path of the shape escapes more rules.
std::string freshText(const Acl &before, const Acl &after)
{
    const auto holds = [](const Acl &acl, const std::string &text) {
        return std::any_of(acl.rules().begin(), acl.rules().end(),
                           [&](const MergedRule &rule) { return rule.pattern.text().find(text) != std::string::npos; });
    };
    std::string fresh = "x";
    while (holds(before, fresh) || holds(after, fresh))
        fresh += "x";
    return fresh;
}

class Comparison
{
public:
    Comparison(const Acl &before, const Acl &after)
        : m_before(before), m_after(after), m_fresh(freshText(before, after))
    {
        for (const Acl *acl : {&before, &after}) {
            for (const MergedRule &rule : acl->rules())
                m_longest = std::max(m_longest, rule.pattern.segments().size());
        }
    }

    std::vector<LostAccess> run();

private:
    struct Loss {
        Capabilities capabilities;
        std::string example;
        std::set<std::string> policies;
    };

    void compare(const Shape &a, const Shape &b);
    void tryPaths(const Shape &a, const Shape &b, bool listing);
    void tryPath(const std::string &path, bool listing);
    std::string pathOf(const std::vector<Place> &places) const;

    const Acl &m_before;
    const Acl &m_after;
    std::string m_fresh;
    std::size_t m_longest = 0;
    std::map<std::string, Loss> m_losses;
};

std::vector<LostAccess> Comparison::run()
{
    using Candidate = std::pair<Capabilities, Shape>;
    std::vector<Candidate> changed;
    for (const MergedRule &rule : m_after.rules()) {
        const MergedRule *old = m_before.ruleFor(rule.pattern.text());
        if (old == nullptr || !old->grant.capabilities.without(rule.grant.capabilities).empty())
            changed.emplace_back(rule.grant.capabilities, shapeOf(rule.pattern));
    }
    for (const MergedRule &old : m_before.rules()) {
        if (old.grant.capabilities.empty() || old.grant.capabilities.has(Capability::Deny))
            continue;
        const Shape shape = shapeOf(old.pattern);
        for (const Candidate &now : changed) {
            if (!old.grant.capabilities.without(now.first).empty() && mayOverlap(shape, now.second))
                compare(shape, now.second);
        }
    }
    std::vector<LostAccess> items;
    for (auto &[path, loss] : m_losses)
        items.push_back({path, loss.capabilities, {loss.policies.begin(), loss.policies.end()}, loss.example});
    return items;
}

/// Looks for paths that a rule of shape `a` decided before and one of shape `b` decides afterwards.
void Comparison::compare(const Shape &a, const Shape &b)
{
    tryPaths(a, b, /*listing=*/false);
    // A list is asked with a slash at its end, and rules without one match it too.
    const auto slashed = [](Shape shape) {
        shape.segments.push_back({});
        return shape;
    };
    tryPaths(a, b, /*listing=*/true);
    if (!a.open)
        tryPaths(slashed(a), b, /*listing=*/true);
    if (!b.open)
        tryPaths(a, slashed(b), /*listing=*/true);
    if (!a.open && !b.open)
        tryPaths(slashed(a), slashed(b), /*listing=*/true);
}

/// One path of each length that both shapes match, as free as can be. Longer than every rule they are all alike.
void Comparison::tryPaths(const Shape &a, const Shape &b, bool listing)
{
    const std::size_t least = std::max(a.segments.size(), b.segments.size());
    const std::size_t most = a.open && b.open ? std::max(least, m_longest + 2) : least;
    for (std::size_t length = least; length <= most; ++length) {
        std::vector<Place> places(length);
        if (!narrow(places, a) || !narrow(places, b))
            continue;
        if (listing && !places.back().settle({}))
            continue;
        tryPath(pathOf(places), listing);
    }
}

std::string Comparison::pathOf(const std::vector<Place> &places) const
{
    std::string path;
    for (const Place &place : places)
        path += (&place == &places.front() ? "" : "/") + place.text + (place.settled ? "" : m_fresh);
    return path;
}

void Comparison::tryPath(const std::string &path, bool listing)
{
    const MergedRule *old = m_before.choose(path, listing);
    const MergedRule *now = m_after.choose(path, listing);
    if (old == nullptr || now == nullptr)
        return;
    constexpr Capabilities listed{Capability::List, Capability::Scan};
    const Capabilities had = listing ? old->grant.capabilities.common(listed) : old->grant.capabilities.without(listed);
    const Capabilities lost = had.without(now->grant.capabilities).without({Capability::Deny});
    if (lost.empty())
        return;
    Loss &loss = m_losses[now->pattern.text()];
    loss.capabilities = loss.capabilities.united(lost);
    if (loss.example.empty())
        loss.example = path;
    const bool denies = now->grant.capabilities.has(Capability::Deny);
    for (const RuleOrigin &origin : now->origins) {
        if (!denies || origin.capabilities.has(Capability::Deny))
            loss.policies.insert(origin.policy);
    }
}

} // namespace

std::vector<LostAccess> lostAccess(const Acl &before, const Acl &after)
{
    if (before.isRoot() || after.isRoot())
        return {};
    return Comparison(before, after).run();
}

} // namespace kith::policy
