// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/ImportPlan.h"
#include "store/Result.h"
#include "store/Session.h"

#include <functional>

namespace kith::identity {

/// Told before each object; false stops the import.
using ImportStep = std::function<bool()>;

/// How many objects an import handles, so how often it takes a step.
std::int64_t importSteps(const ImportPlan &plan);

/// Does what `plan` says, all of it or nothing. The plan was made of the same document, in this very write, and has no
/// errors. Fails with Cancelled, and with what the core refuses for reasons that no plan foresees; `where` is the place
/// in the document then.
Result<void> applyImport(store::WriteSession &session, const Document &document, const ImportPlan &plan,
                         const ImportStep &step);

} // namespace kith::identity
