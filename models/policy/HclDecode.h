// SPDX-License-Identifier: Apache-2.0
// From the tree of a policy to typed fields, with the real server's rules of what counts as what.
#pragma once

#include "policy/Hcl.h"
#include "policy/Policy.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::policy::hcl {

/// What stands behind a key: a literal, a list, or (for blocks and objects) a list of items with what is left of
/// their keys.
struct Node {
    struct Entry {
        const Item *item = nullptr;
        std::size_t keysUsed = 0;

        bool hasKey() const { return keysUsed < item->keys.size(); }
        const Key &key() const { return item->keys[keysUsed]; }
    };
    const Value *value = nullptr; ///< A literal or a list; null: `entries` counts.
    std::vector<Entry> entries;

    Position position() const;
    std::string_view typeName() const; ///< As error texts call it: "ListType".
};

/// The node of an item of whose keys `used` are consumed.
Node nodeOf(const Item &item, std::size_t used);
/// The nodes behind each item with that key, in order.
std::vector<Node> fields(const std::vector<Item> &items, std::string_view key);
std::vector<Node> fields(const Node &object, std::string_view key);

/// The last of several wins. `field` is the name in error texts ("root.name").
Result<std::string> decodeString(const std::vector<Node> &nodes, const std::string &field);
/// The elements of all of them.
Result<std::vector<std::string>> decodeStrings(const std::vector<Node> &nodes, const std::string &field);
/// None: there is no such field.
Result<std::optional<std::int64_t>> decodeInteger(const std::vector<Node> &nodes, const std::string &field);
Result<std::optional<ParameterRules>> decodeParameters(const std::vector<Node> &nodes, const std::string &field);

/// Checks that a duration can be decoded at all, before it is parsed.
Result<void> checkDuration(const std::vector<Node> &nodes, const std::string &field);
/// The duration itself. Fails with the bare reason ("could not parse duration from input").
Result<Nanoseconds> decodeDuration(const std::vector<Node> &nodes);

/// One text for each key of the object that is none of `allowed`: `invalid key "x" on line 3`. Fails for what has no
/// keys (`cannot check HCL keys of type *ast.ListType`).
Result<std::vector<std::string>> unknownKeys(const Value &object, const std::vector<std::string_view> &allowed);
std::vector<std::string> unknownKeys(const std::vector<Item> &items, const std::vector<std::string_view> &allowed);

/// "2 errors occurred:\n\t* a\n\t* b\n\n"
std::string joined(const std::vector<std::string> &errors);

} // namespace kith::policy::hcl
