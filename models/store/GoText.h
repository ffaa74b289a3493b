// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace kith::store {

/// A value as Go prints it inside an error: `[a 5]`, `map[a:1 b:<nil>]`.
std::string goText(const boost::json::value &value);

/// What Go's reader of JSON calls a kind of value: `number`, `array`, `bool`.
std::string_view goTypeOf(const boost::json::value &value);

/// What Go calls the type of a value that it read without knowing any: `json.Number`, `[]interface {}`.
std::string_view goInterfaceOf(const boost::json::value &value);

/// A text, and no number that is held as one (keptNumber()).
bool isText(const boost::json::value &value);

/// The text of a scalar, as an API that takes texts reads it; of anything else nothing. Null is empty, a flag "1" or
/// "0", a number what was sent.
std::string scalarText(const boost::json::value &value);

/// The character that a text begins with as Go quotes one: 'x', '\'', '\n', '\x9e', '\ufeff'.
std::string quotedCharacter(std::string_view text);

} // namespace kith::store
