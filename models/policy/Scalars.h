// SPDX-License-Identifier: Apache-2.0
// Numbers, durations, times and words as policies write them, with the real server's error texts. Internal to
// models/policy.
#pragma once

#include "store/Clock.h"
#include "store/Result.h"

#include <cstdint>
#include <string_view>

namespace kith::policy {

/// A whole number: decimal, or with 0x, 0o, 0b or 0 in front; `_` may stand between digits then. Fails with
/// `strconv.ParseInt: parsing "x": invalid syntax`, or `value out of range`.
Result<std::int64_t> parseInteger(std::string_view text);
/// The same in decimal only.
Result<std::int64_t> parseDecimal(std::string_view text);

/// A floating point number, checked as strconv.ParseFloat does.
Result<double> parseFloat(std::string_view text);

/// Seconds ("300"), days ("2d"), or a Go duration ("1h30m"); empty is 0.
Result<Nanoseconds> parseDuration(std::string_view text);

/// Whole seconds as a duration. Fails when it doesn't fit.
Result<Nanoseconds> secondsToDuration(std::int64_t seconds);

/// Without the blanks and line breaks around it.
std::string_view trimmed(std::string_view text);

/// RFC 3339, or seconds since 1970; empty is 0 (none). Times out of range become the nearest that can be kept.
Result<Nanoseconds> parseTime(std::string_view text);

} // namespace kith::policy
