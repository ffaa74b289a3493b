// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/JwtConfig.h"
#include "jose/PublicKey.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// What an OpenID provider says of itself (OpenID Connect Discovery §3).
struct Provider {
    std::string issuer;
    std::string jwksUri;
};

/// Asks `config`'s provider. Fails with status 400 and the real server's words.
Result<Provider> discover(const JwtConfig &config);

/// One set of keys, fetched from an address. Fails with status 400: why not.
Result<std::vector<jose::NamedPublicKey>> fetchKeys(const JwtConfig &config, const std::string &url);

/// All that decides which keys a token is checked by, in a text that is another when something of it is.
std::string keySourceOf(const JwtConfig &config);

/// The keys that the tokens of each mount are checked by, which the process keeps once it has fetched them: again only
/// for a token that none of them has signed, since the others may have new ones by then. Thread-safe; whoever waits for
/// a server that hangs waits for one round that is under way and one of its own, each two requests of sendOut at most,
/// and of the logins of one mount only two do.
class JwtKeys
{
public:
    struct Verified {
        std::string payload;
        jose::SignatureAlgorithm algorithm = jose::SignatureAlgorithm::Rs256;
    };
    /// Checks the signature of `token` and gives its payload with how it was signed. Fails with status 400 and the real
    /// server's words.
    Result<Verified> verify(const std::string &accessor, const JwtConfig &config, std::string_view token);

private:
    struct Known {
        std::string source;  ///< Where they are from, as the configuration says: another one makes another Known.
        std::mutex fetching; ///< Held while the server is asked.
        std::mutex mutex;    ///< Of what follows.
        int waiting = 0;
        std::uint64_t rounds = 0;     ///< How often it was asked so far.
        std::optional<Error> failure; ///< Of the last time.
        std::string jwksUri;          ///< That was discovered; empty: not yet.
        std::vector<jose::NamedPublicKey> keys;
    };

    std::shared_ptr<Known> of(const std::string &accessor, const JwtConfig &config);
    static Result<std::vector<jose::NamedPublicKey>> newKeys(Known &known, const JwtConfig &config, std::uint64_t seen);

    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Known>> m_known; ///< By the mount's accessor.
};

} // namespace kith::auth
