// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Error.h"

#include <optional>
#include <string_view>

namespace kith {

/// The code as answers of the endpoints under kith/ name it on the wire: "precondition_failed".
std::string_view errorName(ErrorCode code);
/// Nothing: it is no code.
std::optional<ErrorCode> errorByName(std::string_view name);

} // namespace kith
