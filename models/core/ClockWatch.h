// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"

#include <algorithm>
#include <optional>

namespace kith::core {

/// Notices that the clock was set back, by how far it is ahead of one that nobody can set. So nobody need look at all
/// that expires to find out. Used by one thread.
class ClockWatch
{
public:
    /// Whether it was since the last settle(), by more than a second in all; also when there was none: a clock may be
    /// set while nobody watches.
    bool wasSetBack(Nanoseconds now, Nanoseconds steady)
    {
        if (!m_highest)
            return true;
        m_highest = std::max(*m_highest, now - steady);
        return now - steady < *m_highest - Tolerance;
    }
    /// What expires too late for these times has been put right.
    void settle(Nanoseconds now, Nanoseconds steady) { m_highest = now - steady; }

private:
    static constexpr Nanoseconds Tolerance = 1'000'000'000; ///< What is granted is counted in seconds.

    std::optional<Nanoseconds> m_highest; ///< By how much it was ahead at most.
};

} // namespace kith::core
