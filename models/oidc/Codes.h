// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith::oidc {

/// What somebody granted a client by signing in, until the client fetches its tokens with the code. A value.
struct Grant {
    std::string provider;
    std::string clientId;
    std::string entityUuid;
    std::string redirectUri;
    std::string nonce;
    std::vector<std::string> scopes;      ///< Without `openid`, in the order in which they were asked for.
    std::optional<std::int64_t> authTime; ///< Seconds since 1970, when the client asked for it by max_age.
    std::string challenge;                ///< PKCE's; empty: none.
    bool challengeIsHash = false;         ///< S256, else plain.

    /// Whether the client that brings this verifier is the one that the challenge came from (RFC 7636 §4.6).
    bool isProvenBy(std::string_view verifier) const;
};

/// Authorization codes: each good once and for five minutes, and gone with the process. Thread-safe.
class Codes
{
public:
    static constexpr Nanoseconds Life = 300'000'000'000;

    /// Keeps the grant; the code that stands for it.
    std::string add(Grant grant, Nanoseconds now);
    /// What a code stood for; from now on it stands for nothing.
    std::optional<Grant> take(std::string_view code, Nanoseconds now);
    void clear();

private:
    struct Kept {
        Grant grant;
        Nanoseconds expires = 0;
    };
    void dropExpired(Nanoseconds now);

    std::mutex m_mutex; // guards all below
    std::unordered_map<std::string, Kept> m_grants;
    std::deque<std::pair<Nanoseconds, std::string>> m_byExpiry;
};

} // namespace kith::oidc
