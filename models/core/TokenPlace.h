// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "identity/MountTable.h"

namespace kith::core {

/// [Q] What is asked about one token is asked in that token's namespace, wherever it was sent: so rules, mounts and the
/// token that wraps the answer are those of that one. So is what is asked of wrapping tokens, in that of the token that
/// asks. Null: where it was sent; a named token that says no namespace needn't be of the root. `request`: as its own
/// namespace sees it.
const identity::Namespace *placeOfToken(const Request &request, const identity::MountTable &mounts);

} // namespace kith::core
