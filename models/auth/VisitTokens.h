// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Ids.h"
#include "store/Session.h"

namespace kith::auth {

// Tokens that a process keeps in memory for people who signed in with a browser (oidc/Visits.h). When it has ended,
// however it did, nobody has them, and whoever writes the file next revokes them.

/// Keeps that a service token that was just made is one of them.
void keepVisitToken(store::WriteSession &session, TokenId token);
/// Whether there are any.
bool anyVisitToken(store::Session &session);
/// Revokes all of them: before this process makes its first one.
void revokeVisitTokens(store::WriteSession &session);

} // namespace kith::auth
