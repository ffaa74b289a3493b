// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// Nanoseconds since 1970, UTC: how the core file keeps times.
using Nanoseconds = std::int64_t;

/// The time, passed in, so that tests own it. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Nanoseconds now() const = 0;
};

class SystemClock final : public Clock
{
public:
    Nanoseconds now() const override
    {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    }
};

/// RFC 3339 in UTC with nanoseconds, trailing zeros of the fraction dropped as Go does ("2026-11-22T08:00:00.5Z").
std::string toRfc3339(Nanoseconds time);

/// The time that such a text names, with any offset ("+02:00"); nothing if it isn't one.
std::optional<Nanoseconds> fromRfc3339(std::string_view text);

} // namespace kith
