// SPDX-License-Identifier: Apache-2.0
#include "server/WorkerPool.h"

namespace kith::server {

WorkerPool::~WorkerPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void WorkerPool::run(Lane lane, std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        (lane == Lane::Login ? m_logins : m_ordinary).push_back(std::move(job));
        if (m_idle < m_ordinary.size() + m_logins.size() && m_threads.size() < m_limit)
            m_threads.emplace_back([this] { work(); });
    }
    m_wake.notify_one();
}

void WorkerPool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        ++m_idle;
        m_wake.wait(lock, [this] {
            return !m_ordinary.empty() || mayLogin() || (m_ending && m_ordinary.empty() && m_logins.empty());
        });
        --m_idle;
        const bool ordinary = !m_ordinary.empty();
        if (!ordinary && m_logins.empty())
            return;
        auto &jobs = ordinary ? m_ordinary : m_logins;
        const std::function<void()> job = std::move(jobs.front());
        jobs.pop_front();
        m_loginsRunning += ordinary ? 0 : 1;
        lock.unlock();
        job();
        lock.lock();
        m_loginsRunning -= ordinary ? 0 : 1;
        if (!ordinary && (mayLogin() || m_ending))
            m_wake.notify_all();
    }
}

} // namespace kith::server
