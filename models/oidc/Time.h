// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"

#include <limits>

namespace kith::oidc {

/// `seconds` after `time`; the end of time where that lies beyond it.
constexpr Nanoseconds after(Nanoseconds time, std::int64_t seconds)
{
    constexpr std::int64_t second = 1'000'000'000;
    Nanoseconds length = 0;
    Nanoseconds end = 0;
    if (__builtin_mul_overflow(seconds, second, &length) || __builtin_add_overflow(time, length, &end))
        return seconds < 0 ? std::numeric_limits<Nanoseconds>::min() : std::numeric_limits<Nanoseconds>::max();
    return end;
}

} // namespace kith::oidc
