// SPDX-License-Identifier: Apache-2.0
#include "policy/Capability.h"

#include <algorithm>
#include <array>

namespace kith::policy {

namespace {

constexpr std::array<std::string_view, CapabilityCount> capabilityNames{"create", "delete", "deny", "list",  "patch",
                                                                        "read",   "scan",   "sudo", "update"};

} // namespace

std::string_view capabilityName(Capability capability)
{
    return capabilityNames[static_cast<std::size_t>(capability)];
}

std::optional<Capability> capabilityOf(std::string_view name)
{
    const auto *const found = std::find(capabilityNames.begin(), capabilityNames.end(), name);
    if (found == capabilityNames.end())
        return std::nullopt;
    return static_cast<Capability>(found - capabilityNames.begin());
}

std::vector<std::string> Capabilities::names() const
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < capabilityNames.size(); ++i) {
        if (has(static_cast<Capability>(i)))
            names.emplace_back(capabilityNames[i]);
    }
    return names;
}

} // namespace kith::policy
