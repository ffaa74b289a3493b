// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"
#include "store/Seal.h"

#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith::oidc {

/// Somebody who has signed in with a browser. A value.
struct Visit {
    std::string token; ///< With which codes are asked for. Never leaves the server.
    std::string ns;    ///< Path of the namespace that it is good for.
    std::string entity;
    std::string person; ///< As the method that they signed in by calls them.
    std::string method; ///< Path of that: "userpass".
    Nanoseconds signedIn = 0;
    Nanoseconds expires = 0;
    std::string signedInFor;      ///< A digest of the request that they signed in for, until it is answered.
    std::set<std::string> agreed; ///< What hasAgreed() goes by.

    /// Whether they want the client to know what the scopes say.
    bool hasAgreed(std::string_view client, const std::vector<std::string> &scopes) const;
    void agree(std::string_view client, const std::vector<std::string> &scopes);
};

/// The browsers that somebody has signed in with, and what they agreed to: in memory, so they end with the process.
/// Each is known by a random text in its cookie, of which only a digest is kept. Thread-safe.
class Visits
{
public:
    static constexpr Nanoseconds Longest = 8LL * 3600 * 1'000'000'000LL;
    static constexpr std::size_t Most = 65'536;  ///< The oldest go before there are more.
    static constexpr std::size_t MostOfOne = 32; ///< Of one entity; so nobody who signs in often ends other people's.
    static constexpr std::size_t MostTaken = 8;  ///< At once, by takeEnded().

    /// The cookie of a new visit, which lasts until `visit.expires`, at most so long as `Longest`.
    std::string open(Visit visit, Nanoseconds now);
    /// Nothing: it has ended, or there never was one.
    std::optional<Visit> find(std::string_view cookie, Nanoseconds now) const;
    /// Keeps what somebody agreed to.
    void agree(std::string_view cookie, std::string_view client, const std::vector<std::string> &scopes);
    /// From now on the sign-in counts for no request in particular.
    void answered(std::string_view cookie);
    /// Ends it; what it was.
    std::optional<Visit> close(std::string_view cookie);
    /// Some of those that have ended, each of them once: their tokens are of no use to anybody. A few at a time, as who
    /// asks has to wait until each is revoked.
    std::vector<Visit> takeEnded(Nanoseconds now);

private:
    struct Opening {
        Nanoseconds at;
        std::string key;
    };
    struct Kept {
        Visit visit;
        std::list<Opening>::iterator opening;
    };

    std::string keyOf(std::string_view cookie) const { return m_digests.digest(cookie); }
    std::optional<Visit> take(const std::string &key);
    void end(const std::string &key);

    const store::Seal m_digests{store::SecretKey::random()};
    mutable std::mutex m_mutex; // guards all below
    std::unordered_map<std::string, Kept> m_visits;
    std::list<Opening> m_byOpening;                                   // the oldest first
    std::unordered_map<std::string, std::deque<std::string>> m_ofOne; // by entity: the keys, the oldest first
    std::deque<Visit> m_ended;
};

} // namespace kith::oidc
