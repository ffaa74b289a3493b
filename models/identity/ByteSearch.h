// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kith::identity {

/// Looks for a few bytes in very many, as fast as memory gives them: led by those two of them that are the rarest
/// there, 64 places at a time. Immutable; thread-safe.
class ByteSearch
{
public:
    /// How often each byte stands in what will be searched, roughly.
    using Counts = std::array<std::uint32_t, 256>;
    /// Of some parts of the text, a moment's work.
    static Counts sampled(std::string_view text);

    /// The needle may not be empty.
    ByteSearch(std::string_view needle, const Counts &counts);

    /// Where the needle stands first; npos: nowhere.
    std::size_t find(std::string_view text) const;
    bool isIn(std::string_view text) const { return find(text) != std::string_view::npos; }

private:
    std::size_t findInBlocks(std::string_view text, std::size_t &at) const;

    std::string m_needle;
    std::size_t m_rarest = 0; ///< Where in the needle.
    std::size_t m_second = 0; ///< The same if there is no other.
};

} // namespace kith::identity
