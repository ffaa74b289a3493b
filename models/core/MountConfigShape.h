// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

namespace kith::core {

/// Whether all that the config of a mount to be enabled gives is of a type that can be read; the rest isn't looked at.
/// [Q] `user_lockout_config` has an effect in a tune request alone, and other names here than there.
bool isMountConfig(const boost::json::object &given);

} // namespace kith::core
