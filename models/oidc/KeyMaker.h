// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "oidc/KeyPair.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace kith::oidc {

/// Makes keys. RSA keys take long, so one is made in advance by a thread of its own, and a few once one was wanted.
/// Thread-safe.
class KeyMaker
{
public:
    /// So many RSA keys lie ready when one was taken, but none lately.
    static constexpr std::size_t Stock = 4;

    KeyMaker() = default;
    KeyMaker(const KeyMaker &) = delete;
    KeyMaker &operator=(const KeyMaker &) = delete;

    KeyPair take(Algorithm algorithm);
    /// Has an RSA key made in advance. Returns at once.
    void stockUp();
    std::size_t inStock() const;

private:
    void run(const std::stop_token &stopping);
    void start(); ///< With the mutex locked.

    mutable std::mutex m_mutex; // guards the three below
    std::vector<KeyPair> m_stock;
    bool m_started = false;
    std::size_t m_wanted = 1;
    std::condition_variable_any m_wake;
    std::jthread m_thread; // last: it uses all of the above
};

/// The new keys that a write may use: they are made before it, as nothing slow belongs in a write. Belongs to whoever
/// runs the write.
class KeySupply
{
public:
    explicit KeySupply(KeyMaker &maker) : m_maker(maker) {}

    /// None: the write has to fail (outOfKeys()), to be tried again after restock().
    std::optional<KeyPair> take(Algorithm algorithm);
    bool isLacking() const { return !m_wanted.empty(); }
    /// Makes what was asked for in vain, with what is left of the last try.
    void restock();

private:
    KeyMaker &m_maker;
    std::map<Algorithm, std::vector<KeyPair>> m_ready;
    std::vector<Algorithm> m_wanted;
    std::vector<KeyPair> m_taken;
};

/// What a write fails with when its supply lacks a key; nobody sees it.
Error outOfKeys();

/// Runs `attempt(KeySupply &)` -> Result<T>, again as long as it lacks keys.
template <class Attempt>
auto withKeys(KeyMaker &maker, Attempt &&attempt)
{
    KeySupply supply(maker);
    for (;;) {
        auto result = attempt(supply);
        if (result || !supply.isLacking())
            return result;
        supply.restock();
    }
}

} // namespace kith::oidc
