// SPDX-License-Identifier: Apache-2.0
#include "policy/HclDecode.h"

#include "policy/Scalars.h"
#include "store/Text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace kith::policy::hcl {

namespace {

Error mismatch(Position position, const std::string &field, std::string_view what, std::string_view type)
{
    return invalidRequest("At " + position.text() + ": " + field + ": " + std::string(what) + "*ast." +
                          std::string(type));
}

Error notASlice(Position position)
{
    return invalidRequest("At " + position.text() + ": unknown slice type: *ast.LiteralType");
}

std::string_view typeOf(const Value &value)
{
    switch (value.kind) {
    case Value::Kind::List:
        return "ListType";
    case Value::Kind::Object:
        return "ObjectType";
    default:
        return "LiteralType";
    }
}

std::string indexed(const std::string &field, std::size_t index)
{
    return field + "[" + std::to_string(index) + "]";
}

Error unreadable(const Value &value)
{
    return invalidRequest("At " + value.position.text() + ": illegal char escape");
}

Result<std::string> stringOf(const Value &value, const std::string &field)
{
    if (!value.readable)
        return unreadable(value);
    switch (value.kind) {
    case Value::Kind::String:
    case Value::Kind::Number:
    case Value::Kind::Null:
        return value.text;
    default:
        return mismatch(value.position, field, "unknown type for string ", typeOf(value));
    }
}

Result<boost::json::value> anyOf(const Value &value);

/// An object as it is compared with a request's: the last of several keys wins.
Result<boost::json::value> anyObject(const std::vector<Item> &items)
{
    boost::json::object object;
    for (const Item &item : items) {
        auto value = item.keys.size() == 1 ? anyOf(item.value) : Result<boost::json::value>(boost::json::object());
        if (!value)
            return value.error();
        object[validUtf8(item.keys.front().name)] = std::move(*value);
    }
    return object;
}

Result<boost::json::value> anyOf(const Value &value)
{
    switch (value.kind) {
    case Value::Kind::String:
        return value.readable ? Result<boost::json::value>(validUtf8(value.text)) : unreadable(value);
    case Value::Kind::Bool:
        return boost::json::value(value.text == "true");
    case Value::Kind::Null:
        return boost::json::value(std::string());
    case Value::Kind::Number: {
        const auto number = parseInteger(value.text);
        return number ? Result<boost::json::value>(*number) : number.error();
    }
    case Value::Kind::Float: {
        const auto number = parseFloat(value.text);
        return number ? Result<boost::json::value>(*number) : number.error();
    }
    case Value::Kind::Object:
        return anyObject(value.items);
    case Value::Kind::List:
        break;
    }
    boost::json::array list;
    for (const Value &element : value.values) {
        auto any = anyOf(element);
        if (!any)
            return any.error();
        list.push_back(std::move(*any));
    }
    return list;
}

/// The values that a parameter names, appended to `out`.
Result<void> appendValues(const Node::Entry &parameter, const std::string &field, std::vector<boost::json::value> &out)
{
    const Item &item = *parameter.item;
    if (parameter.keysUsed + 1 < item.keys.size())
        return invalidRequest(indexed(field, 0) + ": cannot decode into interface: *ast.ObjectItem");
    if (item.value.isLiteral())
        return notASlice(item.value.position);
    auto any = anyOf(item.value);
    if (!any)
        return any.error();
    if (any->is_array())
        out.insert(out.end(), any->get_array().begin(), any->get_array().end());
    else
        out.push_back(std::move(*any));
    return {};
}

} // namespace

Position Node::position() const
{
    if (value != nullptr)
        return value->position;
    if (entries.empty())
        return {};
    return entries.front().hasKey() ? entries.front().key().position : entries.front().item->value.position;
}

std::string_view Node::typeName() const
{
    return value != nullptr ? typeOf(*value) : "ObjectList";
}

Node nodeOf(const Item &item, std::size_t used)
{
    Node node;
    if (used < item.keys.size()) {
        node.entries.push_back({&item, used});
    } else if (item.value.kind == Value::Kind::Object) {
        for (const Item &inner : item.value.items)
            node.entries.push_back({&inner, 0});
    } else {
        node.value = &item.value;
    }
    return node;
}

std::vector<Node> fields(const std::vector<Item> &items, std::string_view key)
{
    std::vector<Node> found;
    for (const Item &item : items) {
        if (item.keys.front().name == key)
            found.push_back(nodeOf(item, 1));
    }
    return found;
}

std::vector<Node> fields(const Node &object, std::string_view key)
{
    std::vector<Node> found;
    for (const Node::Entry &entry : object.entries) {
        if (entry.hasKey() && foldCase(entry.key().name) == foldCase(key))
            found.push_back(nodeOf(*entry.item, entry.keysUsed + 1));
    }
    return found;
}

Result<std::string> decodeString(const std::vector<Node> &nodes, const std::string &field)
{
    std::string last;
    for (const Node &node : nodes) {
        if (node.value == nullptr)
            return mismatch(node.position(), field, "unknown type for string ", node.typeName());
        auto text = stringOf(*node.value, field);
        if (!text)
            return text;
        last = std::move(*text);
    }
    return last;
}

