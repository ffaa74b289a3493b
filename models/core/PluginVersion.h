// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Mounts.h"
#include "store/Result.h"

#include <string>
#include <string_view>

namespace kith::core {

/// The version of a plugin that a request asks for, as the real server writes it: `5` is `v5.0.0`. That of what is
/// built in here is empty. Fails with status 400 at what is no version.
Result<std::string> pluginVersion(std::string_view given);

/// The same, of a mount to be enabled. Fails also where there may be no other than the one built in.
Result<std::string> pluginVersion(std::string_view given, identity::MountClass mountClass, std::string_view type);

} // namespace kith::core
