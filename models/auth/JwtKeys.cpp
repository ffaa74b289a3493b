// SPDX-License-Identifier: Apache-2.0
#include "auth/JwtKeys.h"

#include "store/Json.h"

#include <algorithm>

namespace kith::auth {

namespace json = boost::json;

namespace {

using Keys = std::vector<jose::NamedPublicKey>;

Error unverified(const std::string &why)
{
    return invalidRequest("error validating token: error verifying token signature: " + why);
}

/// Those keys that may have signed it: those of its name, or all.
bool isSigned(const jose::Jws &jws, const Keys &keys, bool byName)
{
    return jws.algorithm && !jws.needsMore && std::any_of(keys.begin(), keys.end(), [&](const auto &named) {
               return (!byName || jws.kid.empty() || named.kid == jws.kid) &&
                      named.key.verifies(*jws.algorithm, jws.signedText, jws.signature);
           });
}

Result<JwtKeys::Verified> verifyByKept(const JwtConfig &config, std::string_view token)
{
    auto jws = jose::parseJws(token);
    if (!jws)
        return unverified(jws.error().wire);
    Keys keys;
    for (const std::string &pem : config.publicKeys) {
        auto key = jose::PublicKey::fromPem(pem);
        if (!key)
            return unverified("error parsing public key: " + key.error().wire);
        keys.push_back({{}, std::move(*key)});
    }
    if (!isSigned(*jws, keys, false))
        return unverified("no known key successfully validated the token signature");
    const jose::SignatureAlgorithm algorithm = *jws->algorithm;
    return JwtKeys::Verified{std::move(jws->payload), algorithm};
}

/// The keys behind the address of the configuration, or behind the one that `provider` names; it is asked if there is
/// none yet.
Result<Keys> ask(const JwtConfig &config, std::optional<OpenIdProvider> &provider)
{
    if (config.jwksUrl.empty() && !provider) {
        auto discovered = discover(config);
        if (!discovered)
            return invalidRequest("error checking oidc discovery URL: " + discovered.error().wire);
        provider = std::move(*discovered);
    }
    auto keys = fetchKeys(config, config.jwksUrl.empty() ? provider->jwksUri : config.jwksUrl);
    return keys ? keys : Result<Keys>(invalidRequest("fetching keys oidc: " + keys.error().wire));
}

Error tooMany()
{
    return invalidRequest("too many logins wait for the keys of this mount");
}

} // namespace

std::string keySourceOf(const JwtConfig &config)
{
    json::array parts{config.jwksUrl, config.jwksCaPem, config.discoveryUrl, config.discoveryCaPem};
    parts.insert(parts.end(), config.serverNames.begin(), config.serverNames.end());
    parts.emplace_back(json::array(config.publicKeys.begin(), config.publicKeys.end()));
    return store::toJson(parts);
}

std::shared_ptr<JwtKeys::Known> JwtKeys::of(const std::string &accessor, const JwtConfig &config)
{
    std::string source = keySourceOf(config);
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<Known> &known = m_known[accessor];
    if (!known || known->source != source) {
        known = std::make_shared<Known>();
        known->source = std::move(source);
    }
    return known;
}

Result<Keys> JwtKeys::newKeys(const std::string &accessor, Known &known, const JwtConfig &config, std::uint64_t seen)
{
    const auto turn = m_turns.take(accessor);
    if (!turn)
        return tooMany();
    const std::lock_guard alone(known.fetching);
    std::optional<OpenIdProvider> provider;
    {
        const std::lock_guard lock(known.mutex);
        if (known.rounds != seen) // somebody has asked while this one waited
            return known.failure ? Result<Keys>(*known.failure) : Result<Keys>(known.keys);
        provider = known.provider;
    }
    auto keys = ask(config, provider);
    const std::lock_guard lock(known.mutex);
    ++known.rounds;
    known.failure.reset();
    known.provider = std::move(provider);
    if (keys)
        known.keys = *keys;
    else
        known.failure = keys.error();
    return keys;
}

Result<OpenIdProvider> JwtKeys::provider(const std::string &accessor, const JwtConfig &config)
{
    const std::shared_ptr<Known> known = of(accessor, config);
    std::uint64_t seen = 0;
    {
        const std::lock_guard lock(known->mutex);
        if (known->provider)
            return *known->provider;
        seen = known->searches;
    }
    const auto turn = m_turns.take(accessor);
    if (!turn)
        return tooMany();
    const std::lock_guard alone(known->fetching);
    {
        const std::lock_guard lock(known->mutex);
        if (known->provider) // by now
            return *known->provider;
        if (known->searches != seen && known->searchFailure) // all who wait for one that hangs wait once
            return *known->searchFailure;
    }
    auto provider = discover(config);
    const std::lock_guard lock(known->mutex);
    ++known->searches;
    if (provider)
        known->provider = *provider;
    else
        known->searchFailure = provider.error();
    return provider;
}

void JwtKeys::forget(const std::string &accessor)
{
    const std::lock_guard lock(m_mutex);
    m_known.erase(accessor);
}

Result<void> JwtKeys::check(const std::string &accessor, const JwtConfig &config, const jose::Jws &jws)
{
    const std::shared_ptr<Known> known = of(accessor, config);
    Keys keys;
    std::uint64_t rounds = 0;
    {
        const std::lock_guard lock(known->mutex);
        keys = known->keys;
        rounds = known->rounds;
    }
    const Error forged = invalidRequest("failed to verify id token signature");
    if (isSigned(jws, keys, true))
        return {};
    if (!jws.algorithm || jws.needsMore) // nobody's keys can verify it
        return forged;
    const auto fetched = newKeys(accessor, *known, config, rounds);
    if (!fetched)
        return fetched.error();
    return isSigned(jws, *fetched, true) ? Result<void>() : forged;
}

Result<JwtKeys::Verified> JwtKeys::verify(const std::string &accessor, const JwtConfig &config, std::string_view token)
{
    if (!config.publicKeys.empty())
        return verifyByKept(config, token);
    auto jws = jose::parseJws(token);
    if (!jws)
        return unverified("oidc: malformed jwt: " + jws.error().wire);
    if (auto checked = check(accessor, config, *jws); !checked)
        return unverified(checked.error().wire);
    const jose::SignatureAlgorithm algorithm = *jws->algorithm;
    return Verified{std::move(jws->payload), algorithm};
}

} // namespace kith::auth
