// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"
#include "store/Session.h"

namespace kith::identity {

class Graph;

/// The identities at one moment: a read transaction and the group graph of the same commit. Given by Identities::read;
/// not to be kept.
struct Snapshot {
    store::Session &session;
    const Graph &graph;
    Nanoseconds now; ///< When the read began: policies may expire.
};

} // namespace kith::identity
