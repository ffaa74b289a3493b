// SPDX-License-Identifier: Apache-2.0
// Internal to models/server.
#pragma once

#include "server/Http.h"
#include "server/WorkerPool.h"

namespace kith::server {

/// Behind whom it waits: by the path as it will be read, in whatever namespace. A login may wait for a hash or for
/// somebody else's server without that anybody is known, whether a token is sent as well or not; others that are taken
/// for logins do nothing but wait behind them. A renewal may wait for the server that knows the bearer.
WorkerPool::Lane laneOf(const HttpRequest &http);

} // namespace kith::server
