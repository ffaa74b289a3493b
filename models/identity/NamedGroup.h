// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Ids.h"

#include <string>

namespace kith::identity {

struct NamedGroup {
    GroupId id;
    std::string name;
    bool external = false;
};

} // namespace kith::identity
