// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Document.h"

namespace kith::identity {

/// Finds what is wrong in the content of a document and needs no core to be seen: names and aliases that stand twice,
/// limits of metadata, rules of groups, policies that don't parse. Takes repeated members out.
void checkDocument(Document &document, Problems &problems);

} // namespace kith::identity
