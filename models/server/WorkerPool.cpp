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
        m_jobs[static_cast<std::size_t>(lane)].push_back(std::move(job));
        if (m_idle < waiting() && m_threads.size() < m_limit)
            m_threads.emplace_back([this] { work(); });
    }
    m_wake.notify_one();
}

std::size_t WorkerPool::waiting() const
{
    std::size_t count = 0;
    for (const auto &jobs : m_jobs)
        count += jobs.size();
    return count;
}

std::optional<std::size_t> WorkerPool::next() const
{
    const std::array<std::size_t, Lanes> most{m_limit, (m_limit + 1) / 2, (m_limit + 3) / 4};
    for (std::size_t lane = 0; lane < Lanes; ++lane)
        if (!m_jobs[lane].empty() && m_running[lane] < most[lane])
            return lane;
    return std::nullopt;
}

void WorkerPool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        ++m_idle;
        m_wake.wait(lock, [this] { return next() || (m_ending && waiting() == 0); });
        --m_idle;
        const auto lane = next();
        if (!lane)
            return;
        const std::function<void()> job = std::move(m_jobs[*lane].front());
        m_jobs[*lane].pop_front();
        ++m_running[*lane];
        lock.unlock();
        job();
        lock.lock();
        --m_running[*lane];
        // One of a lane that was full, or the last, may go on now.
        if (*lane != static_cast<std::size_t>(Lane::Ordinary) && (next() || m_ending))
            m_wake.notify_all();
    }
}

} // namespace kith::server
