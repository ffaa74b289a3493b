// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kith::server {

/// Threads that run jobs in the order of their coming. They are started as they are needed. Logins may take half of
/// them at most: they wait for password hashes, and nobody else shall wait for them.
class WorkerPool
{
public:
    enum class Lane { Ordinary, Login };

    explicit WorkerPool(std::size_t threads) : m_limit(threads) {}
    ~WorkerPool(); ///< Finishes what was given to it.
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    /// Thread-safe. The job must not throw.
    void run(Lane lane, std::function<void()> job);

private:
    void work();
    bool mayLogin() const { return !m_logins.empty() && m_loginsRunning < (m_limit + 1) / 2; }

    const std::size_t m_limit;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_ordinary;
    std::deque<std::function<void()>> m_logins;
    std::size_t m_loginsRunning = 0;
    std::size_t m_idle = 0;
    bool m_ending = false;
    std::vector<std::thread> m_threads;
};

} // namespace kith::server
