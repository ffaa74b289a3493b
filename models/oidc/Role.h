// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "oidc/Collection.h"

#include <array>

namespace kith::oidc {

/// Gives identity tokens (spec/engine.md §11). A value.
struct Role {
    static constexpr std::string_view Folder = "oidc/role/";
    static constexpr std::array<std::string_view, 0> BuiltIns{};

    std::string name;
    std::string key;           ///< Name of a NamedKey.
    std::string claims;        ///< Template; empty: no further claims.
    std::int64_t ttl = 86'400; ///< Of a token, in seconds.
    std::string clientId;      ///< What tokens are made for.

    boost::json::object toJson() const;
    static Role fromJson(std::string name, const boost::json::object &object);
    static std::optional<Role> builtIn(std::string_view) { return std::nullopt; }
};

using Roles = Collection<Role>;

/// The issuer that is configured for identity tokens; empty: the address of the server.
Result<std::string> configuredIssuer(const store::Entries &entries);
void configureIssuer(const store::Entries &entries, const std::string &issuer);
/// Whether it is http or https, a host, perhaps a port, and nothing else.
bool isIssuer(std::string_view text);

} // namespace kith::oidc
