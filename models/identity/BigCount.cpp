// SPDX-License-Identifier: Apache-2.0
#include "identity/BigCount.h"

#include <algorithm>

namespace kith::identity {

void BigCount::addLong(const BigCount &other)
{
    // `other` may be *this: each digit is read before it is written.
    const std::uint64_t low = m_low + other.m_low;
    std::uint64_t carry = low < m_low ? 1 : 0;
    m_low = low;
    const std::size_t count = std::max(m_high.size(), other.m_high.size());
    m_high.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t theirs = i < other.m_high.size() ? other.m_high[i] : 0;
        const std::uint64_t sum = m_high[i] + theirs;
        const std::uint64_t overflow = sum < theirs ? 1 : 0;
        m_high[i] = sum + carry;
        carry = overflow + (m_high[i] < carry ? 1 : 0);
    }
    if (carry != 0)
        m_high.push_back(carry);
}

std::string BigCount::toString() const
{
    if (m_high.empty())
        return std::to_string(m_low);
    std::vector<std::uint32_t> digits; // base 2^32, highest first
    for (auto digit = m_high.rbegin(); digit != m_high.rend(); ++digit) {
        digits.push_back(static_cast<std::uint32_t>(*digit >> 32));
        digits.push_back(static_cast<std::uint32_t>(*digit));
    }
    digits.push_back(static_cast<std::uint32_t>(m_low >> 32));
    digits.push_back(static_cast<std::uint32_t>(m_low));

    constexpr std::uint64_t billion = 1'000'000'000;
    std::string reversed;
    for (auto front = digits.begin(); front != digits.end();) {
        std::uint64_t rest = 0;
        for (auto digit = front; digit != digits.end(); ++digit) {
            const std::uint64_t value = rest << 32 | *digit;
            *digit = static_cast<std::uint32_t>(value / billion);
            rest = value % billion;
        }
        for (int i = 0; i < 9; ++i, rest /= 10)
            reversed.push_back(static_cast<char>('0' + rest % 10));
        front = std::find_if(front, digits.end(), [](std::uint32_t digit) { return digit != 0; });
    }
    reversed.erase(reversed.find_last_not_of('0') + 1);
    return {reversed.rbegin(), reversed.rend()};
}

} // namespace kith::identity
