// SPDX-License-Identifier: Apache-2.0
#include "auth/JwtKeys.h"

#include "auth/Outgoing.h"
#include "jose/Jws.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::auth {

namespace json = boost::json;

namespace {

using Keys = std::vector<jose::NamedPublicKey>;

/// Logins of a mount that may wait for its keys at once: the others must not lack the threads that these hold.
constexpr int MostWaiting = 2;
constexpr int Ok = 200;

Error unverified(const std::string &why)
{
    return invalidRequest("error validating token: error verifying token signature: " + why);
}

OutgoingRequest requestTo(const JwtConfig &config, std::string url, const std::string &caPem)
{
    return {std::move(url), caPem, config.serverNames, {"Accept: application/json"}};
}

std::string statusText(const OutgoingAnswer &answer)
{
    return std::to_string(answer.status) + (answer.status == 404 ? " Not Found" : "");
}

/// Whoever tries to log in is told of it.
std::string shortened(const std::string &body)
{
    constexpr std::size_t Most = 1024;
    return validUtf8(std::string_view(body).substr(0, Most));
}

/// One of the few places of those who wait, as long as it lives.
class Place
{
public:
    Place(std::mutex &mutex, int &waiting) : m_mutex(mutex), m_waiting(waiting)
    {
        const std::lock_guard lock(m_mutex);
        m_taken = m_waiting < MostWaiting;
        m_waiting += m_taken ? 1 : 0;
    }
    ~Place()
    {
        const std::lock_guard lock(m_mutex);
        m_waiting -= m_taken ? 1 : 0;
    }
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;
    explicit operator bool() const { return m_taken; }

private:
    std::mutex &m_mutex;
    int &m_waiting;
    bool m_taken = false;
};

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

/// The keys behind `url`; when that is empty, behind the address that the provider names, which it becomes.
Result<Keys> ask(const JwtConfig &config, std::string &url)
{
    if (url.empty()) {
        auto provider = discover(config);
        if (!provider)
            return unverified("error checking oidc discovery URL: " + provider.error().wire);
        url = std::move(provider->jwksUri);
    }
    auto keys = fetchKeys(config, url);
    return keys ? keys : Result<Keys>(unverified("fetching keys oidc: " + keys.error().wire));
}

} // namespace

std::string keySourceOf(const JwtConfig &config)
{
    json::array parts{config.jwksUrl, config.jwksCaPem, config.discoveryUrl, config.discoveryCaPem};
    parts.insert(parts.end(), config.serverNames.begin(), config.serverNames.end());
    parts.emplace_back(json::array(config.publicKeys.begin(), config.publicKeys.end()));
    return store::toJson(parts);
}

Result<Provider> discover(const JwtConfig &config)
{
    std::string base = config.discoveryUrl;
    while (!base.empty() && base.back() == '/')
        base.pop_back();
    const std::string url = base + "/.well-known/openid-configuration";
    const auto answer = sendOut(requestTo(config, url, config.discoveryCaPem));
    if (!answer)
        return invalidRequest("Get " + inQuotes(url) + ": " + answer.error().wire);
    if (answer->status != Ok)
        return invalidRequest(statusText(*answer) + ": " + shortened(answer->body));
    const auto parsed = store::readJson(answer->body, {});
    if (!parsed || !parsed->is_object())
        return invalidRequest("failed to decode OIDC discovery document: it is no JSON object");
    const json::object &document = parsed->get_object();
    Provider provider{store::textIn(document, "issuer"), store::textIn(document, "jwks_uri")};
    if (provider.issuer != config.discoveryUrl)
        return invalidRequest("issuer did not match the returned issuer, expected " + inQuotes(config.discoveryUrl) +
                              " got " + inQuotes(provider.issuer));
    return provider;
}

Result<Keys> fetchKeys(const JwtConfig &config, const std::string &url)
{
    const std::string &caPem = config.jwksUrl.empty() ? config.discoveryCaPem : config.jwksCaPem;
    const auto answer = sendOut(requestTo(config, url, caPem));
    if (!answer)
        return invalidRequest("get keys failed Get " + inQuotes(url) + ": " + answer.error().wire);
    if (answer->status != Ok)
        return invalidRequest("get keys failed: " + statusText(*answer) + " " + shortened(answer->body));
    const auto parsed = store::readJson(answer->body, {});
    if (!parsed)
        return invalidRequest("failed to decode keys: it is no JSON");
    auto keys = jose::keySet(*parsed);
    if (!keys)
        return invalidRequest("failed to decode keys: " + keys.error().wire);
    return keys;
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

Result<Keys> JwtKeys::newKeys(Known &known, const JwtConfig &config, std::uint64_t seen)
{
    const Place place(known.mutex, known.waiting);
    if (!place)
        return unverified("too many logins wait for the keys of this mount");
    const std::lock_guard alone(known.fetching);
    std::string url = config.jwksUrl;
    {
        const std::lock_guard lock(known.mutex);
        if (known.rounds != seen) // somebody has asked while this one waited
            return known.failure ? Result<Keys>(*known.failure) : Result<Keys>(known.keys);
        if (url.empty())
            url = known.jwksUri;
    }
    auto keys = ask(config, url);
    const std::lock_guard lock(known.mutex);
    ++known.rounds;
    known.failure.reset();
    if (config.jwksUrl.empty())
        known.jwksUri = url;
    if (keys)
        known.keys = *keys;
    else
        known.failure = keys.error();
    return keys;
}

Result<JwtKeys::Verified> JwtKeys::verify(const std::string &accessor, const JwtConfig &config, std::string_view token)
{
    if (!config.publicKeys.empty())
        return verifyByKept(config, token);
    auto jws = jose::parseJws(token);
    if (!jws)
        return unverified("oidc: malformed jwt: " + jws.error().wire);
    const std::shared_ptr<Known> known = of(accessor, config);
    Keys keys;
    std::uint64_t rounds = 0;
    {
        const std::lock_guard lock(known->mutex);
        keys = known->keys;
        rounds = known->rounds;
    }
    if (!isSigned(*jws, keys, true)) {
        if (!jws->algorithm || jws->needsMore) // nobody's keys can verify it
            return unverified("failed to verify id token signature");
        const auto fetched = newKeys(*known, config, rounds);
        if (!fetched)
            return fetched.error();
        if (!isSigned(*jws, *fetched, true))
            return unverified("failed to verify id token signature");
    }
    const jose::SignatureAlgorithm algorithm = *jws->algorithm;
    return Verified{std::move(jws->payload), algorithm};
}

} // namespace kith::auth
