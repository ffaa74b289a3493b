// SPDX-License-Identifier: Apache-2.0
// What the tests of identity/oidc look at in answers and tokens.
#pragma once

#include "core/Request.h"
#include "oidc/Jwt.h"

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace kith::test {

/// A text of the answer's data; empty: there is none.
inline std::string text(const core::Response &response, std::string_view name)
{
    const auto *data = response.data ? response.data->if_object() : nullptr;
    const auto *value = data ? data->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

inline std::string header(const core::Response &response, std::string_view name)
{
    for (const auto &[key, value] : response.headers)
        if (key == name)
            return value;
    return {};
}

/// Empty: it is no JWT.
inline boost::json::object claimsOf(const std::string &jwt)
{
    const auto parsed = oidc::parseJwt(jwt);
    return parsed ? boost::json::parse(parsed->payload).as_object() : boost::json::object();
}

} // namespace kith::test
