// SPDX-License-Identifier: Apache-2.0
#include "core/MountConfigShape.h"

#include "store/GoText.h"
#include "store/Text.h"

#include <algorithm>
#include <string_view>

namespace kith::core {

namespace json = boost::json;

namespace {

bool isTextOrNumber(const json::value &value)
{
    return value.is_string() || value.is_number();
}

bool isListOfTexts(const json::value &value)
{
    if (!value.is_array())
        return store::isText(value);
    const json::array &items = value.get_array();
    return std::all_of(items.begin(), items.end(),
                       [](const json::value &item) { return item.is_null() || isTextOrNumber(item); });
}

bool isFlag(const json::value &value)
{
    return value.is_bool();
}

bool isWhole(const json::value &value)
{
    return value.is_int64();
}

bool isCount(const json::value &value)
{
    return value.is_uint64() || (value.is_int64() && value.get_int64() >= 0);
}

bool isLockout(const json::value &value);

struct Member {
    std::string_view name;
    bool (*fits)(const json::value &value);
};

constexpr Member members[] = {{"default_lease_ttl", isTextOrNumber},
                              {"max_lease_ttl", isTextOrNumber},
                              {"listing_visibility", isTextOrNumber},
                              {"token_type", isTextOrNumber},
                              {"plugin_name", isTextOrNumber},
                              {"plugin_version", isTextOrNumber},
                              {"force_no_cache", isFlag},
                              {"audit_non_hmac_request_keys", isListOfTexts},
                              {"audit_non_hmac_response_keys", isListOfTexts},
                              {"passthrough_request_headers", isListOfTexts},
                              {"allowed_response_headers", isListOfTexts},
                              {"user_lockout_config", isLockout}};

constexpr Member lockoutMembers[] = {{"lockout_threshold", isCount},
                                     {"lockout_duration", isWhole},
                                     {"lockout_counter_reset", isWhole},
                                     {"disable_lockout", isFlag}};

template <std::size_t count>
bool fit(const json::object &given, const Member (&known)[count])
{
    return std::all_of(std::begin(known), std::end(known), [&](const Member &member) {
        const json::value *value = given.if_contains(member.name);
        return !value || value->is_null() || member.fits(*value);
    });
}

template <std::size_t count>
void renameMembers(json::object &given, const Member (&known)[count])
{
    for (const Member &member : known) {
        const auto found = std::find_if(given.begin(), given.end(), [&](const json::key_value_pair &pair) {
            return foldCase(pair.key()) == member.name;
        });
        if (given.contains(member.name) || found == given.end())
            continue;
        json::value value = std::move(found->value());
        given.erase(found);
        given.emplace(member.name, std::move(value));
    }
}

bool isLockout(const json::value &value)
{
    if (!value.is_object())
        return false;
    json::object named = value.get_object();
    renameMembers(named, lockoutMembers);
    return fit(named, lockoutMembers);
}

} // namespace

json::object withKnownNames(const json::object &given)
{
    json::object named = given;
    renameMembers(named, members);
    return named;
}

bool isMountConfig(const json::object &given)
{
    return fit(given, members);
}

} // namespace kith::core
