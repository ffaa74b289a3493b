// SPDX-License-Identifier: Apache-2.0
#include "auth/Tokens.h"

#include "auth/TokenColumns.h"
#include "auth/TokenTidying.h"
#include "identity/Namespaces.h"

#include <algorithm>

namespace kith::auth {

namespace json = boost::json;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

constexpr std::string_view byDigest =
    "SELECT id, parent, accessor, policies, path, display_name, meta, entity, role, mount, uses, ttl, "
    "explicit_max_ttl, period, renewable, no_identity_policies, cidrs, created, renewed, expires, granted, renewal, "
    "uses_given, namespace "
    "FROM token WHERE digest = ?";
constexpr std::string_view byAccessor =
    "SELECT id, parent, accessor, policies, path, display_name, meta, entity, role, mount, uses, ttl, "
    "explicit_max_ttl, period, renewable, no_identity_policies, cidrs, created, renewed, expires, granted, renewal, "
    "uses_given, namespace "
    "FROM token WHERE accessor = ?";
constexpr std::string_view byId =
    "SELECT id, parent, accessor, policies, path, display_name, meta, entity, role, mount, uses, ttl, "
    "explicit_max_ttl, period, renewable, no_identity_policies, cidrs, created, renewed, expires, granted, renewal, "
    "uses_given, namespace "
    "FROM token WHERE id = ?";

std::string renewalPlace(std::string_view accessor)
{
    return "token/" + std::string(accessor) + "/renewal";
}

Token tokenOf(store::Query &row, const store::Seal &seal)
{
    Token token;
    token.id = row.id<TokenId>(0);
    token.parent = row.id<TokenId>(1);
    token.accessor = row.text(2);
    token.policies = textsOf(parsedColumn(row.text(3)));
    token.path = row.text(4);
    token.displayName = row.text(5);
    if (!row.isNull(6))
        token.meta = pairsOf(parsedColumn(row.text(6)));
    token.entityUuid = row.text(7);
    token.role = row.text(8);
    token.mount = row.id<MountId>(9);
    token.uses = row.integer(10);
    token.ttl = row.integer(11);
    token.explicitMaxTtl = row.integer(12);
    token.period = row.integer(13);
    token.renewable = row.integer(14) != 0;
    token.noIdentityPolicies = row.integer(15) != 0;
    if (!row.isNull(16))
        token.boundCidrs = textsOf(parsedColumn(row.text(16)));
    token.created = row.integer(17);
    token.renewed = row.integer(18);
    token.expires = row.integer(19);
    token.granted = row.integer(20);
    token.usesGiven = row.integer(22);
    token.ns = row.id<NamespaceId>(23);
    if (!row.isNull(21))
        if (auto renewal = seal.open(row.blob(21), renewalPlace(token.accessor)))
            token.renewal = std::move(*renewal);
    return token;
}

/// When the first of a token's parents expires; 0: none does. Nothing: a parent is gone.
std::optional<Nanoseconds> parentsExpiry(store::Session &session, TokenId parent)
{
    auto rows = session.query("WITH RECURSIVE up(id, parent, expires) AS ("
                              "SELECT id, parent, expires FROM token WHERE id = ? "
                              "UNION SELECT t.id, t.parent, t.expires FROM token t JOIN up ON t.id = up.parent) "
                              "SELECT count(*), min(expires) FROM up",
                              parent);
    if (!rows.step() || rows.integer(0) == 0)
        return std::nullopt;
    return rows.integer(1);
}

/// Whether it is alive, seen from its parents too. Finds the path of its namespace.
bool settle(store::Session &session, Token &token, Nanoseconds now)
{
    if (token.uses < 0)
        return false;
    if (token.ns != RootNamespace) {
        auto path = session.text("SELECT path FROM namespace WHERE id = ?", token.ns);
        if (!path)
            return false;
        token.nsPath = std::move(*path);
    }
    if (token.parent) {
        const auto expiry = parentsExpiry(session, token.parent);
        if (!expiry)
            return false;
        token.parentsExpire = *expiry;
    }
    return !token.isExpired(now);
}

std::optional<Token> alive(store::Session &session, const store::Seal &seal, store::Query row, Nanoseconds now)
{
    if (!row.step())
        return std::nullopt;
    Token token = tokenOf(row, seal);
    if (!settle(session, token, now))
        return std::nullopt;
    return token;
}

std::optional<std::string> listColumn(const std::vector<std::string> &texts)
{
    return texts.empty() ? std::nullopt : std::optional(json::serialize(json::value_from(texts)));
}

void insert(store::WriteSession &session, const store::Seal &seal, Token &token, const std::string &digest)
{
    const std::string policies = json::serialize(json::value_from(token.policies));
    const auto meta = token.meta ? std::optional(json::serialize(json::value_from(*token.meta))) : std::nullopt;
    const std::string renewal =
        token.renewal.empty() ? std::string() : seal.seal(token.renewal, renewalPlace(token.accessor));
    auto row = session.query(
        "INSERT INTO token (digest, accessor, parent, policies, path, display_name, meta, entity, role, mount, uses, "
        "ttl, explicit_max_ttl, period, renewable, no_identity_policies, cidrs, created, uses_given, namespace, "
        "expires, granted, renewal) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        store::Blob{digest}, token.accessor, token.parent, policies, token.path, token.displayName, meta,
        token.entityUuid, token.role, token.mount.value, token.uses, token.ttl, token.explicitMaxTtl, token.period,
        token.renewable, token.noIdentityPolicies, listColumn(token.boundCidrs), token.created, token.uses, token.ns);
    if (token.expires != 0)
        row.bind(21, token.expires);
    row.bind(22, token.granted);
    if (!renewal.empty())
        row.bind(23, store::Blob{renewal});
    row.run();
    token.id = TokenId{session.lastRowId()};
}

/// Notes what goes, and removes it.
constexpr std::string_view noteTree =
    "WITH RECURSIVE tree(id) AS (VALUES (?) UNION SELECT t.id FROM token t JOIN tree ON t.parent = tree.id) "
    "SELECT id FROM tree";
constexpr std::string_view deleteTree =
    "WITH RECURSIVE tree(id) AS (VALUES (?) UNION SELECT t.id FROM token t JOIN tree ON t.parent = tree.id) "
    "DELETE FROM token WHERE id IN tree";

void revokeAll(store::WriteSession &session, store::Query roots)
{
    std::vector<TokenId> ids;
    while (roots.step())
        ids.push_back(roots.id<TokenId>(0));
    for (const TokenId id : ids)
        revokeToken(session, id);
}

} // namespace

