// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Session.h"

#include <optional>
#include <string>
#include <string_view>

namespace kith::policy {

/// A policy's name as it is kept and compared: lower case.
std::string policyKey(std::string_view name);

/// The id of a policy name, made if nothing has referred to it yet; says nothing about whether it is defined.
/// The name is lower-cased; the caller has trimmed it and seen that it isn't empty.
PolicyId internPolicy(store::WriteSession &session, std::string_view name);

/// The id of a policy name, if anything refers to it.
std::optional<PolicyId> findPolicy(store::Session &session, std::string_view name);

/// The name behind an id; empty if there is none.
std::string policyName(store::Session &session, PolicyId id);

} // namespace kith::policy
