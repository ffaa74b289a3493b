// SPDX-License-Identifier: Apache-2.0
// The JSON form of policies, read as leniently and as oddly as the real server does: what ends too early is no error,
// bools in lists and nested brackets are skipped, and an object of objects is a chain of labels.
#include "policy/HclParser.h"

#include <algorithm>

namespace kith::policy::hcl {

namespace {

class JsonParser : private ParserBase
{
public:
    explicit JsonParser(std::string_view text) : ParserBase(text, Scanner::Language::Json) {}

    Result<std::vector<Item>> parse()
    {
        std::vector<Item> items;
        next(); // the brace by which it was known as JSON
        readItems(items);
        return finish(std::move(items));
    }

private:
    enum class Read { Done, Stopped, Failed };

    bool readItems(std::vector<Item> &items);
    Read readItem(Item &item);
    Read readValue(Value &value);
    bool readObject(Value &value);
    Read readList(Value &value);
};

/// Up to whatever isn't followed by a comma, which is consumed.
bool JsonParser::readItems(std::vector<Item> &items)
{
    do {
        Item item;
        const Read read = readItem(item);
        if (read == Read::Done)
            items.push_back(std::move(item));
        else
            return read == Read::Stopped;
    } while (countNode() && next().type == Token::Type::Comma);
    return !failed();
}

JsonParser::Read JsonParser::readItem(Item &item)
{
    while (true) {
        const Token token = next();
        if (token.type == Token::Type::End || token.type == Token::Type::RightBrace)
            return Read::Stopped;
        if (token.type == Token::Type::Colon && !item.keys.empty()) {
            item.assignLine = token.position.line;
            return readValue(item.value);
        }
        if (token.type != Token::Type::String) {
            fail("expected: STRING got: " + std::string(token.typeName()));
            return Read::Failed;
        }
        auto name = unquote(token.text, Scanner::Language::Json);
        if (!countNode())
            return Read::Failed;
        if (item.keys.empty())
            item.line = token.position.line;
        item.keys.push_back({std::move(name).value_or(std::string()), {}, name.has_value()});
    }
}

JsonParser::Read JsonParser::readValue(Value &value)
{
    const Token token = next();
    switch (token.type) {
    case Token::Type::LeftBrace:
        return readObject(value) ? Read::Done : Read::Failed;
    case Token::Type::LeftBracket:
        return readList(value);
    case Token::Type::Null:
        value.kind = Value::Kind::Null;
        return Read::Done;
    case Token::Type::End:
    case Token::Type::RightBrace:
        return Read::Stopped;
    default:
        if (!literal(value)) {
            fail("Expected object value, got unknown token: " + token.describe());
            return Read::Failed;
        }
        value.position = {};
        return Read::Done;
    }
}

bool JsonParser::readObject(Value &value)
{
    value.kind = Value::Kind::Object;
    if (!enter() || !readItems(value.items))
        return false;
    leave();
    return true;
}

JsonParser::Read JsonParser::readList(Value &value)
{
    value.kind = Value::Kind::List;
    while (true) {
        const Token token = next();
        Value element;
        switch (token.type) {
        case Token::Type::Comma:
        case Token::Type::Bool:
        case Token::Type::LeftBracket:
            continue;
        case Token::Type::RightBracket:
            return Read::Done;
        case Token::Type::RightBrace:
            return Read::Stopped;
        case Token::Type::LeftBrace:
            if (!readObject(element))
                return Read::Failed;
            break;
        default:
            if (!literal(element)) {
                fail("unexpected token while parsing list: " + std::string(token.typeName()));
                return Read::Failed;
            }
            element.position = {};
        }
        if (!countNode())
            return Read::Failed;
        value.values.push_back(std::move(element));
    }
}

bool isObject(const Value &value)
{
    return value.kind == Value::Kind::Object;
}

/// Turns objects of objects into labels. Keys are repeated on the way, so their number is bounded.
class Flattener
{
public:
    std::vector<Item> flattened(std::vector<Item> items);
    bool exceeded() const { return m_keys > MaxNodes; }

private:
    void flattenObject(Item item, std::vector<Item> &out);

    std::size_t m_keys = 0;
};

/// An item whose object holds nothing but objects becomes one item for each of these, with their keys behind its own.
void Flattener::flattenObject(Item item, std::vector<Item> &out)
{
    std::vector<Item> &inner = item.value.items;
    const bool onlyObjects =
        !inner.empty() && std::all_of(inner.begin(), inner.end(), [](const Item &i) { return isObject(i.value); });
    if (!onlyObjects) {
        item.value.items = flattened(std::move(inner));
        out.push_back(std::move(item));
        return;
    }
    for (Item &child : inner) {
        m_keys += item.keys.size() + child.keys.size();
        if (exceeded())
            return;
        Item joined;
        joined.keys = item.keys;
        joined.keys.insert(joined.keys.end(), child.keys.begin(), child.keys.end());
        joined.value = std::move(child.value);
        joined.assignLine = item.assignLine;
        joined.line = child.line;
        flattenObject(std::move(joined), out);
    }
}

std::vector<Item> Flattener::flattened(std::vector<Item> items)
{
    std::vector<Item> out;
    for (Item &item : items) {
        std::vector<Value> &values = item.value.values;
        if (isObject(item.value)) {
            flattenObject(std::move(item), out);
        } else if (!values.empty() && std::all_of(values.begin(), values.end(), isObject)) {
            for (Value &value : values) {
                m_keys += item.keys.size();
                if (exceeded())
                    return out;
                Item each;
                each.keys = item.keys;
                each.value = std::move(value);
                each.assignLine = item.assignLine;
                each.line = item.line;
                flattenObject(std::move(each), out);
            }
        } else {
            out.push_back(std::move(item));
        }
    }
    return out;
}

} // namespace

Result<std::vector<Item>> parseJson(std::string_view text)
{
    auto items = JsonParser(text).parse();
    if (!items)
        return items.error();
    Flattener flattener;
    auto flat = flattener.flattened(std::move(*items));
    if (flattener.exceeded())
        return invalidRequest("too many values");
    return flat;
}

} // namespace kith::policy::hcl
