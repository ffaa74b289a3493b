// SPDX-License-Identifier: Apache-2.0
#pragma once

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

    /// One round, at once.
    static Result<void> tidy(Engine &engine);

private:
    void run(const std::stop_token &stopping);

    Engine &m_engine;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace kith::core
