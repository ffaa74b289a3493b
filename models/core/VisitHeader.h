// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kith::core {

/// A login that is sent with this header is that of a browser: its token is kept in memory alone, and is to end with
/// this process. Whoever sends it from outside gets a token that may end earlier, nothing else.
inline constexpr const char *VisitHeader = "x-kith-visit";

} // namespace kith::core
