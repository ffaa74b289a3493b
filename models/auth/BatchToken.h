// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Token.h"
#include "store/Result.h"
#include "store/Seal.h"

#include <optional>
#include <string>
#include <string_view>

namespace kith::auth {

/// A batch token: "b." and everything that is known of it, sealed; then the suffix of its namespace.
std::string sealBatchToken(const store::Seal &seal, const Token &token, const std::string &suffix);

/// Nothing: not sealed by this core. Says nothing about whether it has expired, nor of which namespace it is: only what
/// ids made there end in.
std::optional<Token> openBatchToken(const store::Seal &seal, std::string_view secret, std::string &suffix);

/// Whether a secret has the form of one.
bool looksLikeBatchToken(std::string_view secret);

} // namespace kith::auth
