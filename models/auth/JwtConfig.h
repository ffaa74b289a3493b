// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Entries.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kith::auth {

/// How a mount of the methods `jwt` and `oidc` checks tokens: by keys that it holds, by a set of keys behind an
/// address, or by what an OpenID provider publishes. Kept sealed: it may hold the secret of a client.
struct JwtConfig {
    std::vector<std::string> publicKeys; ///< PEM.
    std::string jwksUrl;
    std::string jwksCaPem; ///< Whom its server is trusted by; empty: by those that the system trusts.
    std::string discoveryUrl;
    std::string discoveryCaPem;
    std::vector<std::string> serverNames; ///< One of these must be in the server's certificate; none: the address's.
    std::string clientId;                 ///< Kith's own, at the provider; empty: nobody signs in with a browser.
    std::string clientSecret;
    std::string responseMode; ///< query (also when empty), form_post.
    std::vector<std::string> responseTypes;
    std::vector<std::string> algorithms; ///< That a token may be signed with; none: any.
    std::string boundIssuer;
    std::string defaultRole; ///< Of a login that names none.
    bool namespaceInState = true;
    boost::json::object providerConfig;
};

/// As the API shows it: without the client's secret.
boost::json::object jwtConfigJson(const JwtConfig &config);

/// Nothing: the mount isn't configured yet.
Result<std::optional<JwtConfig>> findJwtConfig(const store::Entries &entries);
void saveJwtConfig(const store::Entries &entries, const JwtConfig &config);

} // namespace kith::auth
