// SPDX-License-Identifier: Apache-2.0
#include "auth/TokenRoles.h"

#include "auth/TokenColumns.h"
#include "auth/Tokens.h"
#include "store/Json.h"
#include "store/Text.h"

#include <boost/json.hpp>

#include <algorithm>

namespace kith::auth {

namespace json = boost::json;

namespace {

TokenRole roleOf(std::string_view name, const json::object &settings)
{
    TokenRole role;
    role.name = name;
    role.allowedPolicies = store::textsIn(settings, "allowed_policies");
    role.allowedPoliciesGlob = store::textsIn(settings, "allowed_policies_glob");
    role.disallowedPolicies = store::textsIn(settings, "disallowed_policies");
    role.disallowedPoliciesGlob = store::textsIn(settings, "disallowed_policies_glob");
    if (settings.contains("allowed_entity_aliases"))
        role.allowedEntityAliases = store::textsIn(settings, "allowed_entity_aliases");
    role.orphan = store::flagIn(settings, "orphan");
    role.renewable = store::flagIn(settings, "renewable");
    role.noDefaultPolicy = store::flagIn(settings, "token_no_default_policy");
    role.pathSuffix = store::textIn(settings, "path_suffix");
    role.boundCidrs = store::textsIn(settings, "token_bound_cidrs");
    role.cidrsByOldName = store::flagIn(settings, "bound_cidrs");
    role.explicitMaxTtl = store::numberIn(settings, "token_explicit_max_ttl");
    role.period = store::numberIn(settings, "token_period");
    role.oldExplicitMaxTtl = store::numberIn(settings, "explicit_max_ttl");
    role.oldPeriod = store::numberIn(settings, "period");
    role.uses = store::numberIn(settings, "token_num_uses");
    role.type = store::textIn(settings, "token_type");
    return role;
}

json::object settingsOf(const TokenRole &role)
{
    json::object settings{{"allowed_policies", json::value_from(role.allowedPolicies)},
                          {"allowed_policies_glob", json::value_from(role.allowedPoliciesGlob)},
                          {"disallowed_policies", json::value_from(role.disallowedPolicies)},
                          {"disallowed_policies_glob", json::value_from(role.disallowedPoliciesGlob)},
                          {"orphan", role.orphan},
                          {"renewable", role.renewable},
                          {"token_no_default_policy", role.noDefaultPolicy},
                          {"path_suffix", json::string(role.pathSuffix)},
                          {"token_bound_cidrs", json::value_from(role.boundCidrs)},
                          {"bound_cidrs", role.cidrsByOldName},
                          {"token_explicit_max_ttl", role.explicitMaxTtl},
                          {"token_period", role.period},
                          {"explicit_max_ttl", role.oldExplicitMaxTtl},
                          {"period", role.oldPeriod},
                          {"token_num_uses", role.uses},
                          {"token_type", json::string(role.type)}};
    if (role.allowedEntityAliases)
        settings["allowed_entity_aliases"] = json::value_from(*role.allowedEntityAliases);
    return settings;
}

Result<void> check(const TokenRole &role)
{
    const auto refuse = [](const std::string &what) {
        return invalidRequest("'token_type' cannot be 'batch' when role is set to generate " + what);
    };
    if (role.type != "batch")
        return {};
    if (!role.orphan)
        return refuse("non-orphan tokens");
    if (role.usualPeriod() != 0)
        return refuse("periodic tokens");
    if (role.renewable)
        return refuse("renewable tokens");
    if (role.longestTtl() != 0)
        return refuse("tokens with an explicit max TTL");
    return {};
}

bool fitsAny(const std::vector<std::string> &patterns, std::string_view name)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string &pattern) { return fitsGlob(pattern, name); });
}

/// As Go prints a list of quoted texts: ["a" "b"].
std::string goList(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "" : " ") + inQuotes(name);
    return "[" + text + "]";
}

} // namespace

std::optional<TokenRole> findTokenRole(store::Session &session, NamespaceId ns, std::string_view name)
{
    auto row = session.query("SELECT settings FROM token_role WHERE namespace = ? AND name = ?", ns, name);
    if (!row.step())
        return std::nullopt;
    const json::value settings = parsedColumn(row.text(0));
    return settings.is_object() ? std::optional(roleOf(name, settings.get_object())) : std::nullopt;
}

Result<void> saveTokenRole(store::WriteSession &session, NamespaceId ns, const TokenRole &role)
{
    if (auto checked = check(role); !checked)
        return checked;
    session.run("INSERT OR REPLACE INTO token_role (namespace, name, settings) VALUES (?, ?, ?)", ns, role.name,
                json::serialize(settingsOf(role)));
    return {};
}

void deleteTokenRole(store::WriteSession &session, NamespaceId ns, std::string_view name)
{
    session.run("DELETE FROM token_role WHERE namespace = ? AND name = ?", ns, name);
}

std::vector<std::string> tokenRoles(store::Session &session, NamespaceId ns)
{
    std::vector<std::string> names;
    auto rows = session.query("SELECT name FROM token_role WHERE namespace = ? ORDER BY name", ns);
    while (rows.step())
        names.emplace_back(rows.text(0));
    return names;
}

bool fitsGlob(std::string_view pattern, std::string_view name)
{
    // The last star and what it stood for so far: where to go back to when the rest doesn't fit.
    std::size_t star = std::string_view::npos;
    std::size_t taken = 0;
    std::size_t p = 0;
    std::size_t n = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

Result<std::vector<std::string>> policiesByRole(const TokenRole &role, const std::vector<std::string> &requested,
                                                const std::vector<std::string> &parent, bool noDefaultPolicy)
{
    const bool onlySome = !role.allowedPolicies.empty() || !role.allowedPoliciesGlob.empty();
    const bool noDefault = noDefaultPolicy || role.noDefaultPolicy;
    const bool addsDefault =
        !noDefault && !contains(role.disallowedPolicies, "default") && !fitsAny(role.disallowedPoliciesGlob, "default");
    std::vector<std::string> policies = cleanTokenPolicies(requested);
    // [Q] Blanks ask for "default" alone where that is added, not for what the role or the parent has.
    const bool asksForBlanks = !requested.empty() && addsDefault;
    if (policies.empty() && !asksForBlanks)
        policies = onlySome ? role.allowedPolicies : parent;
    if (addsDefault)
        policies.emplace_back("default");
    policies = cleanTokenPolicies(policies);
    if (onlySome) {
        std::vector<std::string> allowed = role.allowedPolicies;
        if (addsDefault)
            allowed = cleanTokenPolicies([&] {
                std::vector<std::string> more = allowed;
                more.emplace_back("default");
                return more;
            }());
        for (const std::string &name : policies)
            if (!contains(allowed, name) && !fitsAny(role.allowedPoliciesGlob, name))
                return invalidRequest("token policies (" + goList(policies) +
                                      ") must be subset of the role's allowed policies (" + goList(allowed) +
                                      ") or glob policies (" + goList(role.allowedPoliciesGlob) + ")");
    }
    for (const std::string &name : policies)
        if (contains(role.disallowedPolicies, name) || fitsAny(role.disallowedPoliciesGlob, name))
            return invalidRequest("token policy " + inQuotes(name) + " is disallowed by this role");
    return policies;
}

} // namespace kith::auth
