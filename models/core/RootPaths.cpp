// SPDX-License-Identifier: Apache-2.0
#include "core/RootPaths.h"

#include <algorithm>

namespace kith::core {

namespace {

bool isOneOf(std::string_view path, std::initializer_list<std::string_view> places)
{
    return std::any_of(places.begin(), places.end(), [&](std::string_view place) {
        return path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/');
    });
}

} // namespace

Placement placementOf(std::string_view path)
{
    if (isOneOf(path, {"kith"}))
        return isOneOf(path, {"kith/apply", "kith/authorization", "kith/members", "kith/restore"})
                   ? Placement::Anywhere
                   : Placement::RootAlone;
    if (isOneOf(path, {"sys/generate-root", "sys/health", "sys/in-flight-req", "sys/init", "sys/metrics", "sys/pprof",
                       "sys/raw", "sys/rekey", "sys/seal", "sys/step-down", "sys/storage", "sys/unseal"}))
        return Placement::Unplaced;
    return isOneOf(path, {"sys/audit", "sys/audit-hash", "sys/config/auditing", "sys/config/cors", "sys/config/reload",
                          "sys/config/state", "sys/config/ui", "sys/host-info", "sys/internal/inspect", "sys/loggers",
                          "sys/monitor", "sys/quotas", "sys/replication"})
               ? Placement::RootAlone
               : Placement::Anywhere;
}

} // namespace kith::core
