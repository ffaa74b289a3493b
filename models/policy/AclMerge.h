// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/Policy.h"

namespace kith::policy {

/// Adds what another stanza with the same path grants (spec/engine.md §9.3). To be called in the order of the policies'
/// names.
void mergeGrant(Grant &grant, const Grant &other);

} // namespace kith::policy
