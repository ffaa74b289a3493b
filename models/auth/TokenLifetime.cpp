// SPDX-License-Identifier: Apache-2.0
#include "auth/Tokens.h"
#include "identity/Mounts.h"

#include <algorithm>

namespace kith::auth {

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

/// The smaller of those that are set.
std::int64_t least(std::int64_t a, std::int64_t b)
{
    return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

std::string exceeded(const char *what, std::int64_t asked, std::int64_t most, const char *capped)
{
    return std::string(what) + " of \"" + durationText(asked) + "\" exceeded the effective max_ttl of \"" +
           durationText(most) + "\"; " + capped + " value is capped accordingly";
}

std::int64_t leaseIn(const boost::json::object &config, std::string_view key)
{
    const boost::json::value *value = config.if_contains(key);
    const std::int64_t seconds = value && value->is_int64() ? value->get_int64() : 0;
    return seconds > 0 ? seconds : LeaseLimits::System;
}

} // namespace

LeaseLimits leaseLimits(const boost::json::object &mountConfig)
{
    LeaseLimits limits{leaseIn(mountConfig, "default_lease_ttl"), leaseIn(mountConfig, "max_lease_ttl")};
    limits.defaultTtl = std::min(limits.defaultTtl, limits.maxTtl);
    return limits;
}

LeaseLimits leaseLimits(store::Session &session, MountId mount)
{
    return leaseLimits(identity::mountSettings(session, mount).config);
}

std::string durationText(std::int64_t seconds)
{
    const std::int64_t hours = seconds / 3600;
    const std::int64_t minutes = seconds / 60 % 60;
    const std::int64_t rest = seconds % 60;
    std::string text;
    if (hours != 0)
        text += std::to_string(hours) + "h";
    if (minutes != 0 || (hours != 0 && rest != 0))
        text += std::to_string(minutes) + "m";
    if (rest != 0 || text.empty())
        text += std::to_string(rest) + "s";
    return text;
}

Result<Lifetime> lifetime(const LifetimeWish &wish, Nanoseconds created, Nanoseconds now)
{
    const std::int64_t most = least(least(wish.limits.maxTtl, wish.maxTtl), wish.explicitMaxTtl);
    // A clock set back must not make it older, or younger, than it is.
    const auto rounded = [](Nanoseconds time) { return (time + Second / 2) / Second; };
    const std::int64_t age = std::max<std::int64_t>(0, rounded(now) - rounded(created));
    Lifetime result;
    if (wish.period > 0) {
        result.seconds = wish.period;
        const std::int64_t bound = most;
        if (result.seconds > bound) {
            result.warnings.push_back(exceeded("period", wish.period, bound, "period"));
            result.seconds = bound;
        }
        if (wish.explicitMaxTtl == 0)
            return result;
        if (age >= wish.explicitMaxTtl)
            return rawError("past the max TTL, cannot renew");
        result.seconds = std::min(result.seconds, wish.explicitMaxTtl - age);
        return result;
    }
    if (age >= most)
        return rawError("past the max TTL, cannot renew");
    result.seconds = wish.ttl > 0 ? wish.ttl : wish.limits.defaultTtl;
    if (result.seconds > most - age) {
        if (wish.ttl > 0)
            result.warnings.push_back(exceeded("TTL", wish.ttl, most - age, "TTL"));
        result.seconds = most - age;
    }
    return result;
}

} // namespace kith::auth
