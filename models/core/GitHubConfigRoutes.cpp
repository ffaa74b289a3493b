// SPDX-License-Identifier: Apache-2.0
// The method github: the organisation, and what its teams and users get. Patterns are relative to the mount.
#include "auth/GitHub.h"
#include "auth/LoginTurns.h"
#include "core/Engine.h"
#include "core/LoginPath.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "core/TokenParameters.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::GitHubConfig;
using auth::GitHubMap;

Result<bool> configExists(const Call &call, store::Session &session)
{
    const auto seal = sealOf(call);
    return seal && auth::hasGitHubConfig(store::Entries(session, **seal, call.mount().id));
}

Result<Response> readConfig(const Call &call, store::Session &session)
{
    return withEntries(call, session, [](const store::Entries &entries) -> Result<Response> {
        const auto config = auth::findGitHubConfig(entries);
        if (!config)
            return config.error();
        if (!*config)
            return notFound();
        json::object shown = shownSettings((*config)->token, (*config)->oldNames);
        for (const auto &[key, value] : auth::gitHubConfigJson(**config))
            shown[key] = value;
        return Response::of(std::move(shown));
    });
}

/// What was sent. Another organisation has another id.
Result<void> take(const Call &call, GitHubConfig &config, std::vector<std::string> &warnings)
{
    if (const auto organization = call.text("organization"); organization && *organization != config.organization) {
        config.organization = *organization;
        config.organizationId = 0;
    }
    if (config.organization.empty())
        return invalidRequest("organization is a required parameter");
    if (!auth::isGitHubName(config.organization))
        return invalidRequest("invalid organization: " + inQuotes(config.organization));
    config.organizationId = call.number("organization_id").value_or(config.organizationId);
    config.baseUrl = call.text("base_url").value_or(config.baseUrl);
    const bool secure = config.baseUrl.empty() || config.baseUrl.starts_with("https://");
    if (!secure && !config.baseUrl.starts_with("http://"))
        return invalidRequest("error parsing given base_url: it is no address of http or https");
    if (config.baseUrl.find_first_of(" ?#\t\r\n") != std::string::npos)
        return invalidRequest("error parsing given base_url: it must end with a path");
    if (!secure)
        warnings.emplace_back("base_url isn't https: whoever is on the way can read every token");
    if (auto read = readTokenParameters(call, config.token, warnings); !read)
        return read;
    return takeOldNames(call, {"ttl", "max_ttl"}, config.token, config.oldNames);
}

/// Which number GitHub gives the organisation.
Result<std::int64_t> fetchId(const Call &call, Engine &engine, const GitHubConfig &config)
{
    const auto turn = engine.loginTurns->take(call.mount().accessor);
    auto id = turn ? auth::gitHubOrganizationId(config) : Result<std::int64_t>(invalidRequest("too many wait for it"));
    if (!id)
        return invalidRequest("unable to fetch the organization_id, you must manually set it in the config: " +
                              id.error().wire);
    return id;
}

/// Runs outside of every transaction: GitHub may be asked. What else was changed meanwhile stays.
Result<Response> saveConfig(const Call &call, Engine &engine)
{
    const auto current = readOfMount(call, engine, call.mount().id, auth::findGitHubConfig);
    if (!current)
        return current.error();
    GitHubConfig asked = current->value_or(GitHubConfig());
    std::vector<std::string> warnings;
    if (auto taken = take(call, asked, warnings); !taken)
        return taken.error();
    const auto id = asked.organizationId == 0 ? fetchId(call, engine, asked) : asked.organizationId;
    if (!id)
        return id.error();
    return engine.store.write([&](store::WriteSession &session) {
        return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
            const auto before = auth::findGitHubConfig(entries);
            if (!before)
                return before.error();
            GitHubConfig config = before->value_or(GitHubConfig());
            warnings.clear();
            if (auto taken = take(call, config, warnings); !taken)
                return taken.error();
            if (config.organizationId == 0) {
                if (config.organization != asked.organization || config.baseUrl != asked.baseUrl)
                    return invalidRequest("the configuration of this mount was changed meanwhile");
                config.organizationId = *id;
            }
            auth::saveGitHubConfig(entries, config);
            return doneWith(warnings);
        });
    });
}

template <const GitHubMap &map>
Result<bool> mappingExists(const Call &call, store::Session &session)
{
    const auto seal = sealOf(call);
    return seal && map.contains(store::Entries(session, **seal, call.mount().id), call.inPath("key"));
}

template <const GitHubMap &map>
Result<Response> readMapping(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto value = map.find(entries, call.inPath("key"));
        if (!value)
            return value.error();
        if (!*value)
            return notFound();
        return Response::of(json::object{{"key", foldCase(call.inPath("key"))}, {"value", **value}});
    });
}

template <const GitHubMap &map>
Result<Response> saveMapping(const Call &call, store::WriteSession &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        map.save(entries, call.inPath("key"), call.text("value").value_or(std::string()));
        return Response::noContent();
    });
}

template <const GitHubMap &map>
Result<Response> deleteMapping(const Call &call, store::WriteSession &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        map.remove(entries, call.inPath("key"));
        return Response::noContent();
    });
}

template <const GitHubMap &map>
Result<Response> listMappings(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        return listOfNames(
            map.keys(entries, call.text("after").value_or(std::string()), call.number("limit").value_or(0)));
    });
}

/// One of a map, and the list of it.
template <const GitHubMap &map>
void addMap(std::vector<Route> &routes, std::string_view all, std::string_view one)
{
    routes.push_back(
        {all,
         {{"after"}, {"limit", FieldType::Int}},
         {{Operation::List, ReadHandler(listMappings<map>)}, {Operation::Read, ReadHandler(listMappings<map>)}}});
    Route route{one,
                {{"value"}},
                {{Operation::Read, ReadHandler(readMapping<map>)},
                 {Operation::Update, WriteHandler(saveMapping<map>)},
                 {Operation::Delete, WriteHandler(deleteMapping<map>)}}};
    route.exists = mappingExists<map>;
    routes.push_back(std::move(route));
}

} // namespace

std::vector<Route> gitHubConfigRoutes()
{
    Route config{"config",
                 withTokenFields({{"organization"},
                                  {"organization_id", FieldType::Int},
                                  {"base_url"},
                                  {"ttl", FieldType::Duration},
                                  {"max_ttl", FieldType::Duration}}),
                 {{Operation::Read, ReadHandler(readConfig)}, {Operation::Update, EngineHandler(saveConfig)}}};
    config.exists = configExists;
    std::vector<Route> routes{std::move(config)};
    addMap<auth::GitHubTeams>(routes, "map/teams/", "map/teams/:key");
    addMap<auth::GitHubUsers>(routes, "map/users/", "map/users/:key");
    return routes;
}

} // namespace kith::core
