// SPDX-License-Identifier: Apache-2.0
#include "core/TokenParameters.h"

#include "auth/Cidr.h"
#include "auth/TokenSettings.h"
#include "auth/Tokens.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

std::vector<Field> withTokenFields(std::vector<Field> more)
{
    const std::initializer_list<Field> common{
        {"token_bound_cidrs", FieldType::List}, {"token_explicit_max_ttl", FieldType::Duration},
        {"token_max_ttl", FieldType::Duration}, {"token_no_default_policy", FieldType::Bool},
        {"token_num_uses", FieldType::Int},     {"token_period", FieldType::Duration},
        {"token_policies", FieldType::List},    {"token_strictly_bind_ip", FieldType::Bool},
        {"token_ttl", FieldType::Duration},     {"token_type"}};
    more.insert(more.end(), common.begin(), common.end());
    return more;
}

namespace {

Result<void> readAddresses(const Call &call, auth::TokenSettings &settings)
{
    if (const auto texts = call.list("token_bound_cidrs")) {
        auto blocks = auth::parseCidrs(*texts);
        if (!blocks)
            return blocks.error();
        settings.boundCidrs = std::move(*blocks);
    }
    settings.strictlyBindIp = call.flag("token_strictly_bind_ip").value_or(settings.strictlyBindIp);
    return {};
}

Result<void> readType(const Call &call, auth::TokenSettings &settings, std::vector<std::string> &warnings)
{
    const auto type = call.text("token_type");
    if (!type)
        return {};
    if (call.mount().kind == "approle" && call.isNull("token_type")) // where the real server breaks down
        return invalidRequest("Invalid 'token_type' value: null");
    const std::string_view meant = std::string_view(*type).substr(std::min(type->size(), std::size_t{8}));
    if (call.mount().kind == "approle" && (*type == "default-service" || *type == "default-batch")) {
        warnings.push_back(*type + " has no useful meaning; adjusting to " + std::string(meant));
        settings.type = meant;
    } else if (*type == "service" || *type == "batch") {
        settings.type = *type;
    } else if (type->empty() || *type == "default") {
        settings.type = "default";
    } else {
        return invalidRequest("invalid 'token_type' value " + inQuotes(*type));
    }
    return {};
}

Result<void> checkBatch(const auth::TokenSettings &settings)
{
    const std::string begin = "'token_type' cannot be 'batch' or 'default_batch' when set to generate ";
    if (settings.type != "batch")
        return {};
    if (settings.period != 0)
        return invalidRequest(begin + "periodic tokens");
    if (settings.uses != 0)
        return invalidRequest(begin + "tokens with limited use count");
    return {};
}

} // namespace

Result<void> readTokenParameters(const Call &call, auth::TokenSettings &settings, std::vector<std::string> &warnings)
{
    if (auto read = readAddresses(call, settings); !read)
        return read;
    settings.explicitMaxTtl = call.seconds("token_explicit_max_ttl").value_or(settings.explicitMaxTtl);
    settings.maxTtl = call.seconds("token_max_ttl").value_or(settings.maxTtl);
    settings.noDefaultPolicy = call.flag("token_no_default_policy").value_or(settings.noDefaultPolicy);
    settings.period = call.seconds("token_period").value_or(settings.period);
    if (const auto policies = call.list("token_policies"))
        settings.policies = *policies; // cleaned at each login
    if (auto read = readType(call, settings, warnings); !read)
        return read;
    settings.ttl = call.seconds("token_ttl").value_or(settings.ttl);
    settings.uses = call.number("token_num_uses").value_or(settings.uses);
    if (settings.uses < 0)
        return invalidRequest("'token_num_uses' cannot be negative");
    if (auto fits = checkBatch(settings); !fits)
        return fits;
    if (settings.maxTtl > 0 && settings.ttl > settings.maxTtl)
        return invalidRequest("'token_ttl' cannot be greater than 'token_max_ttl'");
    if (settings.strictlyBindIp && !settings.boundCidrs.empty())
        return invalidRequest("'token_strictly_bind_ip' conflicts with 'token_bound_cidrs'; set only one");
    return {};
}

bool takesOldName(const Call &call, std::string_view oldName, std::string_view newName, std::set<std::string> &oldNames)
{
    if (!call.has(oldName) && !call.has(newName))
        return false;
    if (call.has(oldName))
        oldNames.emplace(oldName);
    else
        oldNames.erase(std::string(oldName));
    return true;
}

Result<void> takeOldNames(const Call &call, std::initializer_list<std::string_view> names,
                          auth::TokenSettings &settings, std::set<std::string> &oldNames)
{
    for (const std::string_view name : names) {
        const std::string newName = "token_" + std::string(name);
        if (!takesOldName(call, name, newName, oldNames) || call.has(newName))
            continue;
        if (name == "policies") {
            settings.policies = auth::cleanTokenPolicies(call.list(name).value_or(std::vector<std::string>()));
        } else if (name == "bound_cidrs") {
            auto blocks = auth::parseCidrs(call.list(name).value_or(std::vector<std::string>()));
            if (!blocks)
                return blocks.error();
            settings.boundCidrs = std::move(*blocks);
        } else if (name == "num_uses") {
            settings.uses = call.number(name).value_or(0);
        } else {
            std::int64_t &seconds = name == "ttl"       ? settings.ttl
                                    : name == "max_ttl" ? settings.maxTtl
                                                        : settings.period;
            seconds = call.seconds(name).value_or(0);
        }
    }
    return {};
}

json::object shownSettings(const auth::TokenSettings &settings, const std::set<std::string> &oldNames)
{
    json::object shown = auth::tokenSettingsJson(settings);
    for (const std::string &old : oldNames) {
        const json::value value = shown.at("token_" + old);
        if (value.is_array() ? !value.get_array().empty() : value.to_number<std::int64_t>() != 0)
            shown[old] = value;
    }
    return shown;
}

Response doneWith(std::vector<std::string> warnings)
{
    if (warnings.empty())
        return Response::noContent();
    Response response;
    response.warnings = std::move(warnings);
    return response;
}

} // namespace kith::core
