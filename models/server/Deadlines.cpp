// SPDX-License-Identifier: Apache-2.0
#include "server/Deadlines.h"

#include <sys/socket.h>

#include <algorithm>

namespace kith::server {

Deadlines::Deadlines(std::size_t crowd) : m_crowd(crowd), m_thread([this] { look(); }) {}

Deadlines::~Deadlines()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
    for (const Watch *watch : m_watches)
        delete watch;
}

Deadlines::Watch *Deadlines::add(int socket, std::chrono::milliseconds first)
{
    auto watch = std::make_unique<Watch>(socket, first);
    const std::lock_guard lock(m_mutex);
    m_watches.insert(watch.get());
    return watch.release();
}

void Deadlines::remove(Watch *watch)
{
    const std::lock_guard lock(m_mutex);
    m_watches.erase(watch);
    delete watch;
}

/// The library sees the end of the connection and closes it; the number can't be another's before, as remove() waits
/// for the lock that is held here.
void Deadlines::end(Watch &watch)
{
    ::shutdown(watch.socket(), SHUT_RDWR);
    watch.clear();
}

bool Deadlines::endIdlest()
{
    const std::lock_guard lock(m_mutex);
    const auto idlest = std::min_element(m_watches.begin(), m_watches.end(),
                                         [](const Watch *a, const Watch *b) { return a->idleBefore(*b); });
    if (idlest == m_watches.end() || !(*idlest)->isIdle())
        return false;
    end(**idlest);
    return true;
}

void Deadlines::look()
{
    constexpr std::chrono::milliseconds Step(200);
    constexpr std::chrono::seconds IdleInACrowd(2);
    std::unique_lock lock(m_mutex);
    while (!m_ending) {
        const Time now = std::chrono::steady_clock::now();
        for (Watch *watch : m_watches) {
            const bool crowded = m_watches.size() > m_crowd && watch->idleBefore(now - IdleInACrowd);
            if (crowded || watch->over(now))
                end(*watch);
        }
        m_wake.wait_for(lock, Step);
    }
}

} // namespace kith::server
