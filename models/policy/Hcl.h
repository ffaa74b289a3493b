// SPDX-License-Identifier: Apache-2.0
// The syntax of policies and of configurations: HCL (version 1) and its JSON form, read into one tree.
#pragma once

#include "store/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith::policy::hcl {

/// Line and column from 1, columns in characters. Line 0: unknown (JSON keeps none).
struct Position {
    int line = 0;
    int column = 0;

    std::string text() const; ///< "3:14"; "-" for none.
};

struct Item;

struct Value {
    enum class Kind { String, Number, Float, Bool, Null, List, Object };

    Kind kind = Kind::Null;
    Position position;
    std::string text;          ///< A string's value, another literal as it is written.
    bool readable = true;      ///< False: a string with an escape that names no character.
    std::vector<Value> values; ///< Of a list.
    std::vector<Item> items;   ///< Of an object.

    bool isLiteral() const { return kind != Kind::List && kind != Kind::Object; }
};

struct Key {
    std::string name;
    Position position;
    bool readable = true; ///< As of a Value.
};

/// `key = value`, or `key "label" … { }`. JSON's nested objects of objects are read as labels.
struct Item {
    std::vector<Key> keys;
    Value value;
    int assignLine = 0; ///< Of the `=` or `:`; 0 for a block.
    int line = 0;       ///< Where it begins.
};

/// The items of the text; JSON when its first visible character is `{`. Fails with the text of the real server
/// ("At 1:12: object expected closing RBRACE got: EOF"). Depth and number of nodes are bounded.
Result<std::vector<Item>> parse(std::string_view text);

inline constexpr int MaxDepth = 500;
inline constexpr std::size_t MaxNodes = 500'000;

} // namespace kith::policy::hcl
