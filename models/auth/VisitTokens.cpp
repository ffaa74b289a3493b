// SPDX-License-Identifier: Apache-2.0
#include "auth/VisitTokens.h"

#include "auth/Tokens.h"

namespace kith::auth {

void keepVisitToken(store::WriteSession &session, TokenId token)
{
    session.run("INSERT INTO visit_token (token) VALUES (?)", token);
}

bool anyVisitToken(store::Session &session)
{
    return session.integer("SELECT 1 FROM visit_token LIMIT 1").has_value();
}

void revokeVisitTokens(store::WriteSession &session)
{
    std::vector<TokenId> tokens;
    store::Query rows = session.query("SELECT token FROM visit_token");
    while (rows.step())
        tokens.push_back(rows.id<TokenId>(0));
    rows.reset();
    for (const TokenId token : tokens)
        revokeToken(session, token);
}

} // namespace kith::auth
