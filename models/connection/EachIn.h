// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <string_view>

namespace kith::connection {

/// Calls `function(json::object &)` for each object in the list under that name, if it is one; const as `object` is.
template <class Object, class Function>
void eachIn(Object &object, std::string_view name, Function function)
{
    if (auto *list = object.if_contains(name); list && list->is_array())
        for (auto &value : list->get_array())
            if (auto *inner = value.if_object())
                function(*inner);
}

} // namespace kith::connection
