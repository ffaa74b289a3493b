// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Token.h"
#include "store/Seal.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

// The lease of a token that expires is named "<path of its making>/h<digest of the token>", and the suffix of ids of
// its namespace. The name tells neither the token nor the accessor.

/// The token whose lease it is.
std::optional<Token> findLease(store::Session &session, const store::Seal &seal, NamespaceId ns, std::string_view lease,
                               Nanoseconds now);

/// The names of all leases of a namespace that begin so.
std::vector<std::string> leases(store::Session &session, NamespaceId ns, std::string_view prefix, Nanoseconds now);

} // namespace kith::auth
