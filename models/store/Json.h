// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <boost/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::store {

// A number in a request keeps its text: `{"name": 1.0}` names an entity "1.0" (spec/engine.md §0). Boost.JSON keeps
// whole numbers of 64 bits as they are; every other number is held as a string that begins with the byte 0xFF, which
// no UTF-8 text can hold. toJson writes it as the number that it is.

/// The text of a number that is held so; nothing for any other value.
std::optional<std::string_view> keptNumber(const boost::json::value &value);

/// JSON on one line. Texts must be UTF-8.
std::string toJson(const boost::json::value &value);
void appendJson(std::string &out, const boost::json::value &value);
void appendJsonText(std::string &out, std::string_view text); ///< In quotes, escaped.

// Members of an object in exact types. What is missing, or of another type, is empty.
std::string textIn(const boost::json::object &object, std::string_view name);
std::int64_t numberIn(const boost::json::object &object, std::string_view name);
bool flagIn(const boost::json::object &object, std::string_view name, bool usual = false);
std::vector<std::string> textsIn(const boost::json::object &object, std::string_view name); ///< The texts of a list.

/// How complex JSON may be (spec/engine.md §0).
struct JsonLimits {
    std::size_t depth = 1000;
    std::size_t strings = 1000;      ///< Keys and texts.
    std::size_t memory = 34'078'720; ///< Bytes, as the real server estimates what it will take once read.
};

/// Reads JSON as the real server reads a body: of a key that stands twice the last value counts, bytes that are no
/// UTF-8 become U+FFFD, what follows the first value is checked and left out. Nothing but white space is null.
/// Fails with a 400 to the letter: `failed to decode JSON input: unexpected EOF`,
/// `refused JSON input due to high complexity: exceeded maximum number of strings`.
Result<boost::json::value> readJson(std::string_view text, const JsonLimits &limits);

/// Reads what toJson wrote, without limits. Damaged: it isn't JSON.
Result<boost::json::value> fromJson(std::string_view text);

} // namespace kith::store
