// SPDX-License-Identifier: Apache-2.0
#include "store/GoType.h"

#include "store/Json.h"

namespace kith::store {

std::string_view goTypeOf(const boost::json::value &value)
{
    if (keptNumber(value) || value.is_number())
        return "number";
    return value.is_array() ? "array" : value.is_object() ? "object" : value.is_bool() ? "bool" : "string";
}

} // namespace kith::store
