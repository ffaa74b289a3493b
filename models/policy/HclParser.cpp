// SPDX-License-Identifier: Apache-2.0
#include "policy/HclParser.h"

#include "store/Text.h"

#include <algorithm>

namespace kith::policy::hcl {

std::string Position::text() const
{
    return line == 0 ? "-" : std::to_string(line) + ":" + std::to_string(column);
}

const Token &ParserBase::next()
{
    if (m_waiting)
        m_waiting = false;
    else
        m_token = m_scanner.next();
    return m_token;
}

bool ParserBase::fail(std::string text)
{
    if (!m_failure)
        m_failure = std::move(text);
    return false;
}

bool ParserBase::enter()
{
    if (++m_depth > MaxDepth)
        return fail("At " + m_token.position.text() + ": nested too deeply");
    return true;
}

bool ParserBase::countNode()
{
    if (++m_nodes > MaxNodes)
        return fail("At " + m_token.position.text() + ": too many values");
    return true;
}

bool ParserBase::literal(Value &value)
{
    const Token &token = current();
    value.position = token.position;
    value.text = token.text;
    switch (token.type) {
    case Token::Type::Number:
        value.kind = Value::Kind::Number;
        return true;
    case Token::Type::Float:
        value.kind = Value::Kind::Float;
        return true;
    case Token::Type::Bool:
        value.kind = Value::Kind::Bool;
        return true;
    case Token::Type::Heredoc:
        value.kind = Value::Kind::String;
        value.text = heredocText(token.text);
        return true;
    case Token::Type::String: {
        value.kind = Value::Kind::String;
        auto text = unquote(token.text, m_language);
        value.readable = text.has_value();
        value.text = std::move(text).value_or(std::string());
        return true;
    }
    default:
        return false;
    }
}

Result<std::vector<Item>> ParserBase::finish(std::vector<Item> items)
{
    if (m_scanner.failed())
        return invalidRequest(m_scanner.error());
    if (m_failure)
        return invalidRequest(*m_failure);
    return items;
}

namespace {

/// Reads HCL by descending, at most MaxDepth deep.
class HclParser : private ParserBase
{
public:
    explicit HclParser(std::string_view text) : ParserBase(text, Scanner::Language::Hcl) {}

    Result<std::vector<Item>> parse()
    {
        std::vector<Item> items;
        readItems(items, /*nested=*/false);
        return finish(std::move(items));
    }

private:
    enum class Read { Done, AtEnd, Failed };

