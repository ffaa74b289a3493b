// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Call.h"
#include "identity/Mounts.h"
#include "store/Result.h"

#include <boost/json.hpp>

namespace kith::core {

/// The config of a mount to be enabled, from what the request gives (`config`): its leases, in seconds,
/// and the type of its tokens. Fails with
/// status 400 and the real server's text.
Result<boost::json::object> newMountLeases(const boost::json::object &given, identity::MountClass mountClass);
/// The rest of it; what isn't known is left out. Fails in the same way.
Result<boost::json::object> newMountConfig(const boost::json::object &given, boost::json::object leases,
                                           identity::MountClass mountClass);

/// Changes settings by the parameters of a tune request. Fails like newMountLeases.
Result<void> tune(const Call &call, const identity::Mount &mount, identity::MountSettings &settings);

/// The config as reading a mount shows it, with what is always there.
boost::json::object mountConfig(const identity::Mount &mount, const identity::MountSettings &settings);

/// What reading a mount's tuning shows.
boost::json::object mountTuning(const identity::Mount &mount, const identity::MountSettings &settings);

/// All that reading a mount shows.
boost::json::object mountJson(store::Session &session, const identity::Mount &mount);

/// The parameters of a tune request.
std::vector<Field> tuneFields();

} // namespace kith::core
