// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/HclScanner.h"

#include <optional>

namespace kith::policy::hcl {

/// What both parsers share: one token of lookahead, the bounds on depth and size, literals.
class ParserBase
{
protected:
    ParserBase(std::string_view text, Scanner::Language language) : m_scanner(text, language), m_language(language) {}

    const Token &next();
    void putBack() { m_waiting = true; }
    const Token &current() const { return m_token; }

    /// Remembers the first failure; always false, so that callers can return it.
    bool fail(std::string text);
    bool failed() const { return m_failure.has_value(); }
    void wrapFailure(const std::string &prefix) { m_failure = prefix + m_failure.value_or(std::string()); }
    bool enter();
    void leave() { --m_depth; }
    bool countNode();

    /// The current token as a value. False: it can't be one of this kind.
    bool literal(Value &value);
    Result<std::vector<Item>> finish(std::vector<Item> items);

private:
    Scanner m_scanner;
    Scanner::Language m_language;
    Token m_token;
    bool m_waiting = false;
    int m_depth = 0;
    std::size_t m_nodes = 0;
    std::optional<std::string> m_failure;
};

Result<std::vector<Item>> parseHcl(std::string_view text);
Result<std::vector<Item>> parseJson(std::string_view text);

} // namespace kith::policy::hcl
