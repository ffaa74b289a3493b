// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/JwtConfig.h"
#include "auth/Outgoing.h"
#include "jose/PublicKey.h"

#include <string>
#include <vector>

namespace kith::auth {

/// What an OpenID provider says of itself (OpenID Connect Discovery §3). Addresses that it doesn't name are empty.
struct OpenIdProvider {
    std::string issuer;
    std::string jwksUri;
    std::string authorizationEndpoint;
    std::string tokenEndpoint;
    std::string userinfoEndpoint;
    std::string deviceEndpoint;  ///< RFC 8628 §4.
    bool secretIsPosted = false; ///< Clients prove themselves there by client_secret_post, not client_secret_basic.
};

// Each asks a server once (sendOut), and fails with status 400 and the real server's words.

/// What `config`'s provider says.
Result<OpenIdProvider> discover(const JwtConfig &config);

/// One set of keys, fetched from an address.
Result<std::vector<jose::NamedPublicKey>> fetchKeys(const JwtConfig &config, const std::string &url);

/// A request to the provider, trusted as the configuration says.
OutgoingRequest requestTo(const JwtConfig &config, std::string url);

/// What a server said, for those who have to find out why: valid UTF-8, and no more than they can read.
std::string shortened(const std::string &body);

} // namespace kith::auth
