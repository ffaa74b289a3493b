// SPDX-License-Identifier: Apache-2.0
#include "auth/SecretIds.h"

#include "auth/AddressBlock.h"
#include "auth/TokenColumns.h"
#include "auth/TokenSettings.h"
#include "store/Base64.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::auth {

namespace json = boost::json;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;
constexpr std::string_view NoDetail = "{}";

std::string detailOf(const SecretId &secret)
{
    json::object metadata;
    for (const auto &[key, value] : secret.metadata)
        metadata[key] = value;
    json::object detail;
    if (!metadata.empty())
        detail["metadata"] = std::move(metadata);
    if (!secret.boundCidrs.empty())
        detail["cidrs"] = jsonList(secret.boundCidrs);
    if (!secret.tokenBoundCidrs.empty())
        detail["token_cidrs"] = jsonList(secret.tokenBoundCidrs);
    return store::toJson(detail);
}

/// Columns: id, role, accessor, uses, ttl, created, updated, expires, detail.
SecretId secretOf(const store::Query &row)
{
    SecretId secret;
    secret.id = row.id<SecretIdRow>(0);
    secret.role = row.id<AppRoleId>(1);
    secret.accessor = row.text(2);
    secret.uses = row.integer(3);
    secret.ttl = row.integer(4);
    secret.created = row.integer(5);
    secret.updated = row.integer(6);
    secret.expires = row.integer(7);
    if (row.text(8) == NoDetail)
        return secret;
    const json::value detail = parsedColumn(row.text(8));
    if (!detail.is_object())
        return secret;
    const json::object &members = detail.get_object();
    if (const json::value *metadata = members.if_contains("metadata"); metadata && metadata->is_object())
        for (const auto &pair : metadata->get_object())
            if (pair.value().is_string())
                secret.metadata.emplace(pair.key(), pair.value().get_string());
    secret.boundCidrs = store::textsIn(members, "cidrs");
    secret.tokenBoundCidrs = store::textsIn(members, "token_cidrs");
    return secret;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

using Pairs = std::map<std::string, std::string>;

Error wrongFormat()
{
    return invalidRequest("failed to parse metadata: failed to parse the input: invalid <key,value> format");
}

Result<void> addPair(std::string_view text, Pairs &pairs)
{
    const auto equals = text.find('=');
    if (equals == std::string_view::npos)
        return wrongFormat();
    const std::string key(trimmed(text.substr(0, equals)));
    const std::string value(trimmed(text.substr(equals + 1)));
    if (key.empty())
        return invalidRequest("failed to parse metadata: failed to parse the input: invalid <key,value> pair: key is "
                              "empty");
    pairs[key] = value;
    return {};
}

Result<Pairs> fromObject(const json::object &members)
{
    Pairs pairs;
    for (const auto &member : members) {
        if (!member.value().is_string() && !member.value().is_null())
            return wrongFormat();
        if (member.value().is_null() || member.value().get_string().empty())
            return invalidRequest("failed to parse metadata: invalid value for key " + inQuotes(member.key()));
        pairs.emplace(member.key(), member.value().get_string());
    }
    return pairs;
}

Result<Pairs> fromList(const json::array &items)
{
    Pairs pairs;
    for (const json::value &item : items) {
        if (!item.is_string())
            return wrongFormat();
        if (auto added = addPair(item.get_string(), pairs); !added)
            return added.error();
    }
    return pairs;
}

std::string quotedList(const std::vector<std::string> &texts)
{
    std::string all;
    for (const std::string &text : texts)
        all.append(all.empty() ? "" : " ").append(inQuotes(text));
    return "[" + all + "]";
}

} // namespace

std::string whyNotWithin(const std::vector<std::string> &role, const std::vector<std::string> &secret)
{
    const auto isInside = [&](const std::string &text) {
        const auto block = AddressBlock::parse(text);
        return block && std::any_of(role.begin(), role.end(), [&](const std::string &outer) {
                   const auto around = AddressBlock::parse(outer);
                   return around && around->contains(*block);
               });
    };
    if (role.empty() || std::all_of(secret.begin(), secret.end(), isInside))
        return {};
    return "failed to verify subset relationship between CIDR blocks on the role " + quotedList(role) +
           " and CIDR blocks on the secret ID " + quotedList(secret) + ": %!w(<nil>)";
}

