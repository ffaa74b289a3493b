// SPDX-License-Identifier: Apache-2.0
#include "oidc/KeyMaker.h"

namespace kith::oidc {

KeyPair KeyMaker::take(Algorithm algorithm)
{
    if (!isRsa(algorithm))
        return KeyPair::make(algorithm);
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = Stock;
        start();
        m_wake.notify_one();
        if (!m_stock.empty()) {
            const KeyPair pair = m_stock.back().as(algorithm);
            m_stock.pop_back();
            return pair;
        }
    }
    return KeyPair::make(algorithm);
}

void KeyMaker::stockUp()
{
    const std::lock_guard lock(m_mutex);
    start();
}

void KeyMaker::start()
{
    if (m_started)
        return;
    m_started = true;
    m_thread = std::jthread([this](const std::stop_token &stopping) { run(stopping); });
}

std::size_t KeyMaker::inStock() const
{
    const std::lock_guard lock(m_mutex);
    return m_stock.size();
}

void KeyMaker::run(const std::stop_token &stopping)
{
    std::unique_lock lock(m_mutex);
    while (!stopping.stop_requested()) {
        if (!m_wake.wait(lock, stopping, [&] { return m_stock.size() < m_wanted; }))
            return;
        lock.unlock();
        std::optional<KeyPair> made;
        try {
            made = KeyPair::make(Algorithm::Rs256);
        } catch (const std::exception &) { // whoever needs one makes it
        }
        lock.lock();
        if (!made)
            return;
        m_stock.push_back(std::move(*made));
    }
}

std::optional<KeyPair> KeySupply::take(Algorithm algorithm)
{
    auto &ready = m_ready[algorithm];
    if (ready.empty()) {
        m_wanted.push_back(algorithm);
        return std::nullopt;
    }
    m_taken.push_back(ready.back());
    ready.pop_back();
    return m_taken.back();
}

void KeySupply::restock()
{
    for (const KeyPair &pair : m_taken) // the write that took them came to nothing
        m_ready[pair.algorithm()].push_back(pair);
    m_taken.clear();
    for (const Algorithm algorithm : m_wanted)
        m_ready[algorithm].push_back(m_maker.take(algorithm));
    m_wanted.clear();
}

Error outOfKeys()
{
    return {ErrorCode::Internal, 500, "no signing key at hand", {}};
}

} // namespace kith::oidc
