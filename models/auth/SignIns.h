// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/RelyingParty.h"
#include "store/Clock.h"

#include <boost/json.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace kith::auth {

/// What was said of somebody who signed in, by tokens that are good.
struct Recognised {
    boost::json::object claims;
    ProviderTokens tokens;
    std::string source; ///< Who said it: providerSourceOf() the configuration that they were good by.
    Questions::Asked question = {};
};

/// All that decides whose tokens are good, and for whom they have to be, in a text that is another when something of it
/// is.
std::string providerSourceOf(const JwtConfig &config);

/// Somebody on the way through a provider's pages, from the moment when he was sent there until he is logged in.
struct SignIn {
    std::string role; ///< As it is kept.
    std::string redirectUri;
    std::string nonce;       ///< Must be in the identity token (OpenID Connect Core §3.1.2.1).
    std::string verifier;    ///< PKCE's (RFC 7636); empty: nobody asks for a code.
    std::string clientNonce; ///< Whoever began says it again at the end; may be empty.
    std::int64_t maxAge = 0;
    std::string peer;              ///< Address of who began.
    std::string deviceCode;        ///< RFC 8628 §3.2; empty: he comes back through a browser.
    std::int64_t pollInterval = 0; ///< Seconds between two questions about the device (RFC 8628 §3.2).
    std::string postedIdToken;     ///< That came by form_post, as the next.
    std::string postedCode;
    std::optional<Recognised> recognised; ///< Set: it was in a browser; whoever began may log in now.
};

/// All who are on their way, by their mount's accessor and their states: each state is good for ten minutes, ends with
/// the login, and is gone with the process. Anybody may begin, so where there are too many, or they hold too much,
/// those of the address that has the most of it have to begin again. Thread-safe.
class SignIns
{
public:
    static constexpr Nanoseconds Life = 600'000'000'000;
    static constexpr std::size_t Most = 10'000;                ///< On one mount.
    static constexpr std::size_t MostBytesOfMount = 8U << 20U; ///< Of all texts of a mount's sign-ins.
    static constexpr std::size_t MostBytes = 32U << 20U;       ///< The same of all mounts.
    static constexpr int MostTries = 3;                        ///< To be recognised in a browser.

    /// A new state, which the sign-in is found by from now on.
    std::string add(const std::string &accessor, SignIn signIn, Nanoseconds now);
    std::optional<SignIn> find(const std::string &accessor, const std::string &state, Nanoseconds now);
    /// The same, for the last time.
    std::optional<SignIn> take(const std::string &accessor, const std::string &state, Nanoseconds now);
    /// What the browser posted. Who it is for; nothing: nobody any more.
    std::optional<SignIn> keepPosted(const std::string &accessor, const std::string &state, std::string idToken,
                                     std::string code, Nanoseconds now);
    /// False: there is none any more, or somebody was recognised already.
    bool keepRecognised(const std::string &accessor, const std::string &state, Recognised recognised, Nanoseconds now);
    /// Before the provider is asked by what a browser brought. False: there is none any more, or it was asked too
    /// often.
    bool countTry(const std::string &accessor, const std::string &state, Nanoseconds now);

    /// Before the provider is asked about a device: an answer with tokens is given once. False: there is none any more,
    /// somebody is asking, or was too short a while ago.
    bool beginPoll(const std::string &accessor, const std::string &state, Nanoseconds now);
    /// The provider wants to be asked less often (RFC 8628 §3.5): five seconds more from now on.
    void slowDown(const std::string &accessor, const std::string &state, Nanoseconds now);
    void endPoll(const std::string &accessor, const std::string &state);

    /// Drops those that are over, also where nobody asks for any: one that was recognised keeps its question open.
    void tidy(Nanoseconds now);

    /// All of a mount that is gone.
    void forget(const std::string &accessor);
    void forgetAll();

private:
    using Age = std::uint64_t; // the number of its turn
    struct Kept {
        SignIn signIn;
        Nanoseconds expires = 0;
        Age age = 0;
        std::size_t bytes = 0;
        int tries = 0;
        bool polled = false;
        Nanoseconds nextPoll = 0;
    };
    /// What one address has on a mount.
    struct Share {
        std::set<Age> ages;
        std::set<std::pair<std::size_t, Age>> sizes;
        std::size_t bytes = 0;
    };
    struct OfMount {
        std::map<std::string, Kept> byState;
        std::map<Age, std::string> byAge;
        std::map<std::string, Share> byPeer;
        std::size_t bytes = 0;
    };
    static void count(OfMount &all, const std::string &state, Kept &kept);
    static void uncount(OfMount &all, const Kept &kept);
    static void drop(OfMount &all, const std::string &state);
    static void dropOldestOfMost(OfMount &all);
    static void dropLargestOfMost(OfMount &all);
    void dropExpired(Nanoseconds now);
    void keepWithinLimits(OfMount &all);
    Kept *kept(const std::string &accessor, const std::string &state, Nanoseconds now);
    Kept *grown(const std::string &accessor, const std::string &state, Kept &kept);

    std::mutex m_mutex; // guards all below
    Age m_next = 0;
    std::map<std::string, OfMount> m_mounts; // by accessor: ids of mounts are given again
};

} // namespace kith::auth
