// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/Acl.h"

namespace kith::policy {

/// Access that somebody loses although they only gain policies: only the single best rule counts (spec/engine.md
/// §9.4), so a new, narrower rule can take away what a wider one gave.
struct LostAccess {
    std::string path;                  ///< The path of the rule that wins now.
    Capabilities capabilities;         ///< Granted somewhere under `path` before, and there no longer.
    std::vector<std::string> policies; ///< In which the winning rule stands, of those that take something away.
    std::string example;               ///< A path where that happens.
};

/// What is lost on the way from `before` to `after`; by path. Exact for exact, prefix and `+` rules: an item stands for
/// at least one real path, and no loss of a capability is missed. Conditions on parameters are not compared, and
/// templates count as literal text. List and scan are asked of paths that end in `/`, as requests do.
std::vector<LostAccess> lostAccess(const Acl &before, const Acl &after);

} // namespace kith::policy
