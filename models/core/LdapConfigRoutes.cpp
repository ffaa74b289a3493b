// SPDX-License-Identifier: Apache-2.0
// The method ldap: its directory, and what users and groups of it get. Patterns are relative to the mount.
#include "auth/LdapConfig.h"
#include "auth/LdapText.h"
#include "auth/TokenSettings.h"
#include "auth/Tokens.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "core/TokenParameters.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::LdapConfig;
using auth::LdapMapped;
using auth::LdapMapping;
using auth::LdapSetting;

/// The type of a setting's parameter.
FieldType typeOf(const LdapSetting &setting)
{
    if (std::holds_alternative<bool LdapConfig::*>(setting.member))
        return FieldType::Bool;
    if (std::holds_alternative<std::string LdapConfig::*>(setting.member))
        return FieldType::Text;
    return setting.name.ends_with("_timeout") ? FieldType::Duration : FieldType::Int;
}

struct Taking {
    const Call &call;
    const LdapSetting &setting;
    LdapConfig &config;

    void operator()(std::string LdapConfig::*member) const
    {
        config.*member = call.text(setting.name).value_or(config.*member);
    }
    void operator()(bool LdapConfig::*member) const
    {
        config.*member = call.flag(setting.name).value_or(config.*member);
    }
    void operator()(std::int64_t LdapConfig::*member) const
    {
        const auto sent =
            typeOf(setting) == FieldType::Duration ? call.seconds(setting.name) : call.number(setting.name);
        config.*member = sent.value_or(config.*member);
    }
};

/// What is usual is shown before anything is configured.
Result<Response> readConfig(const Call &call, store::Session &session)
{
    return withEntries(call, session, [](const store::Entries &entries) -> Result<Response> {
        const auto config = auth::findLdapConfig(entries);
        if (!config)
            return config.error();
        return Response::of(auth::ldapConfigJson(config->value_or(LdapConfig())));
    });
}

/// Whoever writes a filter must not forget whom it is to find.
bool looksForName(const LdapConfig &config)
{
    const std::string filter = foldCase(config.userFilter);
    return filter.find("{{.userattr}}") != std::string::npos || filter.find(config.userAttribute) != std::string::npos;
}

Result<Response> saveConfig(const Call &call, store::WriteSession &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto before = auth::findLdapConfig(entries);
        if (!before)
            return before.error();
        LdapConfig config = before->value_or(LdapConfig());
        for (const LdapSetting &setting : auth::ldapSettings())
            std::visit(Taking{call, setting, config}, setting.member);
        std::vector<std::string> warnings;
        if (auto read = readTokenParameters(call, config.token, warnings); !read)
            return read.error();
        if (auto right = auth::checkLdapConfig(config); !right)
            return right.error();
        if (!looksForName(config))
            warnings.emplace_back("the userfilter doesn't look for the userattr: it may find somebody else than the "
                                  "one whose alias the login gets");
        if (config.insecureTls)
            warnings.emplace_back("insecure_tls lets anybody pose as the directory, and read every password");
        if (auth::sendsPasswordsOpenly(config))
            warnings.emplace_back("url is ldap:// without starttls: whoever is on the way can read every password");
        auth::saveLdapConfig(entries, config);
        return doneWith(std::move(warnings));
    });
}

/// Runs `function(entries, config, name)` on the user or group that the path names, by its name as it is kept.
template <class Function>
Result<Response> withMapping(const Call &call, store::Session &session, Function &&function)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto found = auth::findLdapConfig(entries);
        if (!found)
            return found.error();
        const LdapConfig config = found->value_or(LdapConfig());
        return function(entries, config, auth::keptLdapName(config, call.inPath("name")));
    });
}

template <LdapMapped what>
Result<Response> readMapping(const Call &call, store::Session &session)
{
    return withMapping(
        call, session,
        [](const store::Entries &entries, const LdapConfig &, const std::string &name) -> Result<Response> {
            const auto found = auth::findLdapMapping(entries, what, name);
            if (!found)
                return found.error();
            if (!*found)
                return notFound();
            json::object shown{{"policies", auth::jsonList((*found)->policies)}};
            if (what == LdapMapped::Group)
                return Response::of(std::move(shown));
            std::string groups;
            for (const std::string &group : (*found)->groups)
                groups.append(groups.empty() ? "" : ",").append(group);
            shown["groups"] = groups;
            return Response::of(std::move(shown));
        });
}

/// A write is the whole of it.
template <LdapMapped what>
Result<Response> saveMapping(const Call &call, store::WriteSession &session)
{
    return withMapping(
        call, session,
        [&](const store::Entries &entries, const LdapConfig &config, const std::string &name) -> Result<Response> {
            LdapMapping mapping;
            mapping.policies = auth::cleanTokenPolicies(call.list("policies").value_or(std::vector<std::string>()));
            if (what == LdapMapped::User)
                for (const std::string &group : call.list("groups").value_or(std::vector<std::string>())) {
                    std::string kept = auth::keptLdapName(config, group);
                    if (!kept.empty() && !contains(mapping.groups, kept))
                        mapping.groups.push_back(std::move(kept));
                }
            auth::saveLdapMapping(entries, what, name, mapping);
            return Response::noContent();
        });
}

template <LdapMapped what>
Result<Response> deleteMapping(const Call &call, store::WriteSession &session)
{
    return withMapping(
        call, session,
        [](const store::Entries &entries, const LdapConfig &, const std::string &name) -> Result<Response> {
            auth::deleteLdapMapping(entries, what, name);
            return Response::noContent();
        });
}

template <LdapMapped what>
Result<Response> listMappings(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        return listOfNames(auth::ldapMappingNames(entries, what, call.text("after").value_or(std::string()),
                                                  call.number("limit").value_or(0)));
    });
}

template <LdapMapped what>
std::vector<Endpoint> mappingEndpoints()
{
    return {{Operation::Read, ReadHandler(readMapping<what>)},
            {Operation::Update, WriteHandler(saveMapping<what>)},
            {Operation::Delete, WriteHandler(deleteMapping<what>)}};
}

} // namespace

std::vector<Route> ldapConfigRoutes()
{
    const std::vector<Field> paging{{"after"}, {"limit", FieldType::Int}};
    std::vector<Field> settings;
    for (const LdapSetting &setting : auth::ldapSettings())
        settings.push_back({setting.name, typeOf(setting)});
    return {
        {"config",
         withTokenFields(std::move(settings)),
         {{Operation::Read, ReadHandler(readConfig)}, {Operation::Update, WriteHandler(saveConfig)}}},
        {"users/", paging, {{Operation::List, ReadHandler(listMappings<LdapMapped::User>)}}},
        {"users/:name+",
         {{"policies", FieldType::List}, {"groups", FieldType::List}},
         mappingEndpoints<LdapMapped::User>()},
        {"groups/", paging, {{Operation::List, ReadHandler(listMappings<LdapMapped::Group>)}}},
        {"groups/:name+", {{"policies", FieldType::List}}, mappingEndpoints<LdapMapped::Group>()},
    };
}

} // namespace kith::core
