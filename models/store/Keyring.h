// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Seal.h"
#include "store/Store.h"

#include <memory>
#include <mutex>

namespace kith::store {

/// The keys of a core file. Secrets are sealed with a data key, which is kept in the file, sealed with the root key,
/// which is not: it comes from unseal shares, from the desktop's keychain, or from a passphrase. Thread-safe.
class Keyring
{
public:
    enum class State {
        New,      ///< The file has no keys yet.
        Sealed,   ///< It has; they are not at hand.
        Unsealed, ///< At hand.
    };

    /// The store must outlive it. Nothing is read yet: state() asks the file.
    explicit Keyring(Store &store) : m_store(store) {}

    Result<State> state() const;
    /// Null unless unsealed.
    std::shared_ptr<const Seal> seal() const;

    /// Makes the data key of a new file, sealed with `rootKey`, and unseals. InvalidRequest: it has one.
    Result<void> create(const SecretKey &rootKey);
    /// Unseals. Damaged: the root key is another one. InvalidRequest: the file has no keys yet.
    Result<void> unseal(const SecretKey &rootKey);
    /// Forgets the keys; who still holds seal() may finish what is under way.
    void lock();

private:
    void hold(const SecretKey &dataKey);

    Store &m_store;
    mutable std::mutex m_mutex;
    std::shared_ptr<const Seal> m_seal;
};

} // namespace kith::store
