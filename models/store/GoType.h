// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <string_view>

namespace kith::store {

/// What the real server calls a kind of JSON value when it wanted another one: "number", "array", "object", "bool",
/// "string".
std::string_view goTypeOf(const boost::json::value &value);

} // namespace kith::store
