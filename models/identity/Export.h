// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Session.h"

#include <functional>
#include <string_view>

namespace kith::identity {

/// Writes all identities of the root namespace as one document (DOCUMENT.md) to `sink`, in pieces. Objects and lists
/// are in the order of their names, so the same identities always give the same bytes. What a document doesn't hold:
/// ids, times, versions, the ids of merged entities. Stops with Cancelled when `step`, told before each object, says
/// false; what was written then is no document.
Result<void> exportDocument(store::Session &session, const std::function<void(std::string_view)> &sink,
                            const std::function<bool()> &step = {});

/// How many steps it takes, as near as it can be told before.
std::int64_t exportSteps(store::Session &session);

} // namespace kith::identity
