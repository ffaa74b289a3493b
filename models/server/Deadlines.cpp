// SPDX-License-Identifier: Apache-2.0
#include "server/Deadlines.h"

#include <sys/socket.h>

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

void Deadlines::look()
{
    constexpr std::chrono::milliseconds Step(200);
    constexpr std::chrono::seconds IdleInACrowd(2);
    std::unique_lock lock(m_mutex);
    while (!m_ending) {
        const Time now = std::chrono::steady_clock::now();
        for (Watch *watch : m_watches) {
            const bool crowded = m_watches.size() > m_crowd && watch->idleBefore(now - IdleInACrowd);
            if (!crowded && !watch->over(now))
                continue;
            // The library sees the end of the connection and closes it; the number can't be another's before, as
            // remove() waits for this lock.
            ::shutdown(watch->socket(), SHUT_RDWR);
            watch->clear();
        }
        m_wake.wait_for(lock, Step);
    }
}

} // namespace kith::server
