// SPDX-License-Identifier: Apache-2.0
#include "core/GroupJson.h"
#include "core/Routes.h"
#include "identity/GroupAliases.h"

namespace kith::core {

namespace {

identity::GroupAliasChange changeOf(const Call &call)
{
    return {call.inPath("name"), call.inPath("mount_accessor"), call.inPath("canonical_id")};
}

Response savedResponse(const identity::SavedGroupAlias &saved)
{
    return Response::of({{"id", saved.uuid}, {"canonical_id", saved.groupUuid}});
}

Result<Response> updateById(const Call &call, store::WriteSession &session)
{
    const std::string id = call.inPath("id");
    if (id.empty())
        return invalidRequest("empty group alias ID");
    const auto alias = identity::groupAliasByUuid(session, call.ns(), id);
    if (!alias)
        return invalidRequest("invalid group alias ID");
    const auto saved = identity::updateGroupAlias(session, *alias, changeOf(call));
    if (!saved)
        return saved.error();
    return *saved ? savedResponse(**saved) : Response::noContent();
}

Result<Response> write(const Call &call, store::WriteSession &session)
{
    if (call.has("id"))
        return updateById(call, session);
    const auto saved = identity::createGroupAlias(session, call.ns(), changeOf(call));
    if (!saved)
        return saved.error();
    return savedResponse(*saved);
}

Result<Response> readById(const Call &call, store::Session &session)
{
    const auto alias = identity::groupAliasByUuid(session, call.ns(), call.inPath("id"));
    if (!alias)
        return notFound();
    return Response::of(toJson(*identity::readGroupAlias(session, *alias), call.space().shortId));
}

Result<Response> removeById(const Call &call, store::WriteSession &session)
{
    if (const auto alias = identity::groupAliasByUuid(session, call.ns(), call.inPath("id")))
        identity::deleteGroupAlias(session, *alias);
    return Response::noContent();
}

Result<Response> list(const Call &call, store::Session &session)
{
    boost::json::array keys;
    boost::json::object infos;
    for (const identity::GroupAliasView &alias : identity::listGroupAliases(session, call.ns())) {
        keys.emplace_back(alias.uuid);
        boost::json::object info = toJson(alias, std::string());
        for (const char *absent :
             {"id", "namespace_id", "merged_from_canonical_ids", "creation_time", "last_update_time"})
            info.erase(absent);
        infos.emplace(alias.uuid, std::move(info));
    }
    return listOf(std::move(keys), std::move(infos));
}

std::vector<Field> aliasFields()
{
    return {{"id"}, {"name"}, {"mount_accessor"}, {"canonical_id"}};
}

} // namespace

std::vector<Route> groupAliasRoutes()
{
    return {
        {"identity/group-alias", aliasFields(), {{Operation::Update, WriteHandler(write)}}},
        {"identity/group-alias/id/", {}, {{Operation::List, ReadHandler(list)}}},
        {"identity/group-alias/id/:id",
         aliasFields(),
         {{Operation::Read, ReadHandler(readById)},
          {Operation::Update, WriteHandler(updateById)},
          {Operation::Delete, WriteHandler(removeById)}}},
    };
}

} // namespace kith::core
