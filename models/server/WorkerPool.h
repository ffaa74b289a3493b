// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace kith::server {

/// Threads that run jobs in the order of their coming. They are started as they are needed. Logins may take half of
/// them at most, renewals of tokens a quarter: they wait for password hashes and for other servers, and nobody else
/// shall wait for them, nor logins for renewals.
class WorkerPool
{
public:
    enum class Lane { Ordinary, Login, Renewal };
    static constexpr std::size_t Lanes = 3;

    explicit WorkerPool(std::size_t threads) : m_limit(threads) {}
    ~WorkerPool(); ///< Finishes what was given to it.
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    /// Thread-safe. The job must not throw.
    void run(Lane lane, std::function<void()> job);

private:
    void work();
    /// The lane that the next job is to be taken from; none: there is nothing to do now.
    std::optional<std::size_t> next() const;
    std::size_t waiting() const;

    const std::size_t m_limit;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::array<std::deque<std::function<void()>>, Lanes> m_jobs;
    std::array<std::size_t, Lanes> m_running{};
    std::size_t m_idle = 0;
    bool m_ending = false;
    std::vector<std::thread> m_threads;
};

} // namespace kith::server
