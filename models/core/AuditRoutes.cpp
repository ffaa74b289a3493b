// SPDX-License-Identifier: Apache-2.0
#include "audit/Devices.h"
#include "audit/HeaderRules.h"
#include "core/Engine.h"
#include "core/Routes.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using audit::HeaderRules;

Response merged(json::object data)
{
    Response response = Response::of(std::move(data));
    response.body = Body::Merged;
    return response;
}

Result<Response> readDevices(const Call &, Engine &engine)
{
    const auto devices = engine.auditDevices->list();
    if (!devices)
        return devices.error();
    json::object all;
    for (const auto &device : *devices) {
        const audit::DeviceSettings &settings = device->settings();
        json::object options;
        for (const auto &[name, value] : settings.options)
            options.emplace(name, value);
        all.emplace(settings.path, json::object{{"description", settings.description},
                                                {"local", settings.local},
                                                {"options", std::move(options)},
                                                {"path", settings.path},
                                                {"type", settings.type}});
    }
    return merged(std::move(all));
}

Result<Response> enableDevice(const Call &call, Engine &engine)
{
    audit::DeviceSettings settings;
    settings.path = identity::withSlash(call.inPath("path"));
    settings.type = call.text("type").value_or("");
    settings.description = call.text("description").value_or("");
    settings.local = call.flag("local").value_or(false);
    if (const auto options = call.pairs("options"); options && *options)
        settings.options = **options;
    if (auto enabled = engine.auditDevices->enable(std::move(settings)); !enabled)
        return enabled.error();
    return Response::noContent();
}

Result<Response> disableDevice(const Call &call, Engine &engine)
{
    if (auto disabled = engine.auditDevices->disable(identity::withSlash(call.inPath("path"))); !disabled)
        return disabled.error();
    return Response::noContent();
}

Result<Response> hashInput(const Call &call, Engine &engine)
{
    const std::string input = call.text("input").value_or("");
    if (input.empty())
        return invalidRequest("the \"input\" parameter is empty");
    const std::string path = identity::withSlash(call.inPath("path"));
    const auto device = engine.auditDevices->find(path);
    if (!device)
        return device.error();
    if (!*device)
        return invalidRequest("unknown audit backend " + inQuotes(path));
    return merged({{"hash", (*device)->hash(input)}});
}

json::object toJson(HeaderRules::Shown shown)
{
    return {{"hmac", shown == HeaderRules::Shown::Hashed}};
}

Result<Response> readHeaders(const Call &, Engine &engine)
{
    const auto rules = engine.auditHeaders->all();
    if (!rules)
        return rules.error();
    json::object headers;
    for (const auto &[name, shown] : **rules)
        headers.emplace(name, toJson(shown));
    return merged({{"headers", std::move(headers)}});
}

Result<Response> readHeader(const Call &call, Engine &engine)
{
    const auto rules = engine.auditHeaders->all();
    if (!rules)
        return rules.error();
    const std::string name = call.inPath("header");
    const auto rule = (*rules)->find(foldCase(name));
    if (rule == (*rules)->end())
        return invalidRequest("Could not find header in config");
    return merged({{name, toJson(rule->second)}});
}

Result<Response> setHeader(const Call &call, Engine &engine)
{
    const bool hashed = call.flag("hmac").value_or(false);
    if (auto set = engine.auditHeaders->set(call.inPath("header"),
                                            hashed ? HeaderRules::Shown::Hashed : HeaderRules::Shown::Clear);
        !set)
        return set.error();
    return Response::noContent();
}

Result<Response> removeHeader(const Call &call, Engine &engine)
{
    if (auto removed = engine.auditHeaders->set(call.inPath("header"), std::nullopt); !removed)
        return removed.error();
    return Response::noContent();
}

} // namespace

std::vector<Route> auditRoutes()
{
    constexpr auto Read = Operation::Read;
    constexpr auto Update = Operation::Update;
    constexpr auto Delete = Operation::Delete;
    return {
        {"sys/audit", {}, {{Read, EngineHandler(readDevices)}}, Gate::Sudo},
        {"sys/audit/:path+",
         {{"type"}, {"description"}, {"options", FieldType::Pairs}, {"local", FieldType::Bool}},
         {{Update, EngineHandler(enableDevice)}, {Delete, EngineHandler(disableDevice)}},
         Gate::Sudo},
        {"sys/audit-hash/:path+", {{"input"}}, {{Update, EngineHandler(hashInput)}}},
        {"sys/config/auditing/request-headers", {}, {{Read, EngineHandler(readHeaders)}}, Gate::Sudo},
        {"sys/config/auditing/request-headers/:header+",
         {{"hmac", FieldType::Bool}},
         {{Read, EngineHandler(readHeader)}, {Update, EngineHandler(setHeader)}, {Delete, EngineHandler(removeHeader)}},
         Gate::Sudo},
    };
}

} // namespace kith::core
