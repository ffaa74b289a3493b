// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace kith::jose {

/// How a JWS may be signed by a key that has a public half (RFC 7518 §3.1, RFC 8037 §3.1). There is no "none" and no
/// HMAC: who could check such a signature could make it.
enum class SignatureAlgorithm { Rs256, Rs384, Rs512, Ps256, Ps384, Ps512, Es256, Es384, Es512, EdDsa };

inline constexpr std::array AllSignatureAlgorithms{
    SignatureAlgorithm::Rs256, SignatureAlgorithm::Rs384, SignatureAlgorithm::Rs512, SignatureAlgorithm::Ps256,
    SignatureAlgorithm::Ps384, SignatureAlgorithm::Ps512, SignatureAlgorithm::Es256, SignatureAlgorithm::Es384,
    SignatureAlgorithm::Es512, SignatureAlgorithm::EdDsa};

std::string_view algorithmName(SignatureAlgorithm algorithm); ///< "RS256".
std::optional<SignatureAlgorithm> signatureAlgorithm(std::string_view name);

enum class KeyKind { Rsa, Ec, Ed25519 };
KeyKind keyKind(SignatureAlgorithm algorithm);
inline bool isRsa(SignatureAlgorithm algorithm)
{
    return keyKind(algorithm) == KeyKind::Rsa;
}

/// The curve as a JWK names it; empty: RSA.
std::string_view curveName(SignatureAlgorithm algorithm);

const char *digestName(SignatureAlgorithm algorithm); ///< As OpenSSL names it; null: EdDSA hashes by itself.
/// Bytes of a coordinate, which is half of a signature; 0: not ECDSA.
std::size_t coordinateSize(SignatureAlgorithm algorithm);

} // namespace kith::jose
