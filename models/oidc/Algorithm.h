// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace kith::oidc {

/// How a JWT is signed (RFC 7518 §3.1, RFC 8037).
enum class Algorithm { Rs256, Rs384, Rs512, Es256, Es384, Es512, EdDsa };

/// In the order in which discovery names them.
inline constexpr std::array AllAlgorithms{Algorithm::Rs256, Algorithm::Rs384, Algorithm::Rs512, Algorithm::Es256,
                                          Algorithm::Es384, Algorithm::Es512, Algorithm::EdDsa};

std::string_view algorithmName(Algorithm algorithm); ///< "RS256".
std::optional<Algorithm> algorithmOf(std::string_view name);

bool isRsa(Algorithm algorithm);
/// Of SHA-2, as OpenSSL names it. EdDSA: of the hashes in claims only, which its curve decides.
const char *digestName(Algorithm algorithm);
/// The curve as JWK names it; empty: RSA.
std::string_view curveName(Algorithm algorithm);
/// Bytes of a coordinate, and of half an ECDSA signature; 0: not of that kind.
std::size_t coordinateSize(Algorithm algorithm);

/// The left half of the algorithm's hash of a text in base64url: at_hash, c_hash (OpenID Connect Core §3.1.3.6,
/// §3.3.2.11).
std::string halfHash(Algorithm algorithm, std::string_view text);
/// A whole hash: PKCE's challenge for a verifier (RFC 7636 §4.2).
std::string sha256InBase64Url(std::string_view text);

} // namespace kith::oidc
