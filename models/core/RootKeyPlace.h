// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Passphrase.h"
#include "store/Session.h"

#include <string>

namespace kith::core {

/// Where the root key of a core comes from. It stands in the core itself, so that a copy or a backup of the file still
/// opens with what opened the original. No secret.
struct RootKeyPlace {
    enum class Kind {
        Shares,     ///< Put together from unseal shares (sys/init). Also: it has no keys yet.
        Keychain,   ///< In the desktop's keychain, under `keychainId`.
        Passphrase, ///< Made from a passphrase by `scrypt`.
    };
    Kind kind = Kind::Shares;
    std::string keychainId;
    store::Scrypt scrypt;
};

/// Shares where nothing is written, or nothing that can be understood.
RootKeyPlace findPlace(store::Session &session);
void savePlace(store::WriteSession &session, const RootKeyPlace &place);

} // namespace kith::core
