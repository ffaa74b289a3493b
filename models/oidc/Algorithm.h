// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "jose/Hashes.h"
#include "jose/SignatureAlgorithm.h"

#include <array>
#include <optional>
#include <string_view>

namespace kith::oidc {

/// How an identity token is signed: one of AllAlgorithms.
using Algorithm = jose::SignatureAlgorithm;
using jose::algorithmName;
using jose::coordinateSize;
using jose::curveName;
using jose::halfHash;
using jose::isRsa;
using jose::sha256InBase64Url;

/// Those that a named key may have (spec/engine.md §11), in the order in which discovery names them.
inline constexpr std::array AllAlgorithms{Algorithm::Rs256, Algorithm::Rs384, Algorithm::Rs512, Algorithm::Es256,
                                          Algorithm::Es384, Algorithm::Es512, Algorithm::EdDsa};

std::optional<Algorithm> algorithmOf(std::string_view name);

} // namespace kith::oidc
