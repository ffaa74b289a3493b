// SPDX-License-Identifier: Apache-2.0
// Addresses that a provider sends browsers back to. Internal to models/core.
#pragma once

#include <string>

namespace kith::core {

struct SplitAddress {
    std::string address;
    std::string ns; ///< Decoded; empty: none was named.
};
/// The namespace that a query names, and the address without it.
SplitAddress withoutNamespace(const std::string &address);

/// The path of the auth method below a console's or the API's addresses:
/// "https://host/ui/vault/auth/PATH/oidc/callback", "https://host/v1/NAMESPACE/auth/PATH/oidc/callback". Empty: it
/// isn't one of those.
std::string consolesMount(const std::string &address);

} // namespace kith::core
