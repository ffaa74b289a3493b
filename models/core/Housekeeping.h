// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ClockWatch.h"
#include "core/Engine.h"

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace kith::core {

/// Removes from time to time what has expired, in a thread of its own. Nothing depends on it being in time: what has
/// expired isn't found any more anyway.
class Housekeeping
{
public:
    /// The engine must outlive it.
    explicit Housekeeping(Engine &engine);
    Housekeeping(const Housekeeping &) = delete;
    Housekeeping &operator=(const Housekeeping &) = delete;

private:
    void run(const std::stop_token &stopping);
    Result<void> tidy();
    Result<void> removeWhatIsOver();

    Engine &m_engine;
    ClockWatch m_watch; // the thread's
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace kith::core
