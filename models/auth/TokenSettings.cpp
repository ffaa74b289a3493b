// SPDX-License-Identifier: Apache-2.0
#include "auth/TokenSettings.h"

#include "store/Json.h"

namespace kith::auth {

namespace json = boost::json;
using store::flagIn;
using store::numberIn;
using store::textIn;
using store::textsIn;

json::array jsonList(const std::vector<std::string> &texts)
{
    return json::array(texts.begin(), texts.end());
}

json::object tokenSettingsJson(const TokenSettings &settings)
{
    return {{"token_bound_cidrs", jsonList(settings.boundCidrs)},
            {"token_explicit_max_ttl", settings.explicitMaxTtl},
            {"token_max_ttl", settings.maxTtl},
            {"token_no_default_policy", settings.noDefaultPolicy},
            {"token_num_uses", settings.uses},
            {"token_period", settings.period},
            {"token_policies", jsonList(settings.policies)},
            {"token_strictly_bind_ip", settings.strictlyBindIp},
            {"token_ttl", settings.ttl},
            {"token_type", settings.type}};
}

TokenSettings tokenSettingsOf(const json::object &json)
{
    TokenSettings settings;
    settings.boundCidrs = textsIn(json, "token_bound_cidrs");
    settings.explicitMaxTtl = numberIn(json, "token_explicit_max_ttl");
    settings.maxTtl = numberIn(json, "token_max_ttl");
    settings.noDefaultPolicy = flagIn(json, "token_no_default_policy");
    settings.uses = numberIn(json, "token_num_uses");
    settings.period = numberIn(json, "token_period");
    settings.policies = textsIn(json, "token_policies");
    settings.strictlyBindIp = flagIn(json, "token_strictly_bind_ip");
    settings.ttl = numberIn(json, "token_ttl");
    if (std::string type = textIn(json, "token_type"); !type.empty())
        settings.type = std::move(type);
    return settings;
}

} // namespace kith::auth
