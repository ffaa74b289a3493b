// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/LoginTurns.h"
#include "auth/OpenIdProvider.h"
#include "jose/Jws.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// All that decides which keys a token is checked by, in a text that is another when something of it is.
std::string keySourceOf(const JwtConfig &config);

/// The keys that the tokens of each mount are checked by, which the process keeps once it has fetched them: again only
/// for a token that none of them has signed, since the others may have new ones by then. Thread-safe; whoever waits for
/// a server that hangs waits for one round that is under way and one of its own, each two requests of sendOut at most,
/// and of the logins of one mount only few do (LoginTurns).
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

    /// Whether a key of the provider, or behind the address, has signed it. Fails with status 400, and why not.
    Result<void> check(const std::string &accessor, const JwtConfig &config, const jose::Jws &jws);

    /// What the mount's provider says of itself, as of the first time that it was asked. Fails as discover() does.
    Result<OpenIdProvider> provider(const std::string &accessor, const JwtConfig &config);

    /// All is to be asked again: somebody has set the mount's configuration.
    void forget(const std::string &accessor);

private:
    struct Known {
        std::string source;       ///< Where they are from, as the configuration says: another one makes another Known.
        std::mutex fetching;      ///< Held while the server is asked.
        std::mutex mutex;         ///< Of what follows.
        std::uint64_t rounds = 0; ///< How often it was asked so far.
        std::optional<Error> failure;           ///< Of the last time.
        std::optional<OpenIdProvider> provider; ///< That was discovered.
        std::vector<jose::NamedPublicKey> keys;
        std::uint64_t searches = 0;         ///< How often provider() asked.
        std::optional<Error> searchFailure; ///< Of the last time.
    };

    std::shared_ptr<Known> of(const std::string &accessor, const JwtConfig &config);
    Result<std::vector<jose::NamedPublicKey>> newKeys(const std::string &accessor, Known &known,
                                                      const JwtConfig &config, std::uint64_t seen);

    LoginTurns m_turns;
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Known>> m_known; ///< By the mount's accessor.
};

} // namespace kith::auth
