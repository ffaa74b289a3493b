// SPDX-License-Identifier: Apache-2.0
#include "auth/Leases.h"

#include "auth/Tokens.h"
#include "store/Base64.h"

namespace kith::auth {

std::optional<Token> findLease(store::Session &session, const store::Seal &seal, std::string_view lease,
                               Nanoseconds now)
{
    const auto slash = lease.rfind("/h");
    const auto digest = slash == std::string_view::npos ? tl::expected<std::string, std::size_t>(tl::unexpect, 0)
                                                        : store::fromHex(lease.substr(slash + 2));
    if (!digest)
        return std::nullopt;
    const auto id = session.integer("SELECT id FROM token WHERE digest = ? AND path = ?", store::Blob{*digest},
                                    lease.substr(0, slash));
    return id ? findToken(session, seal, TokenId{*id}, now) : std::nullopt;
}

std::vector<std::string> leases(store::Session &session, std::string_view prefix, Nanoseconds now)
{
    std::vector<std::string> names;
    auto rows = session.query("SELECT path, digest FROM token WHERE (expires IS NULL OR expires > ?2) AND substr(path "
                              "|| '/', 1, length(?1)) = ?1",
                              prefix, now);
    while (rows.step())
        names.push_back(std::string(rows.text(0)) + "/h" + store::toHex(rows.blob(1)));
    return names;
}

} // namespace kith::auth
