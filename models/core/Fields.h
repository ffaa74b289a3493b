// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <boost/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kith::core {

/// How a parameter of a request is read. Typing is weak (spec/engine.md §0): "true" and 1 are a Bool, a number is a
/// Text, and null is the type's empty value.
enum class FieldType {
    Text,           ///< Text, number, or bool ("1", "0").
    Bool,           ///< Bool, 1, 0, or one of Go's words for it.
    Int,            ///< Whole number, or one in a text.
    Duration,       ///< Seconds, or a text as Go writes it ("1h30m"), or days ("2d"). Null counts as absent.
    SignedDuration, ///< The same, and less than nothing, too.
    List,           ///< List of texts, or one text with commas; each trimmed.
    Texts,          ///< List of texts, or one text, which is a list of itself.
    Pairs,          ///< Object of texts, or list of "key=value". Null stays null.
    Object,         ///< An object, as it is.
    Any,            ///< Whatever JSON it is.
    InPath,         ///< A text that only the path may give, where its pattern has it; what else is sent is passed over.
};

/// A parameter that an endpoint knows. Names are literals.
struct Field {
    std::string_view name;
    FieldType type = FieldType::Text;
};

/// Keys and texts, or null: an object "cleared by null" is told from an empty one.
using Pairs = std::optional<std::map<std::string, std::string>>;

/// A parameter after its conversion: Text and InPath, Bool, Int and Duration (seconds), List and
/// Texts, Pairs, Object and Any.
using FieldValue = std::variant<std::string, bool, std::int64_t, std::vector<std::string>, Pairs, boost::json::value>;

/// `value` as `field` wants it, or a 400 that says why not, to the letter:
/// `error converting input for field "name": …`. Absent (a null duration) is nullopt.
Result<std::optional<FieldValue>> convert(const Field &field, const boost::json::value &value);

/// Seconds of "90", "1h30m", "1.5h" or "2d"; "" is 0. The error's text is Go's, without a field's name.
Result<std::int64_t> parseDuration(std::string_view text);

} // namespace kith::core
