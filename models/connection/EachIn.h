// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <string_view>

namespace kith::connection {

/// Calls `function(json::object &)` for each object in the list under that name, if it is one.
template <class Function>
void eachIn(boost::json::object &object, std::string_view name, Function function)
{
    if (boost::json::value *list = object.if_contains(name); list && list->is_array())
        for (boost::json::value &value : list->get_array())
            if (boost::json::object *inner = value.if_object())
                function(*inner);
}

} // namespace kith::connection
