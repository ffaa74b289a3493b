// SPDX-License-Identifier: Apache-2.0
#include "auth/Tokens.h"
#include "policy/PolicyNames.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::auth {

namespace {

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// What the user or role asks for counts unless the mount insists.
TokenType typeOf(const std::string &asked, const std::string &mount)
{
    if (mount == "batch" || mount == "service")
        return mount == "batch" ? TokenType::Batch : TokenType::Service;
    const std::string &chosen = asked.empty() || asked == "default" ? mount : asked;
    return chosen == "batch" || chosen == "default-batch" ? TokenType::Batch : TokenType::Service;
}

std::string displayName(const LoginPlace &place, const std::string &name)
{
    std::string_view mount = place.mountPath;
    if (mount.starts_with("auth/"))
        mount.remove_prefix(5);
    while (mount.ends_with('/'))
        mount.remove_suffix(1);
    std::string text(mount);
    std::replace(text.begin(), text.end(), '/', '-');
    return name.empty() ? text : text + "-" + name;
}

} // namespace

std::vector<std::string> cleanTokenPolicies(const std::vector<std::string> &names)
{
    std::vector<std::string> clean;
    for (const std::string &name : names)
        if (std::string key = policy::policyKey(trimmed(name)); !key.empty())
            clean.push_back(std::move(key));
    std::sort(clean.begin(), clean.end());
    clean.erase(std::unique(clean.begin(), clean.end()), clean.end());
    if (std::binary_search(clean.begin(), clean.end(), "root"))
        return {"root"};
    return clean;
}

std::string newTokenSecret()
{
    return "s." + store::randomBase62(24);
}

Result<NewToken> createLoginToken(store::WriteSession &session, const store::Seal &seal, const Login &login,
                                  const LoginPlace &place, const std::string &entityUuid)
{
    Token token;
    token.type = typeOf(login.token.type, place.mountTokenType);
    token.policies = cleanTokenPolicies(login.token.policies);
    if (std::binary_search(token.policies.begin(), token.policies.end(), "root"))
        return invalidRequest("auth methods cannot create root tokens");
    if (std::binary_search(token.policies.begin(), token.policies.end(), "response-wrapping"))
        return invalidRequest("cannot assign policy " + inQuotes("response-wrapping"));
    if (!login.token.noDefaultPolicy && !std::binary_search(token.policies.begin(), token.policies.end(), "default"))
        token.policies.insert(std::upper_bound(token.policies.begin(), token.policies.end(), "default"), "default");
    const std::int64_t ttl = login.token.ttl > 0 ? login.token.ttl : place.limits.defaultTtl;
    const auto granted =
        lifetime({ttl, login.token.maxTtl, login.token.explicitMaxTtl, login.token.period, place.limits}, session.now,
                 session.now);
    if (!granted)
        return granted.error();
    token.granted = granted->seconds;
    token.ns = place.ns;
    token.path = place.path;
    token.displayName = displayName(place, login.displayName);
    token.meta = login.meta;
    token.entityUuid = entityUuid;
    token.mount = place.mount;
    token.boundCidrs = login.token.boundCidrs;
    token.uses = login.token.uses;
    if (token.type == TokenType::Service) {
        token.explicitMaxTtl = login.token.explicitMaxTtl;
        token.period = login.token.period;
        token.renewable = login.renewable;
        if (!login.renewal.empty())
            token.renewal = boost::json::serialize(login.renewal);
    }
    auto made = createToken(session, seal, std::move(token));
    if (made)
        made->warnings = granted->warnings;
    return made;
}

} // namespace kith::auth
