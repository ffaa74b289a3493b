// SPDX-License-Identifier: Apache-2.0
// What the provider of OpenID Connect is configured with (spec/engine.md §12).
#pragma once

#include "oidc/Collection.h"

#include <array>

namespace kith::oidc {

/// Who may sign in to a client. A value.
struct Assignment {
    static constexpr std::string_view Folder = "oidc/assignment/";
    static constexpr std::array<std::string_view, 1> BuiltIns{"allow_all"};

    std::string name;
    std::vector<std::string> entityIds; ///< Lower case, sorted; "*": everybody.
    std::vector<std::string> groupIds;

    boost::json::object toJson() const;
    static Assignment fromJson(std::string name, const boost::json::object &object);
    static std::optional<Assignment> builtIn(std::string_view name);
};

/// Claims that a client may ask for by a name. A value.
struct Scope {
    static constexpr std::string_view Folder = "oidc/scope/";
    static constexpr std::array<std::string_view, 0> BuiltIns{};
    static constexpr std::string_view OpenId = "openid"; ///< Every request has it; it stands for no claims.

    std::string name;
    std::string claims; ///< Template; may be empty.
    std::string description;

    boost::json::object toJson() const;
    static Scope fromJson(std::string name, const boost::json::object &object);
    static std::optional<Scope> builtIn(std::string_view) { return std::nullopt; }
};

enum class ClientType {
    Confidential, ///< Has a secret that it proves itself with.
    Public,       ///< Can't keep one: it has to use PKCE (RFC 7636).
};

/// An application that people sign in to. A value; times in seconds.
struct Client {
    static constexpr std::string_view Folder = "oidc/client/";
    static constexpr std::array<std::string_view, 0> BuiltIns{};

    std::string name;
    std::string id;     ///< 32 letters and digits.
    std::string secret; ///< Empty: public.
    ClientType type = ClientType::Confidential;
    std::string key = "default";
    std::vector<std::string> redirectUris; ///< Sorted, as the next.
    std::vector<std::string> assignments;
    std::int64_t idTokenTtl = 86'400;
    std::int64_t accessTokenTtl = 86'400;
    bool authorizationCode = true; ///< May use that flow.
    bool clientCredentials = false;

    boost::json::object toJson() const;
    static Client fromJson(std::string name, const boost::json::object &object);
    static std::optional<Client> builtIn(std::string_view) { return std::nullopt; }
};

/// What clients are configured with as their issuer. A value.
struct Provider {
    static constexpr std::string_view Folder = "oidc/provider/";
    static constexpr std::array<std::string_view, 1> BuiltIns{"default"};

    std::string name;
    std::string issuer;                        ///< Scheme, host and port; empty: the server's address.
    std::vector<std::string> allowedClientIds; ///< Sorted, as the next; "*": all.
    std::vector<std::string> scopes;

    bool allows(std::string_view clientId) const;
    bool supports(std::string_view scope) const;

    boost::json::object toJson() const;
    static Provider fromJson(std::string name, const boost::json::object &object);
    static std::optional<Provider> builtIn(std::string_view name);
};

using Assignments = Collection<Assignment>;
using Scopes = Collection<Scope>;
using Clients = Collection<Client>;
using Providers = Collection<Provider>;

/// Saves the client, and the way from its id to it.
void saveClient(const store::Entries &entries, const Client &client);
void removeClient(const store::Entries &entries, std::string_view name);
Result<std::optional<Client>> findClientById(const store::Entries &entries, std::string_view id);

/// Whether one of them is the address that a client asks to be sent back to: the same to the letter, but at a loopback
/// address any port will do (RFC 8252 §7.3).
bool isRegistered(const std::vector<std::string> &redirectUris, std::string_view asked);

} // namespace kith::oidc
