// SPDX-License-Identifier: Apache-2.0
// How lists and maps of tokens are kept. Internal to models/auth.
#pragma once

#include <boost/json.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// What isn't a text is left out; only a foreign hand can have put it there.
inline std::vector<std::string> textsOf(const boost::json::value &value)
{
    std::vector<std::string> texts;
    if (const auto *list = value.if_array())
        for (const boost::json::value &item : *list)
            if (item.is_string())
                texts.emplace_back(item.get_string());
    return texts;
}

inline std::map<std::string, std::string> pairsOf(const boost::json::value &value)
{
    std::map<std::string, std::string> pairs;
    if (const auto *object = value.if_object())
        for (const auto &member : *object)
            if (member.value().is_string())
                pairs.emplace(member.key(), member.value().get_string());
    return pairs;
}

inline boost::json::value parsedColumn(std::string_view json)
{
    boost::system::error_code damaged;
    return boost::json::parse(json, damaged);
}

} // namespace kith::auth
