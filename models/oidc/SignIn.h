// SPDX-License-Identifier: Apache-2.0
// What a person has to do before a client gets its code (OpenID Connect Core §3.1.2). Knows no HTTP.
#pragma once

#include "store/Result.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::oidc {

struct Visit;

/// How a client wants its people to be asked.
struct Wishes {
    bool nothing = false;               ///< prompt=none: nobody may be asked anything.
    bool signIn = false;                ///< Also who has signed in already.
    bool consent = false;               ///< Also who has agreed already.
    std::optional<std::int64_t> maxAge; ///< Seconds since somebody signed in.

    /// From the parameters `prompt` and `max_age`, which may be empty. Fails with 400; the text is for the client.
    static Result<Wishes> read(std::string_view prompt, std::string_view maxAge);
};

enum class Step {
    SignIn,
    Consent,
    Grant,           ///< Nothing is left to be asked.
    LoginRequired,   ///< The first would be next, but nobody may be asked.
    ConsentRequired, ///< The same of the second.
};

/// What comes next for a request. `visit`: of whoever has signed in; null: nobody. `request` names the request itself,
/// so that a sign-in that it asked for counts for it, and once. `client` and `scopes` say what has
/// to be agreed to. `now`: nanoseconds since 1970.
Step nextStep(const Wishes &wishes, const Visit *visit, std::string_view request, std::string_view client,
              const std::vector<std::string> &scopes, std::int64_t now);

/// Whether a browser may be sent there: an absolute address of a scheme that runs nothing in the page that sends it,
/// without a fragment (RFC 6749 §3.1.2) and without what browsers read in ways of their own.
bool isAddressForBrowsers(std::string_view uri);

/// The address at which a client is told how its request ended; pairs with an empty value are left out.
std::string answerAddress(std::string_view redirectUri,
                          std::initializer_list<std::pair<std::string_view, std::string_view>> pairs);

} // namespace kith::oidc
