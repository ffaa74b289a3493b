// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Document.h"
#include "store/Session.h"

namespace kith::identity {

/// A document that adds (Document::adds) becomes one that states the whole: policies, metadata and members that the
/// objects have already are put beside those that it gives them. Any other stays as it is. Finds where that is more
/// metadata than an object may have.
void addWhatIsThere(store::Session &session, Document &document, Problems &problems);

} // namespace kith::identity
