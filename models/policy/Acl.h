// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/PathPattern.h"
#include "policy/Policy.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith::policy {

/// Where a rule stands.
struct RuleOrigin {
    std::string policy;
    int line = 0;
    Capabilities capabilities; ///< Of that stanza alone, before merging.
};

/// All stanzas with the same path, merged into one (spec/engine.md §9.3).
struct MergedRule {
    PathPattern pattern;
    Grant grant;
    std::vector<RuleOrigin> origins; ///< At least one; by policy name, then line.
};

/// What is asked of the paths of somebody's policies.
struct Access {
    Capability capability = Capability::Read;  ///< That the operation needs; List or Scan follow their own way (§9.4).
    std::string_view path;                     ///< Without its first slash.
    const boost::json::object *data = nullptr; ///< The parameters; null: none.
    std::optional<Nanoseconds> wrapTtl = {};   ///< The answer is to be wrapped for that long.
};

enum class Verdict {
    Allowed,
    NoRule,             ///< No rule matches the path.
    MissingCapability,  ///< The deciding rule doesn't grant it, or denies everything.
    WrappingOutOfRange, ///< The rule demands wrapping within bounds.
    MissingParameter,   ///< A required one; `parameter` names it.
    DeniedParameter,    ///< `parameter` names it.
    ParameterNotAllowed,
    LimitOutOfRange, ///< A list asks for more than pagination_limit, or for rubbish.
};

/// A decision with its reason. The rules belong to the Acl that decided.
struct Decision {
    Verdict verdict = Verdict::NoRule;
    const MergedRule *rule = nullptr;       ///< That decided; null: none matches, or root.
    std::vector<const MergedRule *> beaten; ///< The others that match, the next best first.
    std::string parameter;                  ///< That it failed on.
    std::optional<std::int64_t> limit;      ///< A list: the `limit` that holds now (pagination_limit applied).

    bool allowed() const { return verdict == Verdict::Allowed; }
};

/// How much of a decision is wanted.
enum class Reasons {
    All,
    RuleOnly, ///< Without the rules that were beaten: quicker.
};

/// The rules of several policies, ready to decide. Immutable, so usable by many threads.
class Acl
{
public:
    Acl() = default;
    /// Merges the rules of `policies`, without those expired at `now`. Templates are to be rendered before
    /// (policy/Template.h); a rule that still is one counts as the literal text.
    /// A policy named `root` allows everything.
    explicit Acl(const std::vector<std::shared_ptr<const Policy>> &policies, Nanoseconds now = 0);
    Acl(Acl &&) noexcept;
    Acl &operator=(Acl &&) noexcept;
    ~Acl();

    bool isRoot() const { return m_root; }
    const std::vector<MergedRule> &rules() const { return m_rules; }
    /// The rule with exactly this path text, if there is one.
    const MergedRule *ruleFor(std::string_view patternText) const;

    /// The one rule that decides for a path (§9.4); `listing`: as list and scan choose it. Null: none.
    const MergedRule *choose(std::string_view path, bool listing) const;
    /// Every rule that matches, the deciding one first.
    std::vector<const MergedRule *> matching(std::string_view path, bool listing) const;

    Decision decide(const Access &access, Reasons reasons = Reasons::All) const;
    /// As sys/capabilities answers: the sorted names; `deny` for none; `root`.
    std::vector<std::string> capabilities(std::string_view path) const;

private:
    void index();
    template <class Visitor>
    void visitGlobs(std::string_view path, Visitor visit) const;
    const MergedRule *bestGlob(std::string_view path) const;

    bool m_root = false;
    std::vector<MergedRule> m_rules;
    std::unordered_map<std::string_view, std::size_t> m_byText; // the views live in m_rules, which never changes
    std::vector<std::size_t> m_prefixes;                        // sorted by stem
    std::vector<std::size_t> m_prefixParent;                    // the longest prefix that is a prefix of it
    std::unordered_map<std::string_view, std::vector<std::size_t>>
        m_byFirstSegment; // `+` rules; "+" : those that begin so
};

} // namespace kith::policy
