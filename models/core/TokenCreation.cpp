// SPDX-License-Identifier: Apache-2.0
// auth/token/create, create-orphan, create/:role (spec/engine.md §10). The order of the checks is the real server's.
#include "core/TokenCreation.h"
#include "core/Permission.h"

#include "auth/TokenRoles.h"
#include "core/Callers.h"
#include "core/Router.h"
#include "core/Secrets.h"
#include "core/TokenJson.h"
#include "identity/EntityAliases.h"
#include "policy/PolicyNames.h"
#include "policy/PolicyStore.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::core {

namespace {

using auth::TokenType;

bool has(const std::vector<std::string> &sorted, std::string_view name)
{
    return std::binary_search(sorted.begin(), sorted.end(), name);
}

std::vector<std::string> without(std::vector<std::string> names, std::string_view name)
{
    std::erase(names, name);
    return names;
}

/// "token", or "token-" and the name with everything but letters and digits turned into dashes.
std::string displayName(const std::string &given)
{
    if (given.empty())
        return "token";
    std::string name = "token-";
    for (std::string_view rest = given; !rest.empty();) {
        const CodePoint character = firstCodePoint(rest);
        const char c = rest.front();
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        name += plain ? c : '-';
        rest.remove_prefix(character.length);
    }
    if (name.ends_with('-'))
        name.pop_back();
    return name;
}

constexpr const char *CustomIdWarning =
    "Supplying a custom ID for the token uses the weaker SHA1 hashing instead of the more secure SHA2-256 HMAC for "
    "token obfuscation. SHA1 hashed tokens on the wire leads to less secure lookups.";

Error notFromAbove()
{
    return invalidRequest("root tokens may not be created from a parent namespace");
}

class Creation
{
public:
    Creation(const Call &call, store::WriteSession &session, const store::Seal &seal, Parentage parentage)
        : m_call(call)
        , m_session(session)
        , m_seal(seal)
        , m_parentage(parentage)
        , m_parent(call.caller().token)
        , m_root(call.caller().isRoot())
        , m_sudo(alsoMay(call.caller(), policy::Capability::Sudo, call.request()))
    {}

    Result<auth::NewToken> run();

private:
    std::string text(std::string_view name) const { return m_call.text(name).value_or(std::string()); }
    Result<void> findRole();
    Result<void> checkParent() const;
    bool isElsewhere() const { return (m_parent ? m_parent->ns : RootNamespace) != m_call.ns(); }
    Result<void> checkBatch() const;
    Result<void> chooseType();
    Result<void> nameEntity();
    Result<void> choosePolicies();
    Result<std::vector<std::string>> policiesByParent(const std::vector<std::string> &requested) const;
    Result<void> chooseParent();
    Result<std::int64_t> seconds(std::string_view name) const;
    Result<void> chooseLifetime();
    Result<void> checkSecret();
    void warnOfMissingPolicies();

