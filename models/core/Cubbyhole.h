// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Token.h"
#include "store/Seal.h"
#include "store/Session.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::core {

/// What one service token keeps for itself in one namespace, sealed. It goes when the token goes. Lives as long as its
/// transaction.
class Cubbyhole
{
public:
    static constexpr std::string_view WrappedResponse = "response"; ///< Where a wrapped answer lies, as JSON text.

    Cubbyhole(store::Session &session, std::shared_ptr<const store::Seal> seal, TokenId token, NamespaceId ns)
        : m_session(session), m_seal(std::move(seal)), m_token(token), m_ns(ns)
    {}

    /// Nothing: there is no such entry. Damaged: it can't be opened.
    Result<std::optional<std::string>> find(std::string_view path) const;
    std::vector<std::string> list(std::string_view folder) const; ///< As Entries::list.
    void put(std::string_view path, std::string_view value) const;
    void remove(std::string_view path) const;

private:
    std::string place(std::string_view path) const;

    store::Session &m_session;
    std::shared_ptr<const store::Seal> m_seal;
    TokenId m_token;
    NamespaceId m_ns;
};

} // namespace kith::core
