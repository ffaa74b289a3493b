// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "jose/SignatureAlgorithm.h"

#include <string>
#include <string_view>

namespace kith::jose {

/// The left half of the algorithm's hash of a text in base64url: at_hash, c_hash (OpenID Connect Core §3.1.3.6,
/// §3.3.2.11).
std::string halfHash(SignatureAlgorithm algorithm, std::string_view text);
/// A whole hash: PKCE's challenge for a verifier (RFC 7636 §4.2).
std::string sha256InBase64Url(std::string_view text);

} // namespace kith::jose
