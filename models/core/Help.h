// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "core/Router.h"

namespace kith::core {

/// What `?help=1` and `bao path-help` answer: the endpoint that the path leads to, its operations and parameters, as
/// its route declares them; of a mount the patterns of its endpoints. A path that leads nowhere is refused as any
/// request to it.
Response help(const Request &request, const Target &target, const Router &router);

} // namespace kith::core