Result<NewToken> createToken(store::WriteSession &session, const store::Seal &seal, Token token,
                             const std::string &secret)
{
    NewToken made;
    const bool batch = token.type == TokenType::Batch; // keeps no fractions of seconds
    token.created = batch ? session.now - session.now % Second : session.now;
    token.expires = token.granted == 0 ? 0 : token.created + token.granted * Second;
    token.usesGiven = token.uses;
    token.ttl = token.granted;
    const std::string suffix = identity::idSuffix(session, token.ns);
    if (suffix.empty() && token.ns != RootNamespace) // deleted since it was asked for
        return Error{ErrorCode::NotFound, 404, "namespace not found", {}};
    if (batch) {
        made.secret = sealBatchToken(seal, token, suffix);
        made.token = std::move(token);
        return made;
    }
    constexpr std::size_t Letters = 24;
    const std::string random = store::randomBase62(2 * Letters); // at once: asking for them is most of the work
    made.secret = secret.empty() ? "s." + random.substr(Letters) + suffix : secret;
    const std::string digest = seal.digest(made.secret);
    if (!secret.empty() && session.integer("SELECT 1 FROM token WHERE digest = ?", store::Blob{digest}))
        return invalidRequest("cannot create a token with a duplicate ID");
    token.accessor = random.substr(0, Letters) + suffix;
    insert(session, seal, token, digest);
    made.token = std::move(token);
    return made;
}

std::optional<Token> findToken(store::Session &session, const store::Seal &seal, std::string_view secret,
                               Nanoseconds now)
{
    if (!looksLikeBatchToken(secret))
        return alive(session, seal, session.query(byDigest, store::Blob{seal.digest(secret)}), now);
    std::string suffix;
    auto token = openBatchToken(seal, secret, suffix);
    if (token && !suffix.empty())
        token->ns = NamespaceId{session.integer("SELECT id FROM namespace WHERE suffix = ?", suffix).value_or(0)};
    if (!token || !settle(session, *token, now))
        return std::nullopt;
    return token;
}

std::optional<Token> findTokenByAccessor(store::Session &session, const store::Seal &seal, std::string_view accessor,
                                         Nanoseconds now)
{
    return alive(session, seal, session.query(byAccessor, accessor), now);
}

std::optional<Token> findToken(store::Session &session, const store::Seal &seal, TokenId id, Nanoseconds now)
{
    return alive(session, seal, session.query(byId, id), now);
}

