// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "store/Error.h"

#include <string>
#include <string_view>

namespace kith::ctl {

enum ExitStatus { Done = 0, Failed = 1, WrongUsage = 2, Differs = 3 };

/// A name for the terminal: as it is, or in quotes with escapes when it holds what isn't printable, so that no name can
/// move the cursor or turn the line around.
std::string plain(std::string_view name);

/// "kithctl: …" on standard error. Returns Failed.
int fail(std::string_view text);

/// The same with what went wrong, where, and the way out.
int fail(const Error &error);

/// The errors of an answer, one a line.
int fail(const core::Response &response);

/// "1 group", "2 groups".
std::string counted(std::size_t count, std::string_view one, std::string_view many);

} // namespace kith::ctl
