// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace kith::identity {

/// The text without the ASCII blanks at both ends.
inline std::string_view withoutBlanks(std::string_view text)
{
    constexpr std::string_view Blank = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(Blank);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(Blank) - begin + 1);
}

} // namespace kith::identity
