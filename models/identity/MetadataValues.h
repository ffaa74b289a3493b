// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::identity {

/// Calls `function(std::string_view)` with each value of a metadata column (a JSON object of strings; empty: none).
/// What isn't such an object has no values.
void forEachMetadataValue(std::string_view json, void (*function)(void *context, std::string_view value),
                          void *context);

template <class Function>
void forEachMetadataValue(std::string_view json, Function &&function)
{
    forEachMetadataValue(
        json,
        [](void *context, std::string_view value) {
            (*static_cast<std::remove_reference_t<Function> *>(context))(value);
        },
        &function);
}

} // namespace kith::identity
