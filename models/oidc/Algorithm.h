// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "jose/SignatureAlgorithm.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace kith::oidc {

/// How an identity token is signed: one of AllAlgorithms.
using Algorithm = jose::SignatureAlgorithm;
using jose::algorithmName;
using jose::coordinateSize;
using jose::curveName;
using jose::isRsa;

/// Those that a named key may have (spec/engine.md §11), in the order in which discovery names them.
inline constexpr std::array AllAlgorithms{Algorithm::Rs256, Algorithm::Rs384, Algorithm::Rs512, Algorithm::Es256,
                                          Algorithm::Es384, Algorithm::Es512, Algorithm::EdDsa};

std::optional<Algorithm> algorithmOf(std::string_view name);

/// The left half of the algorithm's hash of a text in base64url: at_hash, c_hash (OpenID Connect Core §3.1.3.6,
/// §3.3.2.11).
std::string halfHash(Algorithm algorithm, std::string_view text);
/// A whole hash: PKCE's challenge for a verifier (RFC 7636 §4.2).
std::string sha256InBase64Url(std::string_view text);

} // namespace kith::oidc