Result<std::vector<std::string>> decodeStrings(const std::vector<Node> &nodes, const std::string &field)
{
    std::vector<std::string> all;
    for (const Node &node : nodes) {
        if (node.value == nullptr) {
            if (!node.entries.empty())
                return mismatch(node.position(), indexed(field, 0), "unknown type for string ", "ObjectItem");
            continue;
        }
        if (node.value->isLiteral())
            return notASlice(node.value->position);
        for (std::size_t i = 0; i < node.value->values.size(); ++i) {
            auto text = stringOf(node.value->values[i], indexed(field, i));
            if (!text)
                return text.error();
            all.push_back(std::move(*text));
        }
    }
    return all;
}

Result<std::optional<std::int64_t>> decodeInteger(const std::vector<Node> &nodes, const std::string &field)
{
    std::optional<std::int64_t> last;
    for (const Node &node : nodes) {
        const Value *value = node.value;
        const bool readable =
            value != nullptr && (value->kind == Value::Kind::String || value->kind == Value::Kind::Number ||
                                 value->kind == Value::Kind::Null);
        if (!readable)
            return mismatch(node.position(), field, "unknown type ", node.typeName());
        const auto number = parseInteger(value->text);
        if (!number)
            return number.error();
        last = *number;
    }
    return last;
}

Result<std::optional<ParameterRules>> decodeParameters(const std::vector<Node> &nodes, const std::string &field)
{
    if (nodes.empty())
        return std::optional<ParameterRules>();
    std::vector<std::pair<std::string, std::vector<boost::json::value>>> inOrder;
    std::unordered_map<std::string_view, std::size_t> indexOf;
    for (const Node &node : nodes) {
        if (node.value != nullptr)
            return mismatch(node.position(), field, "not an object type for map (", std::string(node.typeName()) + ")");
        for (const Node::Entry &entry : node.entries) {
            const std::string &name = entry.key().name;
            if (!entry.key().readable)
                return invalidRequest("At " + entry.key().position.text() + ": illegal char escape");
            const auto [known, isNew] = indexOf.try_emplace(name, inOrder.size());
            if (isNew)
                inOrder.emplace_back(name, std::vector<boost::json::value>());
            if (auto added = appendValues(entry, field + "." + name, inOrder[known->second].second); !added)
                return added.error();
        }
    }
    ParameterRules rules; // names that differ in case only: the last one counts
    for (auto &[name, values] : inOrder)
        rules[foldCase(name)] = std::move(values);
    return std::optional(std::move(rules));
}

Result<void> checkDuration(const std::vector<Node> &nodes, const std::string &field)
{
    for (const Node &node : nodes) {
        if (node.value == nullptr) {
            for (const Node::Entry &entry : node.entries) {
                if (entry.keysUsed + 1 < entry.item->keys.size())
                    return invalidRequest(field + ": cannot decode into interface: *ast.ObjectItem");
                if (auto any = anyOf(entry.item->value); !any)
                    return any.error();
            }
        } else if (auto any = anyOf(*node.value); !any) {
            return any.error();
        }
    }
    return {};
}

Result<Nanoseconds> decodeDuration(const std::vector<Node> &nodes)
{
    if (nodes.empty())
        return 0;
    const Value *value = nodes.back().value;
    if (value != nullptr && (value->kind == Value::Kind::String || value->kind == Value::Kind::Null))
        return parseDuration(value->text);
    if (value != nullptr && value->kind == Value::Kind::Number) {
        const auto seconds = parseInteger(value->text);
        return seconds ? secondsToDuration(*seconds) : seconds.error();
    }
    if (value != nullptr && value->kind == Value::Kind::Float) {
        const auto seconds = parseFloat(value->text);
        if (!seconds)
            return seconds.error();
        const bool fits = std::abs(*seconds) < 9e9;
        return secondsToDuration(fits ? static_cast<std::int64_t>(*seconds) : std::numeric_limits<std::int64_t>::max());
    }
    return invalidRequest("could not parse duration from input");
}

std::vector<std::string> unknownKeys(const std::vector<Item> &items, const std::vector<std::string_view> &allowed)
{
    std::vector<std::string> errors;
    for (const Item &item : items) {
        const std::string &name = item.keys.front().name;
        if (!item.keys.front().readable)
            errors.push_back("illegal char escape in a key on line " + std::to_string(item.line));
        else if (std::find(allowed.begin(), allowed.end(), name) == allowed.end())
            errors.push_back("invalid key " + inQuotes(name) + " on line " + std::to_string(item.assignLine));
    }
    return errors;
}

Result<std::vector<std::string>> unknownKeys(const Value &object, const std::vector<std::string_view> &allowed)
{
    if (object.kind != Value::Kind::Object)
        return invalidRequest("cannot check HCL keys of type *ast." + std::string(typeOf(object)));
    return unknownKeys(object.items, allowed);
}

std::string joined(const std::vector<std::string> &errors)
{
    std::string text = std::to_string(errors.size()) + (errors.size() == 1 ? " error" : " errors") + " occurred:";
    for (const std::string &error : errors)
        text += "\n\t* " + error;
    return text + "\n\n";
}

} // namespace kith::policy::hcl
