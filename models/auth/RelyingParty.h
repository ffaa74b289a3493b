// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/JwtConfig.h"
#include "auth/JwtKeys.h"
#include "store/Clock.h"

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::auth {

// What Kith asks a provider, as a client that people sign in to (OpenID Connect Core §3, RFC 8628). Each asks at most
// twice (sendOut), outside of every transaction, and fails with status 400 and the real server's words.

/// What a provider gives for a code.
struct ProviderTokens {
    std::string idToken;
    std::string accessToken;
    std::string refreshToken;
    bool hasIdToken = false; ///< It may be an empty one.
};

/// The answer of a token endpoint that gave no tokens, or of a request that came to nothing.
struct TokenRefusal {
    std::string error; ///< OAuth's: "authorization_pending"; empty: it says nothing that OAuth knows.
    std::string text;  ///< In the real server's words.
};

/// One code for tokens. `refusal` is set instead of them when it fails.
struct CodeExchange {
    ProviderTokens tokens;
    std::optional<TokenRefusal> refusal;
};
CodeExchange exchangeCode(const JwtConfig &config, const OpenIdProvider &provider, const std::string &code,
                          const std::string &redirectUri, const std::string &verifier);

/// What the bearer of an access token is told of himself; nothing: the provider doesn't say, or not of `subject`.
std::optional<boost::json::object> askUserinfo(JwtKeys &keys, const std::string &accessor, const JwtConfig &config,
                                               const OpenIdProvider &provider, const std::string &accessToken,
                                               const std::string &subject);

/// How somebody without a browser at hand signs in by another device.
struct DeviceCode {
    std::string code;
    std::string userCode; ///< To be typed there; empty: the address holds it.
    std::string address;
    std::int64_t interval = 5; ///< Seconds between two polls.
};
/// Fails with status 500, as in the real server.
Result<DeviceCode> askForDevice(const JwtConfig &config, const OpenIdProvider &provider,
                                const std::vector<std::string> &scopes);
/// Whether he has signed in by now.
CodeExchange pollDevice(const JwtConfig &config, const OpenIdProvider &provider, const std::string &deviceCode);

/// "openid", and what else is asked for.
std::string scopeText(const std::vector<std::string> &scopes);

} // namespace kith::auth