    const Call &m_call;
    store::WriteSession &m_session;
    const store::Seal &m_seal;
    Parentage m_parentage;
    const std::optional<auth::Token> &m_parent; // none: this process
    bool m_root;
    bool m_sudo;
    std::optional<auth::TokenRole> m_role;
    auth::Token m_token;
    std::string m_secret; // that was asked for
    std::vector<std::string> m_warnings;
};

Result<void> Creation::findRole()
{
    if (m_parentage != Parentage::ByRole)
        return {};
    const std::string name = text("role_name");
    m_role = auth::findTokenRole(m_session, m_call.ns(), name);
    if (!m_role)
        return invalidRequest("unknown role " + name);
    m_token.role = name;
    return {};
}

Result<void> Creation::checkParent() const
{
    if (m_parent && m_parent->uses < 0) // this request is its last use
        return invalidRequest("parent token lookup failed: no parent found");
    if (m_parent && m_parent->type == TokenType::Batch)
        return invalidRequest("batch tokens cannot create more tokens");
    if (m_parent && m_parent->usesGiven != 0)
        return invalidRequest("restricted use token cannot generate child tokens");
    if (isElsewhere() && !m_sudo && !m_root)
        return invalidRequest("root or sudo privileges required to directly generate a token in a child namespace");
    const auto requested = m_call.list("policies").value_or(std::vector<std::string>());
    if (isElsewhere() && std::find(requested.begin(), requested.end(), "root") != requested.end())
        return notFromAbove();
    return {};
}

/// [Q] Of what batch tokens can't have only the first that is given is looked at: beside an explicit_max_ttl of 0, say,
/// the others pass.
Result<void> Creation::checkBatch() const
{
    const auto wrong = [](std::string_view name) {
        return invalidRequest("batch tokens cannot have " + inQuotes(name) + " set");
    };
    for (const std::string_view name : {"explicit_max_ttl", "num_uses", "period"}) {
        if (name == "num_uses") {
            if (m_call.number(name).value_or(0) != 0)
                return wrong(name);
        } else if (const std::string given = text(name); !given.empty()) {
            const auto time = parseDuration(given);
            if (!time)
                return invalidRequest("'" + std::string(name) + "' value could not be parsed");
            return *time == 0 ? Result<void>() : wrong(name);
        }
    }
    return {};
}

Result<void> Creation::chooseType()
{
    std::string type = text("type");
    if (m_role && (m_role->type == "service" || m_role->type == "batch"))
        type = m_role->type;
    else if (type.empty() && m_role && m_role->type == "default-batch")
        type = "batch";
    if (type == "batch") {
        m_token.type = TokenType::Batch;
        if (auto fits = checkBatch(); !fits)
            return fits;
    } else if (!type.empty() && type != "service") {
        return invalidRequest("invalid 'token_type' value");
    }
    const std::int64_t uses = m_call.number("num_uses").value_or(0);
    if (uses < 0)
        return invalidRequest("number of uses cannot be negative");
    const std::int64_t most = m_role ? m_role->uses : 0;
    m_token.uses = uses == 0 ? most : most == 0 ? uses : std::min(uses, most);
    return {};
}

/// The entity of the alias that was named, made if nobody has it yet; else the parent's.
Result<void> Creation::nameEntity()
{
    const std::string alias = text("entity_alias");
    if (alias.empty())
        return {};
    if (!m_role)
        return invalidRequest("'entity_alias' is only allowed in combination with token role");
    const auto allowed = m_role->allowedEntityAliases.value_or(std::vector<std::string>());
    if (std::none_of(allowed.begin(), allowed.end(),
                     [&](const std::string &one) { return auth::fitsGlob(one, foldCase(alias)); }))
        return invalidRequest("invalid 'entity_alias' value");
    const std::string &accessor = m_call.mount().accessor;
    std::optional<EntityId> entity;
    if (const auto known = identity::aliasByFactors(m_session, accessor, alias)) {
        entity = identity::entityOfAlias(m_session, *known);
        m_token.entityUuid = m_session.text("SELECT uuid FROM entity WHERE id = ?", *entity).value_or("");
    } else {
        auto saved = identity::saveEntityAlias(m_session, m_call.ns(), {}, {{}, accessor, alias, {}});
        if (!saved)
            return saved.error();
        m_token.entityUuid = *saved ? (*saved)->canonicalId : std::string();
    }
    if (entity && m_session.integer("SELECT disabled FROM entity WHERE id = ?", *entity).value_or(0) != 0)
        return Error{ErrorCode::PermissionDenied, 403, "entity from given entity alias is disabled", {}};
    return {};
}

Result<std::vector<std::string>> Creation::policiesByParent(const std::vector<std::string> &requested) const
{
    const bool noDefault = m_call.flag("no_default_policy").value_or(false);
    const std::vector<std::string> parent = m_parent ? m_parent->policies : std::vector<std::string>{"root"};
    if (requested.empty())
        return isElsewhere() ? std::vector<std::string>{"default"} : parent;
    std::vector<std::string> policies = auth::cleanTokenPolicies(requested);
    const bool mayAll = m_sudo || m_root;
    if (!mayAll && !std::includes(parent.begin(), parent.end(), policies.begin(), policies.end()))
        return invalidRequest("child policies must be subset of parent");
    if (!noDefault && (mayAll || has(parent, "default"))) {
        policies.emplace_back("default");
        policies = auth::cleanTokenPolicies(policies);
    }
    return policies;
}

Result<void> Creation::choosePolicies()
{
    const auto requested = m_call.list("policies").value_or(std::vector<std::string>());
    const std::vector<std::string> parent = m_parent ? m_parent->policies : std::vector<std::string>{"root"};
    auto policies =
        m_role && m_role->restrictsPolicies()
            ? auth::policiesByRole(*m_role, requested, parent, m_call.flag("no_default_policy").value_or(false))
            : policiesByParent(requested);
    if (!policies)
        return policies.error();
    m_token.policies = std::move(*policies);
    if (m_call.flag("no_default_policy").value_or(false))
        m_token.policies = without(std::move(m_token.policies), "default");
    if (has(m_token.policies, "response-wrapping"))
        return invalidRequest("cannot assign policy \"response-wrapping\"");
    if (has(m_token.policies, "root")) {
        if (!has(parent, "root"))
            return invalidRequest("root tokens may not be created without parent token being root");
        if (isElsewhere())
            return notFromAbove();
        if (m_token.type == TokenType::Batch)
            return invalidRequest("batch tokens cannot be root tokens");
    }
    return {};
}

Result<void> Creation::chooseParent()
{
    bool orphan = m_parentage == Parentage::Orphan || (m_role && m_role->orphan);
    if (!m_role && m_call.flag("no_parent").value_or(false)) { // [Q] also at create-orphan
        if (!m_sudo)
            return invalidRequest("root or sudo privileges required to create orphan token");
        orphan = true;
    }
    if (orphan || !m_parent)
        return {};
    m_token.parent = m_parent->id;
    if (m_token.entityUuid.empty())
        m_token.entityUuid = m_parent->entityUuid;
    return {};
}

/// 0: not said.
Result<std::int64_t> Creation::seconds(std::string_view name) const
{
    auto parsed = parseDuration(text(name));
    if (!parsed)
        return parsed.error();
    if (*parsed < 0)
        return invalidRequest(std::string(name) + " must be positive");
    return parsed;
}

std::int64_t lesser(std::int64_t asked, std::int64_t role, const char *what, std::vector<std::string> &warnings)
{
    if (asked == 0 || role == 0)
        return asked == 0 ? role : asked;
    warnings.push_back(std::string(what) +
                       " specified both during creation call and in role; using the lesser value of " +
                       std::to_string(std::min(asked, role)) + " seconds");
    return std::min(asked, role);
}

Result<void> Creation::chooseLifetime()
{
    const auto longest = seconds("explicit_max_ttl");
    if (!longest)
        return longest.error();
    const auto period = seconds("period");
    if (!period)
        return period.error();
    if (*period > 0 && !m_sudo)
        return invalidRequest("root or sudo privileges required to create periodic token");
    auto ttl = text("ttl").empty() ? seconds("lease") : seconds("ttl");
    if (!ttl)
        return ttl.error();
    // The role's bounds are asked for again at each renewal; the token keeps what was asked for.
    m_token.explicitMaxTtl = *longest;
    m_token.period = *period;
    const bool bounded = m_role && m_token.type == TokenType::Service;
    const std::int64_t most = lesser(*longest, bounded ? m_role->longestTtl() : 0, "Explicit max TTL", m_warnings);
    const std::int64_t usual = lesser(*period, bounded ? m_role->usualPeriod() : 0, "Period", m_warnings);
    const bool endless = has(m_token.policies, "root") && *ttl == 0 && usual == 0 && most == 0;
    if (endless) {
        if (m_parent && m_parent->expires != 0)
            return invalidRequest("expiring root tokens cannot create non-expiring root tokens");
        return {};
    }
    const auth::LeaseLimits limits = auth::leaseLimits(m_call.mount().settings.config);
    const bool root = has(m_token.policies, "root");
    if (*ttl == 0 && usual == 0 && !root)
        ttl = limits.defaultTtl;
    auto life = auth::lifetime({*ttl, 0, most, usual, limits}, m_session.now, m_session.now);
    if (!life)
        return life.error();
    if (*ttl == 0 && usual == 0 && root)
        life->seconds = most; // [Q] whatever the mount says
    m_token.granted = life->seconds;
    m_warnings.insert(m_warnings.end(), life->warnings.begin(), life->warnings.end());
    m_token.renewable =
        m_token.type == TokenType::Service && m_call.flag("renewable").value_or(true) && (!m_role || m_role->renewable);
    return {};
}

Result<void> Creation::checkSecret()
{
    if (m_secret.empty() || m_token.type == TokenType::Batch)
        return {};
    for (const std::string_view prefix : {"s.", "hvs."})
        if (m_secret.starts_with(prefix))
            return invalidRequest("custom token ID cannot have the '" + std::string(prefix) + "' prefix");
    if (m_secret.find('.') != std::string::npos)
        return invalidRequest("custom token ID cannot have a '.' in the value");
    return {};
}

void Creation::warnOfMissingPolicies()
{
    for (const std::string &name : m_token.policies) {
        const auto id = policy::findPolicy(m_session, name);
        if (name != "root" && (!id || !policy::isPolicyDefined(m_session, *id, m_session.now, m_call.ns())))
            m_warnings.push_back("Policy " + inQuotes(name) + " does not exist");
    }
}

Result<auth::NewToken> Creation::run()
{
    m_secret = text("id");
    if (!m_secret.empty())
        m_warnings.emplace_back(CustomIdWarning);
    for (const auto step : {&Creation::findRole, &Creation::chooseType, &Creation::nameEntity}) {
        if (auto done = (this->*step)(); !done)
            return done.error();
        if (step == &Creation::findRole)
            if (auto checked = checkParent(); !checked)
                return checked.error();
    }
    if (!m_secret.empty() && !m_sudo)
        return invalidRequest("root or sudo privileges required to specify token id");
    if (!m_secret.empty() && m_call.ns() != RootNamespace)
        return invalidRequest("token IDs can only be manually specified in the root namespace");
    for (const auto step :
         {&Creation::choosePolicies, &Creation::chooseParent, &Creation::chooseLifetime, &Creation::checkSecret})
        if (auto done = (this->*step)(); !done)
            return done.error();
    warnOfMissingPolicies();
    m_token.displayName = displayName(text("display_name"));
    m_token.ns = m_call.ns();
    m_token.nsPath = m_call.space().path;
    m_token.path = m_call.request().path;
    if (m_role && !m_role->pathSuffix.empty())
        m_token.path += "/" + m_role->pathSuffix;
    const bool everything = m_token.policies == std::vector<std::string>{"root"} && m_token.granted == 0;
    if (m_role && !everything) // such a token nothing binds
        m_token.boundCidrs = m_role->boundCidrs;
    else if (m_token.parent && !everything)
        m_token.boundCidrs = m_parent->boundCidrs;
    if (const auto meta = m_call.pairs("meta"); meta && *meta)
        m_token.meta = **meta;
    m_token.mount = m_call.mount().id;
    auto made = auth::createToken(m_session, m_seal, std::move(m_token), m_secret);
    if (made)
        made->warnings = std::move(m_warnings);
    return made;
}

} // namespace

Result<Response> createToken(const Call &call, Engine &engine, Parentage parentage)
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const auto made = engine.store.write([&](store::WriteSession &session) -> Result<auth::NewToken> {
        return Creation(call, session, **seal, parentage).run();
    });
    if (!made)
        return made.error();
    std::vector<std::string> identityPolicies;
    if (!made->token.entityUuid.empty())
        if (const auto caller = engine.callers->of(made->token))
            identityPolicies = caller->identityPolicies;
    Response response;
    response.warnings = made->warnings;
    response.auth = authOf(made->token, made->secret, identityPolicies, made->token.granted);
    return response;
}

} // namespace kith::core
