// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kith::identity {

/// An exact natural number without an upper bound: how many chains there are. A value; as quick as an integer, and
/// without an allocation, as long as it fits 64 bits.
class BigCount
{
public:
    BigCount() = default;
    BigCount(std::uint64_t value) : m_low(value) {}

    BigCount &operator+=(const BigCount &other)
    {
        const std::uint64_t sum = m_low + other.m_low;
        if (m_high.empty() && other.m_high.empty() && sum >= m_low)
            m_low = sum;
        else
            addLong(other);
        return *this;
    }
    std::string toString() const; ///< In decimal digits.

    friend bool operator==(const BigCount &, const BigCount &) = default;

private:
    void addLong(const BigCount &other);

    std::uint64_t m_low = 0;
    std::vector<std::uint64_t> m_high; // the next digits in base 2^64, lowest first; no leading zero
};

} // namespace kith::identity
