// SPDX-License-Identifier: Apache-2.0
#include "auth/Leases.h"

#include "auth/Tokens.h"
#include "identity/Namespaces.h"
#include "store/Base64.h"

namespace kith::auth {

std::optional<Token> findLease(store::Session &session, const store::Seal &seal, NamespaceId ns, std::string_view lease,
                               Nanoseconds now)
{
    const std::string suffix = identity::idSuffix(session, ns);
    if (!lease.ends_with(suffix))
        return std::nullopt;
    lease.remove_suffix(suffix.size());
    const auto slash = lease.rfind("/h");
    const auto digest = slash == std::string_view::npos ? tl::expected<std::string, std::size_t>(tl::unexpect, 0)
                                                        : store::fromHex(lease.substr(slash + 2));
    if (!digest)
        return std::nullopt;
    const auto id = session.integer("SELECT id FROM token WHERE digest = ? AND path = ? AND namespace = ?",
                                    store::Blob{*digest}, lease.substr(0, slash), ns);
    return id ? findToken(session, seal, TokenId{*id}, now) : std::nullopt;
}

std::vector<std::string> leases(store::Session &session, NamespaceId ns, std::string_view prefix, Nanoseconds now)
{
    std::vector<std::string> names;
    auto rows = session.query("SELECT t.path, t.digest, n.suffix FROM token t JOIN namespace n ON n.id = t.namespace "
                              "WHERE n.id = ?3 AND (t.expires IS NULL OR t.expires > ?2) AND "
                              "substr(t.path || '/', 1, length(?1)) = ?1",
                              prefix, now, ns);
    while (rows.step())
        names.push_back(std::string(rows.text(0)) + "/h" + store::toHex(rows.blob(1)) + std::string(rows.text(2)));
    return names;
}

} // namespace kith::auth