Result<void> addSecretId(store::WriteSession &session, const store::Seal &seal, const AppRole &role,
                         std::string_view secret, SecretId &made)
{
    session.run("DELETE FROM approle_secret WHERE role = ?1 AND expires > 0 AND expires <= ?2", role.id, session.now);
    made.role = role.id;
    made.accessor = newUuid();
    made.created = session.now;
    made.updated = session.now;
    made.expires = made.ttl > 0 ? session.now + made.ttl * Second : 0;
    const std::string digest = seal.digest(secret);
    session.run("INSERT OR IGNORE INTO approle_secret (mount, role, digest, accessor, uses, ttl, created, updated, "
                "expires, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9)",
                role.mount, role.id, store::Blob{digest}, made.accessor, made.uses, made.ttl, made.created,
                made.expires, detailOf(made));
    if (session.changedRows() == 0)
        return rawError("failed to store secret_id: SecretID is already registered");
    made.id = SecretIdRow{session.lastRowId()};
    return {};
}

std::optional<SecretId> findSecretId(store::Session &session, const store::Seal &seal, AppRoleId role,
                                     std::string_view secret, Nanoseconds now)
{
    const std::string digest = seal.digest(secret);
    store::Query row = session.query("SELECT id, role, accessor, uses, ttl, created, updated, expires, detail "
                                     "FROM approle_secret WHERE role = ?1 AND digest = ?2 AND "
                                     "(expires = 0 OR expires > ?3)",
                                     role, store::Blob{digest}, now);
    return row.step() ? std::optional(secretOf(row)) : std::nullopt;
}

std::optional<SecretId> findSecretIdByAccessor(store::Session &session, MountId mount, std::string_view accessor,
                                               Nanoseconds now)
{
    store::Query row = session.query("SELECT id, role, accessor, uses, ttl, created, updated, expires, detail "
                                     "FROM approle_secret WHERE mount = ?1 AND accessor = ?2 AND "
                                     "(expires = 0 OR expires > ?3)",
                                     mount, accessor, now);
    return row.step() ? std::optional(secretOf(row)) : std::nullopt;
}

std::vector<std::string> secretIdAccessors(store::Session &session, AppRoleId role, std::string_view after,
                                           std::int64_t limit, Nanoseconds now)
{
    std::vector<std::string> accessors;
    store::Query rows = session.query("SELECT accessor FROM approle_secret WHERE role = ?1 AND accessor > ?2 AND "
                                      "(expires = 0 OR expires > ?3) ORDER BY accessor LIMIT ?4",
                                      role, after, now, limit > 0 ? limit : -1);
    while (rows.step())
        accessors.emplace_back(rows.text(0));
    return accessors;
}

void countUse(store::WriteSession &session, const SecretId &secret)
{
    if (secret.uses == 1)
        deleteSecretId(session, secret.id);
    else if (secret.uses > 1)
        session.run("UPDATE approle_secret SET uses = uses - 1, updated = ?2 WHERE id = ?1", secret.id, session.now);
}

void deleteSecretId(store::WriteSession &session, SecretIdRow id)
{
    session.run("DELETE FROM approle_secret WHERE id = ?", id);
}

void tidySecretIds(store::WriteSession &session, MountId mount)
{
    session.run("DELETE FROM approle_secret WHERE mount = ?1 AND expires > 0 AND expires <= ?2", mount, session.now);
}

void removeExpiredSecretIds(store::WriteSession &session)
{
    session.run("DELETE FROM approle_secret WHERE mount IN (SELECT id FROM mount) AND expires > 0 AND expires <= ?",
                session.now);
}

void tidySecretIds(store::WriteSession &session)
{
    removeExpiredSecretIds(session);
    session.run("UPDATE approle_secret SET expires = ?1 + ttl * 1000000000 "
                "WHERE expires > ?1 + ttl * 1000000000 AND ttl > 0",
                session.now);
}

bool anySecretIdHasExpired(store::Session &session, Nanoseconds now)
{
    return session
        .integer("SELECT 1 FROM mount m WHERE EXISTS (SELECT 1 FROM approle_secret s WHERE s.mount = m.id AND "
                 "s.expires > 0 AND s.expires <= ?)",
                 now)
        .has_value();
}

bool anySecretIdIsAhead(store::Session &session, Nanoseconds now)
{
    return session
        .integer("SELECT 1 FROM approle_secret WHERE expires > ?1 + ttl * 1000000000 AND ttl > 0 LIMIT 1", now)
        .has_value();
}

Result<Pairs> parseSecretMetadata(std::string_view text)
{
    text = trimmed(text);
    if (text.empty())
        return Pairs();
    const auto decoded = store::fromBase64(text);
    const std::string plain = decoded && !decoded->empty() ? std::string(trimmed(*decoded)) : std::string(text);
    json::error_code failed;
    const json::value parsed = json::parse(plain, failed);
    if (!failed && parsed.is_object())
        return fromObject(parsed.get_object());
    if (!failed && parsed.is_array())
        return fromList(parsed.get_array());
    Pairs pairs;
    for (std::string_view rest = plain; !rest.empty();) {
        const auto comma = rest.find(',');
        if (auto added = addPair(rest.substr(0, comma), pairs); !added)
            return added.error();
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return pairs;
}

} // namespace kith::auth
