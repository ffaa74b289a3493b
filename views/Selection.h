// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/MimeData.h"

#include <vector>

namespace kith::views {

/// What is selected, in brief: enough to say what can be done with it, and told at once even of a million.
struct Selection {
    std::size_t people = 0;
    std::size_t groups = 0;
    std::vector<connection::ObjectRef> listed; ///< All of them, or none of very many.
    connection::GroupRef source;               ///< As items::CarriedObjects have it.

    static Selection of(const items::CarriedObjects &objects)
    {
        return {objects.people.size(), objects.groups.size(), objects.refs(), objects.source};
    }
    std::size_t size() const { return people + groups; }
    bool empty() const { return size() == 0; }
};

} // namespace kith::views
