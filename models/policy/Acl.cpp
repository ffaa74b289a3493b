// SPDX-License-Identifier: Apache-2.0
#include "policy/Acl.h"

#include "policy/AclMerge.h"

#include <algorithm>

namespace kith::policy {

namespace {

bool endsInSlash(std::string_view path)
{
    return !path.empty() && path.back() == '/';
}

std::string_view withoutSlash(std::string_view path)
{
    return endsInSlash(path) ? path.substr(0, path.size() - 1) : path;
}

std::string_view firstSegment(std::string_view path)
{
    return path.substr(0, path.find('/'));
}

constexpr std::size_t None = static_cast<std::size_t>(-1);

} // namespace

Acl::Acl(const std::vector<std::shared_ptr<const Policy>> &policies, Nanoseconds now)
{
    std::vector<std::shared_ptr<const Policy>> sorted;
    for (const auto &policy : policies) {
        if (policy)
            sorted.push_back(policy);
    }
    std::sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a->name < b->name; });
    const auto sameName = [](const auto &a, const auto &b) { return a->name == b->name; };
    sorted.erase(std::unique(sorted.begin(), sorted.end(), sameName), sorted.end());
    m_root = std::any_of(sorted.begin(), sorted.end(), [](const auto &policy) { return policy->name == "root"; });

    std::unordered_map<std::string_view, std::size_t> byPath;
    for (const auto &policy : sorted) {
        for (const PathRule &rule : policy->rules) {
            if (rule.expires != 0 && rule.expires <= now)
                continue;
            const auto [known, isNew] = byPath.try_emplace(rule.path, m_rules.size());
            RuleOrigin origin{policy->name, rule.line, rule.grant.capabilities};
            if (isNew) {
                m_rules.push_back({PathPattern(rule.path), rule.grant, {}});
            } else {
                mergeGrant(m_rules[known->second].grant, rule.grant);
            }
            m_rules[known->second].origins.push_back(std::move(origin));
        }
    }
    index();
}

Acl::Acl(Acl &&) noexcept = default;
Acl &Acl::operator=(Acl &&) noexcept = default;
Acl::~Acl() = default;

void Acl::index()
{
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        const PathPattern &pattern = m_rules[i].pattern;
        m_byText.emplace(pattern.text(), i);
        if (pattern.kind() == PathPattern::Kind::Prefix)
            m_prefixes.push_back(i);
        else if (pattern.kind() == PathPattern::Kind::Segments)
            m_byFirstSegment[pattern.segments().front()].push_back(i);
    }
    const auto stem = [&](std::size_t i) { return m_rules[i].pattern.stem(); };
    std::sort(m_prefixes.begin(), m_prefixes.end(), [&](std::size_t a, std::size_t b) { return stem(a) < stem(b); });
    // In this order a stem comes after all stems that it begins with.
    m_prefixParent.assign(m_prefixes.size(), None);
    for (std::size_t i = 1; i < m_prefixes.size(); ++i) {
        std::size_t candidate = i - 1;
        while (candidate != None) {
            const std::string_view shorter = stem(m_prefixes[candidate]);
            if (stem(m_prefixes[i]).substr(0, shorter.size()) == shorter)
                break;
            candidate = m_prefixParent[candidate];
        }
        m_prefixParent[i] = candidate;
    }
}

const MergedRule *Acl::ruleFor(std::string_view patternText) const
{
    const auto found = m_byText.find(patternText);
    return found == m_byText.end() ? nullptr : &m_rules[found->second];
}

/// Every rule with a wildcard that matches, in no order; of the prefixes the longest first.
template <class Visitor>
void Acl::visitGlobs(std::string_view path, Visitor visit) const
{
    const auto after =
        std::upper_bound(m_prefixes.begin(), m_prefixes.end(), path,
                         [&](std::string_view p, std::size_t i) { return p < m_rules[i].pattern.stem(); });
    std::size_t at = after == m_prefixes.begin() ? None : static_cast<std::size_t>(after - m_prefixes.begin()) - 1;
    for (; at != None; at = m_prefixParent[at]) {
        const MergedRule &rule = m_rules[m_prefixes[at]];
        if (rule.pattern.matches(path))
            visit(rule);
    }
    for (const std::string_view key : {firstSegment(path), std::string_view("+")}) {
        const auto bucket = m_byFirstSegment.find(key);
        if (bucket != m_byFirstSegment.end()) {
            for (const std::size_t i : bucket->second) {
                if (m_rules[i].pattern.matches(path))
                    visit(m_rules[i]);
            }
        }
        if (firstSegment(path) == "+")
            break; // one bucket, not two
    }
}

const MergedRule *Acl::bestGlob(std::string_view path) const
{
    const MergedRule *best = nullptr;
    visitGlobs(path, [&](const MergedRule &rule) {
        if (best == nullptr || rule.pattern.beats(best->pattern))
            best = &rule;
    });
    return best;
}

const MergedRule *Acl::choose(std::string_view path, bool listing) const
{
    const auto exact = [&](std::string_view asked) -> const MergedRule * {
        const MergedRule *rule = ruleFor(asked);
        return rule != nullptr && rule->pattern.kind() == PathPattern::Kind::Exact ? rule : nullptr;
    };
    const bool slashed = listing && endsInSlash(path);
    if (const MergedRule *rule = exact(path))
        return rule;
    if (slashed) {
        if (const MergedRule *rule = exact(withoutSlash(path)))
            return rule;
    }
    if (const MergedRule *rule = bestGlob(path))
        return rule;
    return slashed ? bestGlob(withoutSlash(path)) : nullptr;
}

std::vector<const MergedRule *> Acl::matching(std::string_view path, bool listing) const
{
    std::vector<const MergedRule *> rules;
    const auto add = [&](const MergedRule &rule) {
        if (std::find(rules.begin(), rules.end(), &rule) == rules.end())
            rules.push_back(&rule);
    };
    const auto addExact = [&](std::string_view asked) {
        const MergedRule *rule = ruleFor(asked);
        if (rule != nullptr && rule->pattern.kind() == PathPattern::Kind::Exact)
            add(*rule);
    };
    const auto addGlobs = [&](std::string_view asked) {
        std::vector<const MergedRule *> globs;
        visitGlobs(asked, [&](const MergedRule &rule) { globs.push_back(&rule); });
        std::sort(globs.begin(), globs.end(),
                  [](const auto *a, const auto *b) { return a->pattern.beats(b->pattern); });
        for (const MergedRule *rule : globs)
            add(*rule);
    };
    const bool slashed = listing && endsInSlash(path);
    addExact(path);
    if (slashed)
        addExact(withoutSlash(path));
    addGlobs(path);
    if (slashed)
        addGlobs(withoutSlash(path));
    return rules;
}

std::vector<std::string> Acl::capabilities(std::string_view path) const
{
    if (m_root)
        return {"root"};
    const MergedRule *rule = choose(path, /*listing=*/true);
    if (rule == nullptr || rule->grant.capabilities.empty())
        return {"deny"};
    return rule->grant.capabilities.names();
}

} // namespace kith::policy
