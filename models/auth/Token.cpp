// SPDX-License-Identifier: Apache-2.0
#include "auth/Token.h"

namespace kith::auth {

std::string_view tokenTypeName(TokenType type)
{
    return type == TokenType::Batch ? "batch" : "service";
}

} // namespace kith::auth