Result<Lifetime> renewToken(store::WriteSession &session, Token &token, const LifetimeWish &wish)
{
    if (!token.renewable || token.expires == 0)
        return invalidRequest("lease is not renewable");
    auto granted = lifetime(wish, token.created, session.now);
    if (!granted)
        return granted.error();
    token.renewed = session.now;
    token.granted = granted->seconds;
    token.expires = session.now + granted->seconds * Second;
    session.run("UPDATE token SET renewed = ?, granted = ?, expires = ? WHERE id = ?", token.renewed, token.granted,
                token.expires, token.id);
    session.changes.tokens.push_back(token.id);
    return granted;
}

bool countUse(store::WriteSession &session, Token &token)
{
    // In the row, not in `token`: other requests with the same token are under way.
    auto row = session.query("UPDATE token SET uses = CASE uses WHEN 1 THEN -1 ELSE uses - 1 END "
                             "WHERE id = ? AND uses > 0 RETURNING uses",
                             token.id);
    if (!row.step())
        return false;
    token.uses = row.integer(0);
    row.reset();
    session.changes.tokens.push_back(token.id);
    return true;
}

void revokeToken(store::WriteSession &session, TokenId id)
{
    auto tree = session.query(noteTree, id);
    while (tree.step())
        session.changes.tokens.push_back(tree.id<TokenId>(0));
    tree.reset();
    session.run(deleteTree, id);
}

void revokeTokenOnly(store::WriteSession &session, TokenId id)
{
    auto children = session.query("SELECT id FROM token WHERE parent = ?", id);
    while (children.step())
        session.changes.tokens.push_back(children.id<TokenId>(0));
    children.reset();
    session.run("UPDATE token SET parent = NULL WHERE parent = ?", id);
    session.run("DELETE FROM token WHERE id = ?", id);
    session.changes.tokens.push_back(id);
}

void revokeTokensOf(store::WriteSession &session, MountId mount)
{
    revokeAll(session, session.query("SELECT id FROM token WHERE mount = ?", mount));
}

void revokeTokensUnder(store::WriteSession &session, NamespaceId ns, std::string_view pathPrefix)
{
    revokeAll(session, session.query("SELECT id FROM token WHERE namespace = ?2 AND "
                                     "substr(path || '/', 1, length(?1)) = ?1",
                                     pathPrefix, ns));
}

void forgetNamespace(store::WriteSession &session, NamespaceId ns)
{
    revokeAll(session, session.query("SELECT id FROM token WHERE namespace = ? AND namespace <> 1", ns));
    session.run("DELETE FROM token_role WHERE namespace = ?", ns);
    session.run("DELETE FROM cubbyhole WHERE namespace = ?", ns);
}

std::vector<std::string> accessors(store::Session &session, NamespaceId ns, Nanoseconds now)
{
    std::vector<std::string> list;
    auto rows = session.query("SELECT accessor FROM token WHERE namespace = ? AND (expires IS NULL OR expires > ?) "
                              "AND uses >= 0 ORDER BY accessor",
                              ns, now);
    while (rows.step())
        list.emplace_back(rows.text(0));
    return list;
}

bool anyTokenIsOver(store::Session &session, Nanoseconds now)
{
    return session
        .integer("SELECT 1 WHERE EXISTS (SELECT 1 FROM token WHERE expires <= ?1) "
                 "OR EXISTS (SELECT 1 FROM token WHERE uses < 0)",
                 now)
        .has_value();
}

std::int64_t removeTokensThatAreOver(store::WriteSession &session)
{
    const std::size_t before = session.changes.tokens.size();
    revokeAll(session, session.query("SELECT id FROM token WHERE expires <= ?", session.now));
    revokeAll(session, session.query("SELECT id FROM token WHERE uses < 0"));
    return static_cast<std::int64_t>(session.changes.tokens.size() - before);
}

std::int64_t tidyTokens(store::WriteSession &session)
{
    std::int64_t changed = removeTokensThatAreOver(session);
    auto ahead = session.query("UPDATE token SET expires = min(expires, ?1 + granted * 1000000000), "
                               "created = min(created, ?1) "
                               "WHERE expires > ?1 + granted * 1000000000 OR created > ?1 RETURNING id",
                               session.now);
    for (; ahead.step(); ++changed)
        session.changes.tokens.push_back(ahead.id<TokenId>(0));
    return changed;
}

bool needsTidying(store::Session &session, Nanoseconds now)
{
    return anyTokenIsOver(session, now) ||
           session.integer("SELECT 1 FROM token WHERE expires > ?1 + granted * 1000000000 OR created > ?1 LIMIT 1", now)
               .has_value();
}

} // namespace kith::auth
