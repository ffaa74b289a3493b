// SPDX-License-Identifier: Apache-2.0
#include "auth/PolicyNameTemplate.h"

#include "auth/FieldTemplate.h"
#include "store/GoText.h"

#include <optional>

namespace kith::auth {

namespace json = boost::json;

namespace {

/// As Go prints a claim inside a template.
std::string claimText(const json::object &claims, const std::vector<std::string> &path)
{
    const json::object *object = &claims;
    const json::value *value = nullptr;
    for (const std::string &name : path) {
        value = object ? object->if_contains(name) : nullptr;
        object = value ? value->if_object() : nullptr;
    }
    return value && !value->is_null() ? store::goText(*value) : "<no value>";
}

} // namespace

Result<void> checkPolicyTemplates(const std::vector<std::string> &names)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!filledIn(names[i], [](const auto &) { return std::string(); }))
            return rawError("failed to parse template policy [" + std::to_string(i) +
                            "]: only fields such as {{.sub}} can be filled in: " + names[i]);
    return {};
}

std::string filledPolicyName(const std::string &name, const json::object &claims)
{
    return filledIn(name, [&](const auto &path) { return claimText(claims, path); }).value_or(name);
}

} // namespace kith::auth
