// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/JwtKeys.h"
#include "jose/SignatureAlgorithm.h"
#include "store/Clock.h"

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::auth {

/// What the identity token of somebody who signed in must say besides who its issuer and audience are.
struct IdTokenWish {
    std::optional<std::string> nonce;   ///< None: none was sent to the provider.
    std::int64_t maxAge = 0;            ///< Seconds since the person has proved who he is; 0: any.
    std::vector<std::string> audiences; ///< One of these; none: any.
};

struct IdToken {
    boost::json::object claims;
    jose::SignatureAlgorithm algorithm = jose::SignatureAlgorithm::Rs256;
};

/// A provider's identity token (OpenID Connect Core §3.1.3.7): of this provider, for this client, signed, in its time.
/// The provider may be asked for its keys, outside of every transaction. Fails with status 400 and the real server's
/// words.
Result<IdToken> checkedIdToken(JwtKeys &keys, const std::string &accessor, const JwtConfig &config,
                               const OpenIdProvider &provider, const std::string &token, const IdTokenWish &wish,
                               Nanoseconds now);

/// Whether the token speaks of the access token and of the code that it came with, where it speaks of any (§3.1.3.8,
/// §3.3.2.10).
Result<void> checkHashes(const IdToken &token, const std::string &accessToken, const std::string &code);

} // namespace kith::auth
