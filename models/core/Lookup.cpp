// SPDX-License-Identifier: Apache-2.0
#include "core/Lookup.h"

namespace kith::core {

Result<void> checkLookup(const Call &call)
{
    const int single = int{call.has("id")} + int{call.has("name")} + int{call.has("alias_id")};
    const bool name = call.has("alias_name");
    const bool accessor = call.has("alias_mount_accessor");
    const bool emptyName = call.inPath("alias_name").empty();
    const bool emptyAccessor = call.inPath("alias_mount_accessor").empty();
    if (single == 0 && !name && !accessor)
        return invalidRequest("query parameter not supplied");
    if (single == 0 && name != accessor && (!emptyName || !emptyAccessor))
        return invalidRequest("both 'alias_name' and 'alias_mount_accessor' needs to be set");
    const bool halfEmptyPair = name && accessor && (emptyName || emptyAccessor);
    if (single > 1 || (single == 1 && (name || accessor)) || halfEmptyPair)
        return invalidRequest("query parameter conflict; please supply distinct set of query parameters");
    return {};
}

} // namespace kith::core
