// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace kith::core {

/// What clients are told. They decide by its number what a server can do, so it begins with that of the OpenBao whose
/// API this is; the rest says whose server it is.
std::string_view serverVersion();

/// What is told of every mount: all kinds are built in, and behave as those of that OpenBao.
constexpr std::string_view BuiltInPluginVersion = "v2.7.2+builtin.bao";

} // namespace kith::core
