// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "oidc/KeyPair.h"
#include "store/Clock.h"

#include <optional>

namespace kith::oidc {

/// A signed token (RFC 7519, compact form); `kid` names the key. The claims stand in the order of their names.
std::string signedJwt(const KeyPair &key, std::string_view kid, const boost::json::object &claims);

/// A token taken apart; nothing of it is true yet.
struct ParsedJwt {
    std::string signedText; ///< What the signature is of.
    std::string signature;
    Algorithm algorithm = Algorithm::Rs256;
    std::string kid; ///< Empty: the header names none.
    std::string payload;
};
/// Fails with status 400 and a text of what it isn't.
Result<ParsedJwt> parseJwt(std::string_view token);

/// What the claims of a token are held against.
struct Expected {
    std::string issuer;
    std::optional<std::string> audience; ///< None: any.
    Nanoseconds now = 0;
};
/// The subject of a token that says so; a minute of difference between clocks is forgiven. Fails with status 400.
Result<std::string> subjectOf(std::string_view payload, const Expected &expected);

} // namespace kith::oidc
