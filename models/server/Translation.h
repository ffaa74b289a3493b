// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "server/Http.h"
#include "server/ServerOptions.h"
#include "store/Json.h"

#include <optional>
#include <string_view>
#include <variant>

namespace kith::server {

/// What HTTP says, as a request to the core; or the answer, where HTTP itself is refused (spec/engine.md §0).
std::variant<core::Request, HttpAnswer> toRequest(HttpRequest http, const store::JsonLimits &limits);

/// The refusal of what this listener doesn't offer at all.
std::optional<HttpAnswer> refusedHere(const HttpRequest &http, const ServerOptions &options);

/// The answer on the wire: the envelope, or what the endpoint has instead (spec/engine.md §0). `path` is what was
/// asked, with its namespace where that stands in it; a refusal under kith/ has a member `kith` with the kind of the
/// failure (store/ErrorName.h) and its place.
HttpAnswer toAnswer(const core::Response &response, std::string_view path = {});

} // namespace kith::server
