// SPDX-License-Identifier: Apache-2.0
// Evaluating the rule that was chosen: capability, wrapping, parameters (spec/engine.md §9.5).
#include "policy/Acl.h"
#include "policy/Scalars.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::policy {

namespace {

using boost::json::object;
using boost::json::value;

/// Equal in depth; a number never equals anything.
bool equal(const value &rule, const value &given)
{
    if (rule.kind() != given.kind() || rule.is_number())
        return false;
    if (rule.is_array()) {
        const auto &a = rule.get_array();
        const auto &b = given.get_array();
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), equal);
    }
    if (rule.is_object()) {
        const auto &a = rule.get_object();
        const auto &b = given.get_object();
        return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const auto &entry) {
                   const auto *other = b.if_contains(entry.key());
                   return other != nullptr && equal(entry.value(), *other);
               });
    }
    return rule == given;
}

/// With a `*` at either end of the rule's text; alone it is a letter.
bool matchesGlob(std::string_view rule, std::string_view given)
{
    const bool open = rule.size() > 1 && rule.front() == '*';
    const bool close = rule.size() > 1 && rule.back() == '*';
    const std::string_view inner = rule.substr(open ? 1 : 0, rule.size() - (open ? 1 : 0) - (close ? 1 : 0));
    if (open && close)
        return given.find(inner) != std::string_view::npos;
    if (open)
        return given.size() >= inner.size() && given.substr(given.size() - inner.size()) == inner;
    return close ? given.substr(0, inner.size()) == inner : rule == given;
}

bool matchesAny(const std::vector<value> &rules, const value &given)
{
    return rules.empty() || std::any_of(rules.begin(), rules.end(), [&](const value &rule) {
               if (rule.is_string() && given.is_string())
                   return matchesGlob(rule.get_string(), given.get_string());
               return equal(rule, given);
           });
}

/// The first parameter that the rule refuses. None: all pass.
struct Refusal {
    Verdict verdict;
    std::string parameter;
};

std::optional<Refusal> refuse(const Grant &grant, const object *data)
{
    for (const std::string &name : grant.requiredParameters) {
        if (data == nullptr || !data->contains(name))
            return Refusal{Verdict::MissingParameter, name};
    }
    if (data == nullptr || data->empty())
        return std::nullopt;
    const ParameterRules none;
    const ParameterRules &denied = grant.deniedParameters ? *grant.deniedParameters : none;
    if (denied.contains("*"))
        return Refusal{Verdict::DeniedParameter, "*"};
    for (const auto &entry : *data) {
        const auto rule = denied.find(foldCase(entry.key()));
        if (rule != denied.end() && matchesAny(rule->second, entry.value()))
            return Refusal{Verdict::DeniedParameter, entry.key()};
    }
    const ParameterRules &allowed = grant.allowedParameters ? *grant.allowedParameters : none;
    const bool others = allowed.contains("*");
    if (allowed.empty() || (others && allowed.size() == 1))
        return std::nullopt;
    for (const auto &entry : *data) {
        const auto rule = allowed.find(foldCase(entry.key()));
        const bool passes = rule == allowed.end() ? others : matchesAny(rule->second, entry.value());
        if (!passes)
            return Refusal{Verdict::ParameterNotAllowed, entry.key()};
    }
    return std::nullopt;
}

/// Nothing to decide: no limit was asked for, or all that there is.
struct AskedLimit {
    bool rubbish = false;
    std::int64_t value = 0;
};

AskedLimit askedLimit(const value &asked)
{
    if (const auto *number = asked.if_int64())
        return {*number < 0, *number};
    if (const auto *number = asked.if_uint64())
        return {*number > static_cast<std::uint64_t>(INT64_MAX), static_cast<std::int64_t>(*number & INT64_MAX)};
    const auto *text = asked.if_string();
    if (text == nullptr)
        return {true, 0};
    if (text->empty() || *text == "max")
        return {false, 0};
    const auto number = parseDecimal(*text);
    return number ? AskedLimit{*number < 0, *number} : AskedLimit{true, 0};
}

bool applyLimit(const Grant &grant, const object *data, Decision &decision)
{
    const std::int64_t most = grant.paginationLimit;
    const value *asked = data == nullptr ? nullptr : data->if_contains("limit");
    if (most == 0) {
        if (asked != nullptr && asked->is_string() && asked->get_string() == "max")
            decision.limit = 0;
        return true;
    }
    if (asked == nullptr) {
        decision.limit = most;
        return true;
    }
    const AskedLimit limit = askedLimit(*asked);
    if (limit.rubbish || limit.value > most)
        return false;
    decision.limit = limit.value == 0 ? most : limit.value;
    return true;
}

bool wrappingFits(const Grant &grant, std::optional<Nanoseconds> wrapTtl)
{
    if (grant.maxWrappingTtl > 0 && (!wrapTtl || *wrapTtl <= 0 || *wrapTtl > grant.maxWrappingTtl))
        return false;
    return grant.minWrappingTtl <= 0 || (wrapTtl && *wrapTtl >= grant.minWrappingTtl);
}

} // namespace

Decision Acl::decide(const Access &access, Reasons reasons) const
{
    Decision decision;
    if (m_root) {
        decision.verdict = Verdict::Allowed;
        return decision;
    }
    const bool listing = access.capability == Capability::List || access.capability == Capability::Scan;
    if (reasons == Reasons::RuleOnly) {
        decision.rule = choose(access.path, listing);
    } else if (decision.beaten = matching(access.path, listing); !decision.beaten.empty()) {
        decision.rule = decision.beaten.front();
        decision.beaten.erase(decision.beaten.begin());
    }
    if (!decision.rule)
        return decision;
    const Grant &grant = decision.rule->grant;
    if (!grant.capabilities.has(access.capability)) {
        decision.verdict = Verdict::MissingCapability;
        return decision;
    }
    decision.verdict = Verdict::Allowed;
    if (!wrappingFits(grant, access.wrapTtl)) {
        decision.verdict = Verdict::WrappingOutOfRange;
        return decision;
    }
    const bool checked = access.capability == Capability::Read || access.capability == Capability::Create ||
                         access.capability == Capability::Update || access.capability == Capability::Patch;
    if (checked) {
        if (auto refusal = refuse(grant, access.data)) {
            decision.verdict = refusal->verdict;
            decision.parameter = std::move(refusal->parameter);
        }
    } else if (listing) {
        const auto &required = grant.requiredParameters;
        const bool limitMissing = (access.data == nullptr || !access.data->contains("limit")) &&
                                  std::find(required.begin(), required.end(), "limit") != required.end();
        if (grant.paginationLimit > 0 && limitMissing) {
            decision.verdict = Verdict::MissingParameter;
            decision.parameter = "limit";
        } else if (!applyLimit(grant, access.data, decision)) {
            decision.verdict = Verdict::LimitOutOfRange;
            decision.parameter = "limit";
        }
    }
    return decision;
}

} // namespace kith::policy
