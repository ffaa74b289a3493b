// SPDX-License-Identifier: Apache-2.0
#include "identity/ByteSearch.h"

#include <algorithm>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace kith::identity {

namespace {

constexpr std::size_t Block = 64;

constexpr std::size_t SampledParts = 64;
constexpr std::size_t SampledBytes = 4096; ///< Of each part.

} // namespace

ByteSearch::Counts ByteSearch::sampled(std::string_view text)
{
    Counts counts{};
    const std::size_t step = std::max(text.size() / SampledParts, SampledBytes);
    for (std::size_t at = 0; at < text.size(); at += step) {
        for (const char byte : text.substr(at, SampledBytes))
            ++counts[static_cast<unsigned char>(byte)];
    }
    return counts;
}

ByteSearch::ByteSearch(std::string_view needle, const Counts &counts) : m_needle(needle)
{
    const auto count = [&](std::size_t place) { return counts[static_cast<unsigned char>(m_needle[place])]; };
    for (std::size_t place = 1; place < m_needle.size(); ++place) {
        if (count(place) < count(m_rarest)) {
            m_second = m_rarest;
            m_rarest = place;
        } else if (m_second == m_rarest || count(place) < count(m_second)) {
            m_second = place;
        }
    }
}

/// `at` is where the rest begins that is too short for a block.
std::size_t ByteSearch::findInBlocks(std::string_view text, std::size_t &at) const
{
#ifdef __SSE2__
    const __m128i rarest = _mm_set1_epi8(m_needle[m_rarest]);
    const __m128i second = _mm_set1_epi8(m_needle[m_second]);
    const auto places = [&](const char *from) {
        const auto *one = reinterpret_cast<const __m128i *>(from + m_rarest);
        const auto *other = reinterpret_cast<const __m128i *>(from + m_second);
        return _mm_and_si128(_mm_cmpeq_epi8(_mm_loadu_si128(one), rarest),
                             _mm_cmpeq_epi8(_mm_loadu_si128(other), second));
    };
    const auto bits = [](__m128i found, int quarter) {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(found))) << (16 * quarter);
    };
    const bool certain = m_needle.size() <= 2;
    for (; at + Block + m_needle.size() <= text.size(); at += Block) {
        const char *from = text.data() + at;
        const __m128i a = places(from);
        const __m128i b = places(from + 16);
        const __m128i c = places(from + 32);
        const __m128i d = places(from + 48);
        if (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d))) == 0)
            continue;
        for (std::uint64_t rest = bits(a, 0) | bits(b, 1) | bits(c, 2) | bits(d, 3); rest != 0; rest &= rest - 1) {
            const auto place = static_cast<std::size_t>(std::countr_zero(rest));
            if (certain || std::memcmp(from + place, m_needle.data(), m_needle.size()) == 0)
                return at + place;
        }
    }
#else
    (void)text;
    (void)at;
#endif
    return std::string_view::npos;
}

std::size_t ByteSearch::find(std::string_view text) const
{
    std::size_t at = 0;
    if (const std::size_t found = findInBlocks(text, at); found != std::string_view::npos)
        return found;
    const void *hit = memmem(text.data() + at, text.size() - at, m_needle.data(), m_needle.size());
    return hit ? static_cast<std::size_t>(static_cast<const char *>(hit) - text.data()) : std::string_view::npos;
}

} // namespace kith::identity
