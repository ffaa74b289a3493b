// SPDX-License-Identifier: Apache-2.0
#include "core/Routes.h"

namespace kith::core {

std::vector<Route> entityRoutes()
{
    return {};
}

} // namespace kith::core
