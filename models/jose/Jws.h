// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "jose/SignatureAlgorithm.h"
#include "store/Result.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace kith::jose {

/// A signed text in compact form (RFC 7515 §7.1), taken apart; nothing of it is true before its signature is checked.
struct Jws {
    std::string signedText;                      ///< What the signature is of.
    std::string signature;                       ///< Bytes.
    std::optional<SignatureAlgorithm> algorithm; ///< None: one that is never accepted, such as "none".
    std::string algorithmName;                   ///< As the header has it.
    std::string kid;                             ///< Of the key that signed; empty: the header names none.
    bool needsMore = false;                      ///< Its header demands (`crit`) what isn't known here.
    std::string payload;                         ///< Bytes.
};

/// White space anywhere in `text`, and padding, are passed over, as the real server does. Fails with status 400 and the
/// real server's words: `compact JWS format must have three parts`, `illegal base64 data at input byte 0`.
Result<Jws> parseJws(std::string_view text);

} // namespace kith::jose
