// SPDX-License-Identifier: Apache-2.0
#include "auth/KeptObject.h"

#include "store/Json.h"

namespace kith::auth {

Result<std::optional<boost::json::object>> keptObject(const store::Entries &entries, std::string_view path)
{
    const auto text = entries.find(path);
    if (!text)
        return text.error();
    if (!*text)
        return std::optional<boost::json::object>();
    auto parsed = store::fromJson(**text);
    if (!parsed)
        return parsed.error();
    return std::optional(parsed->is_object() ? std::move(parsed->get_object()) : boost::json::object());
}

} // namespace kith::auth
