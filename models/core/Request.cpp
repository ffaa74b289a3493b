// SPDX-License-Identifier: Apache-2.0
#include "core/Request.h"

namespace kith::core {

std::string_view operationName(Operation operation)
{
    switch (operation) {
    case Operation::Create:
        return "create";
    case Operation::Read:
        return "read";
    case Operation::Update:
        return "update";
    case Operation::Patch:
        return "patch";
    case Operation::Delete:
        return "delete";
    case Operation::List:
        return "list";
    case Operation::Scan:
        return "scan";
    case Operation::Head:
        return "header";
    }
    return {};
}

} // namespace kith::core
