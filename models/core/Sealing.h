// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/RootKeyPlace.h"
#include "core/ShareCollector.h"
#include "store/Keyring.h"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kith::core {

class Rekeying;
class RootGeneration;

/// What clients know a core by.
struct Cluster {
    std::string name;
    std::string id;
};

/// The first keys of a core, which nobody can know later.
struct FirstKeys {
    std::vector<std::string> shares;
    std::string rootToken;
};

/// Gives a core its keys, and opens and closes it with them: what stands behind sys/init, sys/unseal and sys/seal, and
/// what holders of the root key's shares do together. Thread-safe. What the holders have begun is lost with it.
class Sealing
{
public:
    struct Status {
        store::Keyring::Status keys;
        int progress = 0;  ///< Shares given to unseal.
        std::string nonce; ///< Of this unsealing; empty: nobody has begun.
        Cluster cluster;   ///< Empty unless unsealed.
        bool sealed() const { return keys.state != store::Keyring::State::Unsealed; }
        bool initialized() const { return keys.state != store::Keyring::State::New; }
    };

    /// Both must outlive it.
    Sealing(store::Store &store, store::Keyring &keyring);
    ~Sealing();

    Result<Status> status();

    /// Makes root key, data key and a root token. The core stays sealed. Fails with status 400.
    Result<FirstKeys> initialise(const store::KeyShares &shares);
    /// Makes the keys of a new core whose root key is kept elsewhere (the desktop's keychain), or unseals it. A new
    /// one remembers `place`: where.
    Result<void> open(const store::SecretKey &rootKey, const RootKeyPlace &place = {});
    /// Where its root key comes from.
    Result<RootKeyPlace> place();

    /// Takes a share; the last one that it takes unseals. Fails with status 400.
    Result<Status> unseal(std::string share);
    Result<Status> resetUnseal(); ///< Fails with status 400 when it is unsealed.
    void seal();

    RootGeneration &rootGeneration() { return *m_rootGeneration; }
    /// For sys/rekey, and for sys/rotate/root.
    Rekeying &rekeying() { return *m_rekeying; }
    Rekeying &rotating() { return *m_rotating; }
    store::Keyring &keyring() { return m_keyring; }

private:
    Result<void> createKeys(const store::SecretKey &rootKey, const store::KeyShares &shares, const RootKeyPlace &place,
                            std::string *rootToken);
    Result<void> unsealTogether(int threshold);
    Result<Cluster> cluster();

    store::Store &m_store;
    store::Keyring &m_keyring;
    std::unique_ptr<RootGeneration> m_rootGeneration;
    std::unique_ptr<Rekeying> m_rekeying;
    std::unique_ptr<Rekeying> m_rotating;
    std::mutex m_mutex; // guards all below
    ShareCollector m_shares;
    std::string m_nonce;
    std::optional<Cluster> m_cluster;
};

} // namespace kith::core
