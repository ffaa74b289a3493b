// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Entries.h"

#include <boost/json.hpp>

#include <optional>
#include <string_view>

namespace kith::auth {

/// The JSON object that a mount keeps at `path`; nothing: there is none. Damaged: it can't be opened or read.
Result<std::optional<boost::json::object>> keptObject(const store::Entries &entries, std::string_view path);

} // namespace kith::auth