    bool failAt(const Token &token, const std::string &text)
    {
        return fail("At " + token.position.text() + ": " + text);
    }
    bool readItems(std::vector<Item> &items, bool nested);
    Read readItem(Item &item);
    Read readKeys(Item &item);
    Read readValue(Value &value);
    bool readObject(Value &value);
    bool readList(Value &value);
    bool readListElement(Value &list, bool &needComma);
};

bool HclParser::readItems(std::vector<Item> &items, bool nested)
{
    while (true) {
        if (nested) {
            const bool closing = next().type == Token::Type::RightBrace;
            putBack();
            if (closing)
                return true;
        }
        Item item;
        const Read read = readItem(item);
        if (read != Read::Done)
            return read == Read::AtEnd;
        items.push_back(std::move(item));
        if (!countNode())
            return false;
        if (next().type != Token::Type::Comma)
            putBack();
    }
}

HclParser::Read HclParser::readItem(Item &item)
{
    const Read keys = readKeys(item);
    if (keys != Read::Done)
        return keys;
    item.line = item.keys.front().position.line;
    if (current().type == Token::Type::Assign) {
        item.assignLine = current().position.line;
        if (const Read value = readValue(item.value); value != Read::Done)
            return value;
    } else if (!readObject(item.value)) {
        return Read::Failed;
    }
    return Read::Done;
}

/// Up to the `=` or `{`, which is the current token then.
HclParser::Read HclParser::readKeys(Item &item)
{
    std::string written;
    while (true) {
        const Token token = next();
        switch (token.type) {
        case Token::Type::Identifier:
        case Token::Type::String: {
            auto name = token.type == Token::Type::String ? unquote(token.text, Scanner::Language::Hcl)
                                                          : std::string(token.text);
            if (!countNode())
                return Read::Failed;
            item.keys.push_back({std::move(name).value_or(std::string()), token.position, name.has_value()});
            written += (written.empty() ? "" : " ") + std::string(token.text);
            break;
        }
        case Token::Type::Assign:
            if (item.keys.size() > 1)
                failAt(token, "nested object expected: LBRACE got: ASSIGN");
            else if (item.keys.empty())
                failAt(token, "no object keys found!");
            return failed() ? Read::Failed : Read::Done;
        case Token::Type::LeftBrace:
            if (item.keys.empty())
                failAt(token, "expected: IDENT | STRING got: LBRACE");
            return failed() ? Read::Failed : Read::Done;
        case Token::Type::End:
        case Token::Type::RightBrace:
            if (!item.keys.empty()) {
                failAt(token, "key '" + written + "' expected start of object ('{') or assignment ('=')");
                return Read::Failed;
            }
            if (token.type == Token::Type::End)
                return Read::AtEnd;
            [[fallthrough]];
        default:
            failAt(token, "expected: IDENT | STRING | ASSIGN | LBRACE got: " + std::string(token.typeName()));
            return Read::Failed;
        }
    }
}

HclParser::Read HclParser::readValue(Value &value)
{
    const Token token = next();
    if (token.type == Token::Type::End)
        return Read::AtEnd; // "key =" at the end of a text counts as nothing
    bool read = false;
    if (token.type == Token::Type::LeftBrace)
        read = readObject(value);
    else if (token.type == Token::Type::LeftBracket)
        read = readList(value);
    else if (!(read = literal(value)))
        failAt(token, "Unknown token: " + token.describe());
    return read ? Read::Done : Read::Failed;
}

/// Behind its `{`.
bool HclParser::readObject(Value &value)
{
    value.kind = Value::Kind::Object;
    value.position = current().position;
    if (!enter() || !readItems(value.items, /*nested=*/true))
        return false;
    leave();
    const Token token = next();
    if (token.type != Token::Type::RightBrace)
        return failAt(token, "object expected closing RBRACE got: " + std::string(token.typeName()));
    return true;
}

/// Behind its `[`.
bool HclParser::readList(Value &value)
{
    value.kind = Value::Kind::List;
    value.position = current().position;
    if (!enter())
        return false;
    bool needComma = false;
    while (next().type != Token::Type::RightBracket) {
        if (!countNode() || !readListElement(value, needComma))
            return false;
    }
    leave();
    return true;
}

bool HclParser::readListElement(Value &list, bool &needComma)
{
    const Token token = current();
    if (token.type == Token::Type::Comma) {
        needComma = false;
        return true;
    }
    const bool object = token.type == Token::Type::LeftBrace;
    const bool nested = token.type == Token::Type::LeftBracket;
    if (needComma)
        return failAt(token, "error parsing list, expected comma or list end, got: " + std::string(token.typeName()));
    Value value;
    if (!object && !nested && !literal(value))
        return failAt(token, "unexpected token while parsing list: " + std::string(token.typeName()));
    if (object || nested) {
        if (!(object ? readObject(value) : readList(value))) {
            wrapFailure("At " + token.position.text() + ": error while trying to parse " +
                        (object ? "object" : "list") + " within list: ");
            return false;
        }
    }
    needComma = !nested;
    list.values.push_back(std::move(value));
    return true;
}

} // namespace

Result<std::vector<Item>> parseHcl(std::string_view text)
{
    return HclParser(text).parse();
}

namespace {

/// The first character that isn't white space by Unicode; 0 for none.
char32_t firstVisible(std::string_view text)
{
    while (!text.empty()) {
        const CodePoint next = firstCodePoint(text);
        const char32_t c = next.value;
        const bool space = c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
                           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
                           c == 0x3000;
        if (!space)
            return c;
        text.remove_prefix(next.length);
    }
    return 0;
}

} // namespace

Result<std::vector<Item>> parse(std::string_view text)
{
    if (firstVisible(text) == '{')
        return parseJson(text);
    if (text.find("\r\n") == std::string_view::npos)
        return parseHcl(text);
    std::string unixText(text);
    std::size_t to = 0;
    for (std::size_t from = 0; from < unixText.size(); ++from) {
        if (unixText[from] != '\r' || from + 1 == unixText.size() || unixText[from + 1] != '\n')
            unixText[to++] = unixText[from];
    }
    unixText.resize(to);
    return parseHcl(unixText);
}

} // namespace kith::policy::hcl
