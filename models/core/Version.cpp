// SPDX-License-Identifier: Apache-2.0
#include "core/Version.h"

namespace kith::core {

std::string_view serverVersion()
{
    return "2.7.2+kith." KITH_VERSION;
}

} // namespace kith::core
