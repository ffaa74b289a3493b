// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Core.h"
#include "server/ServerOptions.h"

#include <string_view>
#include <vector>

namespace kith::d {

/// Exit statuses.
constexpr int Done = 0;
constexpr int Failed = 1;
constexpr int WrongUsage = 2;

/// Says on standard error what went wrong; Failed.
int fail(std::string_view text);
int fail(const Error &error);

/// Makes a folder for its owner alone (0700), or makes an existing one so.
Result<void> makePrivate(const std::filesystem::path &folder);

enum class Reach {
    Anywhere,
    Loopback, ///< Refuses to listen for other machines.
};

/// Serves the core at every place until a signal ends it; the exit status. `greeting` comes before the line that tells
/// where it listens. `apiAddress`: how clients reach it; empty: at the first place.
int serve(core::Core &core, const std::vector<server::ServerOptions> &places, Reach reach, std::string_view greeting,
          const std::string &apiAddress = {});

} // namespace kith::d
