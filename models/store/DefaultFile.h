// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace kith::store {

/// The core file of whoever names none: kith/core.db in the XDG data folder ($XDG_DATA_HOME if it is an absolute path,
/// else ~/.local/share). Empty when there isn't even a home folder. Nothing is created.
std::filesystem::path defaultFile();

} // namespace kith::store
