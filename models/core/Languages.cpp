// SPDX-License-Identifier: Apache-2.0
#include "core/Languages.h"

#include "policy/Scalars.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::core {

namespace {

/// In thousandths.
int weightOf(std::string_view parameters)
{
    const auto place = parameters.find("q=");
    if (place == std::string_view::npos)
        return 1000;
    const std::string_view text = parameters.substr(place + 2);
    if (!text.starts_with('0'))
        return text.starts_with('1') ? 1000 : 0;
    int weight = 0;
    for (std::size_t i = 2; i < 5; ++i)
        weight = weight * 10 + (i < text.size() && text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 0);
    return weight;
}

} // namespace

std::string_view languageOf(std::string_view tag)
{
    const std::string primary = foldCase(tag.substr(0, tag.find('-')));
    return primary == "de" ? "de" : primary == "en" || primary == "*" ? "en" : "";
}

std::string_view preferredLanguage(std::string_view acceptLanguage)
{
    std::string_view best = "en";
    int bestWeight = 0;
    while (!acceptLanguage.empty()) {
        const auto comma = std::min(acceptLanguage.find(','), acceptLanguage.size());
        const std::string_view range = acceptLanguage.substr(0, comma);
        acceptLanguage.remove_prefix(std::min(comma + 1, acceptLanguage.size()));
        const auto semicolon = std::min(range.find(';'), range.size());
        const std::string_view language = languageOf(policy::trimmed(range.substr(0, semicolon)));
        const int weight = weightOf(range.substr(semicolon));
        if (!language.empty() && weight > bestWeight) {
            best = language;
            bestWeight = weight;
        }
    }
    return best;
}

} // namespace kith::core
