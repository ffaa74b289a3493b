// SPDX-License-Identifier: Apache-2.0
#include "oidc/Algorithm.h"

#include <algorithm>

namespace kith::oidc {

std::optional<Algorithm> algorithmOf(std::string_view name)
{
    const auto algorithm = jose::signatureAlgorithm(name);
    const bool known =
        algorithm && std::find(AllAlgorithms.begin(), AllAlgorithms.end(), *algorithm) != AllAlgorithms.end();
    return known ? algorithm : std::nullopt;
}

} // namespace kith::oidc
