// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Seal.h"
#include "store/Shamir.h"
#include "store/Store.h"

#include <functional>
#include <memory>
#include <mutex>

namespace kith::store {

/// The keys of a core file. Secrets are sealed with a data key, which is kept in the file, sealed with the root key,
/// which is not: it comes from unseal shares, from the desktop's keychain, or from a passphrase. Thread-safe.
///
/// A new term brings a new data key for what is sealed from then on; those of the terms before stay, sealed with the
/// first.
class Keyring
{
public:
    enum class State {
        New,      ///< The file has no keys yet.
        Sealed,   ///< It has; they are not at hand.
        Unsealed, ///< At hand.
    };

    /// What of it is no secret.
    struct Status {
        State state = State::New;
        KeyShares shares = {0, 0}; ///< Zero while it is new.
        std::int64_t term = 0;     ///< Zero unless unsealed, as the two below.
        std::int64_t sealings = 0; ///< In this term, since it was unsealed.
        Nanoseconds termBegun = 0;
    };

    /// So many values one term's key seals at most: far fewer than where nonces drawn at random begin to meet.
    static constexpr std::int64_t MostSealings = 3'865'470'566;

    /// Runs in the transaction that makes the keys: what must come into being with them.
    using Along = std::function<Result<void>(WriteSession &, const Seal &)>;

    /// The store must outlive it. Nothing is read yet: state() asks the file.
    explicit Keyring(Store &store) : m_store(store) {}

    Result<State> state() const;
    Result<Status> status() const;
    /// Null unless unsealed.
    std::shared_ptr<const Seal> seal() const;
    /// The same for who can't do without: status 503 unless unsealed.
    Result<std::shared_ptr<const Seal>> unsealed() const;

    /// Makes the data key of a new file, sealed with `rootKey`, and unseals. InvalidRequest: it has one.
    Result<void> create(const SecretKey &rootKey);
    /// The same, but it stays sealed, and remembers how the root key is shared.
    Result<void> createSealed(const SecretKey &rootKey, const KeyShares &shares, const Along &along = {});
    /// Unseals. Damaged: the root key is another one. InvalidRequest: the file has no keys yet.
    Result<void> unseal(const SecretKey &rootKey);
    /// Whether it is the root key: an error as of unseal(), but nothing is unsealed.
    Result<void> check(const SecretKey &rootKey) const;
    /// Gives the root key's place to another one. Damaged: `rootKey` isn't the root key.
    Result<void> changeRootKey(const SecretKey &rootKey, const SecretKey &newRootKey, const KeyShares &shares);
    /// Begins a new term. InvalidRequest: sealed.
    Result<void> beginTerm();
    /// Forgets the keys; who still holds seal() may finish what is under way.
    void lock();

private:
    void hold(std::vector<SecretKey> keys);

    Store &m_store;
    mutable std::mutex m_mutex;
    std::vector<SecretKey> m_keys; ///< By term; empty unless unsealed.
    std::shared_ptr<const Seal> m_seal;
};

} // namespace kith::store
