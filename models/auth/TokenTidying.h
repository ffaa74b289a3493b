// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Session.h"

namespace kith::auth {

// What of tidyTokens() and needsTidying() (auth/Tokens.h) costs the same however many tokens there are: only those that
// have expired or are used up are looked at.

bool anyTokenIsOver(store::Session &session, Nanoseconds now);
/// With all children. Returns how many it removed.
std::int64_t removeTokensThatAreOver(store::WriteSession &session);

} // namespace kith::auth
