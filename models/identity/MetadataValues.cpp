// SPDX-License-Identifier: Apache-2.0
#include "identity/MetadataValues.h"

#include <boost/json.hpp>

#include <array>

namespace kith::identity {

void forEachMetadataValue(std::string_view json, void (*function)(void *context, std::string_view value), void *context)
{
    if (json.empty())
        return;
    std::array<unsigned char, 4096> buffer; // most objects fit: no allocation for each of a million
    boost::json::monotonic_resource memory(buffer.data(), buffer.size());
    boost::json::error_code error;
    const boost::json::value parsed = boost::json::parse(json, error, &memory);
    if (error || !parsed.is_object())
        return;
    for (const auto &[key, value] : parsed.get_object()) {
        if (value.is_string())
            function(context, value.get_string());
    }
}

} // namespace kith::identity
