// SPDX-License-Identifier: Apache-2.0
#include "core/Routes.h"

#include "core/EntityJson.h"
#include "identity/EntityAliases.h"
#include "identity/EntityViews.h"

namespace kith::core {

namespace {

std::string textOf(const Call &call, std::string_view name)
{
    return call.text(name).value_or(std::string());
}

enum class Path {
    Current, ///< entity-alias.
    Old,     ///< alias: it knows nothing of custom_metadata.
};

template <Path path>
Result<Response> saveAlias(const Call &call, store::WriteSession &session)
{
    std::string canonical = textOf(call, "canonical_id");
    if (canonical.empty())
        canonical = textOf(call, "entity_id"); // its name of old
    const auto saved =
        identity::saveEntityAlias(session, call.ns(), textOf(call, "id"),
                                  {std::move(canonical), textOf(call, "mount_accessor"), textOf(call, "name"),
                                   path == Path::Current ? call.pairs("custom_metadata") : std::nullopt});
    if (!saved)
        return saved.error();
    if (!*saved)
        return Response::noContent();
    return Response::of({{"id", (*saved)->uuid}, {"canonical_id", (*saved)->canonicalId}});
}

} // namespace

Result<Response> readEntityAlias(const Call &call, store::Session &session)
{
    const auto alias = identity::aliasByUuid(session, call.ns(), call.inPath("id"));
    const auto view = alias ? identity::readEntityAlias(session, *alias) : std::nullopt;
    return view ? Response::of(toJson(*view)) : notFound();
}

Result<Response> deleteEntityAlias(const Call &call, store::WriteSession &session)
{
    if (const auto alias = identity::aliasByUuid(session, call.ns(), call.inPath("id")))
        identity::deleteEntityAlias(session, *alias);
    return Response::noContent();
}

Result<Response> listEntityAliases(const Call &call, store::Session &session)
{
    boost::json::array keys;
    boost::json::object info;
    identity::listEntityAliases(session, call.ns(), [&](const identity::EntityAliasView &alias) {
        keys.emplace_back(alias.uuid);
        info.emplace(alias.uuid, listInfo(alias));
    });
    return listOf(std::move(keys), std::move(info));
}

std::vector<Route> entityAliasRoutes()
{
    const std::vector<Field> alias{
        {"id"}, {"canonical_id"}, {"entity_id"}, {"mount_accessor"}, {"name"}, {"custom_metadata", FieldType::Pairs}};
    std::vector<Field> old = alias;
    old.pop_back();
    const auto one = [](WriteHandler save) {
        return std::vector<Endpoint>{
            {Operation::Read, readEntityAlias}, {Operation::Update, save}, {Operation::Delete, deleteEntityAlias}};
    };
    constexpr WriteHandler save = saveAlias<Path::Current>;
    constexpr WriteHandler saveByOldPath = saveAlias<Path::Old>;

    return {
        {"identity/entity-alias", alias, {{Operation::Update, save}}},
        {"identity/entity-alias/id/", {}, {{Operation::List, listEntityAliases}}},
        {"identity/entity-alias/id/:id", alias, one(save)},
        {"identity/alias", old, {{Operation::Update, saveByOldPath}}},
        {"identity/alias/id/", {}, {{Operation::List, listEntityAliases}}},
        {"identity/alias/id/:id", old, one(saveByOldPath)},
    };
}

} // namespace kith::core
