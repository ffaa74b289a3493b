// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Call.h"
#include "core/Engine.h"
#include "core/Request.h"
#include "store/Result.h"

namespace kith::core {

/// Whose child a new token is.
enum class Parentage {
    Child,  ///< Of the token that asks, unless `no_parent` says otherwise.
    Orphan, ///< Nobody's.
    ByRole, ///< As the role `role_name` says.
};

/// Makes a token as spec/engine.md §10 says, with its checks in their order. The route declares the parameters.
Result<Response> createToken(const Call &call, Engine &engine, Parentage parentage);

} // namespace kith::core
