// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

namespace kith::core {

/// Whether all that the config of a mount to be enabled gives is of a type that can be read; the rest isn't looked at.
/// [Q] `user_lockout_config` has an effect in a tune request alone, and other names here than there.
bool isMountConfig(const boost::json::object &given);

/// The same with the names that are known written as they are here: OpenBao takes them in any case where the exact one
/// isn't there.
boost::json::object withKnownNames(const boost::json::object &given);

} // namespace kith::core
