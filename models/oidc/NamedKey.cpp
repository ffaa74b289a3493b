// SPDX-License-Identifier: Apache-2.0
#include "oidc/NamedKey.h"

#include "oidc/Time.h"
#include "store/Base64.h"
#include "store/Text.h"

namespace kith::oidc {

namespace json = boost::json;

namespace {

constexpr std::string_view KeyIds = "oidc/kid/";

std::string keyIdPlace(std::string_view kid)
{
    return std::string(KeyIds).append(kid);
}

std::string bytesIn(const json::object &object, std::string_view name)
{
    const auto bytes = store::fromBase64(store::textIn(object, name));
    return bytes ? *bytes : std::string();
}

Algorithm algorithmIn(const json::object &object)
{
    return algorithmOf(store::textIn(object, "algorithm")).value_or(Algorithm::Rs256);
}

json::object signerJson(const NamedKey::Signer &signer)
{
    return {{"kid", signer.kid}, {"algorithm", algorithmName(signer.algorithm)}, {"der", store::toBase64(signer.der)}};
}

std::optional<NamedKey::Signer> signerIn(const json::object &object, std::string_view name)
{
    const json::value *value = object.if_contains(name);
    if (!value || !value->is_object())
        return std::nullopt;
    const json::object &signer = value->get_object();
    return NamedKey::Signer{store::textIn(signer, "kid"), algorithmIn(signer), bytesIn(signer, "der")};
}

json::object publicJson(const NamedKey::Public &key)
{
    return {{"kid", key.kid},
            {"algorithm", algorithmName(key.algorithm)},
            {"der", store::toBase64(key.der)},
            {"jwk", key.jwk},
            {"expires", key.expires}};
}

NamedKey::Public publicOf(const json::object &object)
{
    NamedKey::Public key{store::textIn(object, "kid"), algorithmIn(object), bytesIn(object, "der"), {}, 0};
    if (const json::value *jwk = object.if_contains("jwk"); jwk && jwk->is_object())
        key.jwk = jwk->get_object();
    key.expires = store::numberIn(object, "expires");
    return key;
}

} // namespace

bool NamedKey::allows(std::string_view clientId) const
{
    return std::any_of(allowedClientIds.begin(), allowedClientIds.end(),
                       [&](const std::string &id) { return id == "*" || id == clientId; });
}

Result<NamedKey::Signer> NamedKey::newSigner(KeySupply &supply)
{
    const auto pair = supply.take(algorithm);
    if (!pair)
        return outOfKeys();
    Signer signer{newUuid(), algorithm, pair->privateDer()};
    ring.push_back({signer.kid, algorithm, pair->publicDer(), pair->publicJwk(signer.kid), 0});
    return signer;
}

void NamedKey::expire(std::string_view kid, Nanoseconds at)
{
    for (Public &key : ring)
        if (key.kid == kid)
            key.expires = at;
}

Result<void> NamedKey::ensureKeys(KeySupply &supply, Nanoseconds now)
{
    if (signing && next && signing->algorithm == algorithm && next->algorithm == algorithm)
        return {};
    for (const auto *old : {&signing, &next})
        if (*old)
            expire((*old)->kid, after(now, verificationTtl));
    auto first = newSigner(supply);
    auto second = newSigner(supply); // asks as well when the first one failed, so that one more try is enough
    if (!first || !second)
        return outOfKeys();
    signing = std::move(*first);
    next = std::move(*second);
    nextRotation = after(now, rotationPeriod);
    dropExpired(now);
    return {};
}

Result<void> NamedKey::rotate(KeySupply &supply, Nanoseconds now, std::int64_t verificationSeconds)
{
    if (auto ensured = ensureKeys(supply, now); !ensured)
        return ensured;
    auto following = newSigner(supply);
    if (!following)
        return following.error();
    expire(signing->kid, after(now, verificationSeconds));
    signing = std::move(next);
    next = std::move(*following);
    nextRotation = after(now, rotationPeriod);
    dropExpired(now);
    return {};
}

bool NamedKey::dropExpired(Nanoseconds now)
{
    return std::erase_if(ring, [&](const Public &key) { return key.expires != 0 && key.expires <= now; }) > 0;
}

bool NamedKey::isDue(Nanoseconds now) const
{
    return (signing && nextRotation <= now) || std::any_of(ring.begin(), ring.end(), [&](const Public &key) {
               return key.expires != 0 && key.expires <= now;
           });
}

json::object NamedKey::toJson() const
{
    json::object object{{"algorithm", algorithmName(algorithm)},
                        {"rotation_period", rotationPeriod},
                        {"verification_ttl", verificationTtl},
                        {"allowed_client_ids", json::value_from(allowedClientIds)},
                        {"next_rotation", nextRotation}};
    if (signing)
        object["signing"] = signerJson(*signing);
    if (next)
        object["next"] = signerJson(*next);
    json::array keys;
    for (const Public &key : ring)
        keys.push_back(publicJson(key));
    object["ring"] = std::move(keys);
    return object;
}

NamedKey NamedKey::fromJson(std::string name, const json::object &object)
{
    NamedKey key;
    key.name = std::move(name);
    key.algorithm = algorithmIn(object);
    key.rotationPeriod = store::numberIn(object, "rotation_period");
    key.verificationTtl = store::numberIn(object, "verification_ttl");
    key.allowedClientIds = store::textsIn(object, "allowed_client_ids");
    key.nextRotation = store::numberIn(object, "next_rotation");
    key.signing = signerIn(object, "signing");
    key.next = signerIn(object, "next");
    if (const json::value *keys = object.if_contains("ring"); keys && keys->is_array())
        for (const json::value &each : keys->get_array())
            key.ring.push_back(publicOf(each.as_object()));
    return key;
}

std::optional<NamedKey> NamedKey::builtIn(std::string_view name)
{
    if (name != BuiltIns.front())
        return std::nullopt;
    NamedKey key;
    key.name = name;
    key.allowedClientIds = {"*"};
    return key;
}

Result<void> prepareKey(const store::Entries &entries, NamedKey key, KeySupply &supply, Nanoseconds now)
{
    if (key.signing)
        return {};
    if (auto ensured = key.ensureKeys(supply, now); !ensured)
        return ensured;
    saveKey(entries, key);
    return {};
}

void saveKey(const store::Entries &entries, const NamedKey &key)
{
    if (const auto before = NamedKeys(entries).find(key.name); before && *before)
        for (const NamedKey::Public &old : (*before)->ring)
            entries.remove(keyIdPlace(old.kid));
    for (const NamedKey::Public &each : key.ring)
        entries.put(keyIdPlace(each.kid), key.name);
    NamedKeys(entries).save(key);
}

void removeKey(const store::Entries &entries, const NamedKey &key)
{
    for (const NamedKey::Public &each : key.ring)
        entries.remove(keyIdPlace(each.kid));
    NamedKeys(entries).remove(key.name);
}

Result<std::optional<NamedKey::Public>> findPublic(const store::Entries &entries, std::string_view kid, Nanoseconds now)
{
    const auto name = entries.find(keyIdPlace(kid));
    if (!name)
        return name.error();
    if (!*name)
        return std::optional<NamedKey::Public>();
    const auto key = NamedKeys(entries).find(**name);
    if (!key)
        return key.error();
    if (*key)
        for (const NamedKey::Public &each : (*key)->ring)
            if (each.kid == kid && (each.expires == 0 || each.expires > now))
                return std::optional(each);
    return std::optional<NamedKey::Public>();
}

} // namespace kith::oidc
