// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"
#include "store/Session.h"

#include <memory>

namespace kith::identity {

class Graph;
class Memberships;

/// The identities at one moment: a read transaction and the group graph of the same commit. Given by Identities::read;
/// not to be kept.
struct Snapshot {
    store::Session &session;
    const Graph &graph;
    Nanoseconds now; ///< When the read began: policies may expire.
    /// Of the same commit. Null: not in memory (yet); membershipsOf() reads what a question needs then.
    std::shared_ptr<const Memberships> memberships;
};

} // namespace kith::identity
