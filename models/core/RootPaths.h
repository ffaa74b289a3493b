// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace kith::core {

/// What a path has to do with namespaces.
enum class Placement {
    Anywhere,  ///< Each namespace has its own.
    RootAlone, ///< It concerns the core as a whole, or all its identities: other namespaces are refused.
    Unplaced,  ///< The same, and it is asked of the server itself: no namespace may be named, not even the root.
};

/// Of a path as its namespace sees it ("sys/audit/file"); the list of both, in one place.
Placement placementOf(std::string_view path);

} // namespace kith::core
