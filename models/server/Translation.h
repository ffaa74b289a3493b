// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "server/Http.h"
#include "store/Json.h"

#include <variant>

namespace kith::server {

/// What HTTP says, as a request to the core; or the answer, where HTTP itself is refused (spec/engine.md §0).
std::variant<core::Request, HttpAnswer> toRequest(HttpRequest http, const store::JsonLimits &limits);

/// Whether it is answered in microseconds, without waiting for a commit: a read of one thing.
bool onlyReads(const HttpRequest &http);

/// The answer on the wire: the envelope, or what the endpoint has instead (spec/engine.md §0).
HttpAnswer toAnswer(const core::Response &response);

} // namespace kith::server
