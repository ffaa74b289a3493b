// SPDX-License-Identifier: Apache-2.0
#include "core/GroupJson.h"
#include "core/Lookup.h"
#include "core/Routes.h"
#include "identity/GroupViews.h"
#include "identity/Groups.h"

namespace kith::core {

namespace {

using identity::GroupChange;

GroupChange changeOf(const Call &call)
{
    GroupChange change;
    change.name = call.text("name");
    change.type = call.text("type");
    change.policies = call.list("policies");
    change.metadata = call.pairs("metadata");
    change.memberEntities = call.list("member_entity_ids");
    change.memberGroups = call.list("member_group_ids");
    return change;
}

Result<Response> update(store::WriteSession &session, GroupId group, const GroupChange &change)
{
    if (auto updated = identity::updateGroup(session, group, change); !updated)
        return updated.error();
    return Response::noContent();
}

Result<Response> create(const Call &call, store::WriteSession &session, const GroupChange &change)
{
    const auto made = identity::createGroup(session, call.ns(), change);
    if (!made)
        return made.error();
    return Response::of({{"id", made->uuid}, {"name", made->name}});
}

Result<Response> upsertByName(const Call &call, store::WriteSession &session)
{
    const GroupChange change = changeOf(call);
    if (const auto group = identity::groupByName(session, call.ns(), *change.name))
        return update(session, *group, change);
    return create(call, session, change);
}

Result<Response> updateById(const Call &call, store::WriteSession &session)
{
    const std::string id = call.inPath("id");
    if (id.empty())
        return invalidRequest("empty group ID");
    const auto group = identity::groupByUuid(session, call.ns(), id);
    if (!group)
        return invalidRequest("invalid group ID");
    return update(session, *group, changeOf(call));
}

/// By id when one is given, by name when one is given, else a new group.
Result<Response> write(const Call &call, store::WriteSession &session)
{
    if (call.has("id"))
        return updateById(call, session);
    if (!call.has("name"))
        return create(call, session, changeOf(call));
    if (call.inPath("name").empty())
        return invalidRequest("empty group name");
    return upsertByName(call, session);
}

Result<Response> found(store::Session &session, std::optional<GroupId> group, Response otherwise)
{
    const auto view = group ? identity::readGroup(session, *group) : std::nullopt;
    return view ? Response::of(toJson(*view)) : std::move(otherwise);
}

Result<Response> readById(const Call &call, store::Session &session)
{
    return found(session, identity::groupByUuid(session, call.ns(), call.inPath("id")), notFound());
}

Result<Response> readByName(const Call &call, store::Session &session)
{
    return found(session, identity::groupByName(session, call.ns(), call.inPath("name")), notFound());
}

Result<Response> removeById(const Call &call, store::WriteSession &session)
{
    if (const auto group = identity::groupByUuid(session, call.ns(), call.inPath("id")))
        identity::deleteGroup(session, *group);
    return Response::noContent();
}

Result<Response> removeByName(const Call &call, store::WriteSession &session)
{
    if (const auto group = identity::groupByName(session, call.ns(), call.inPath("name")))
        identity::deleteGroup(session, *group);
    return Response::noContent();
}

boost::json::object keyInfo(const identity::GroupListItem &item)
{
    boost::json::object info{
        {"name", item.name}, {"num_member_entities", item.memberEntities}, {"num_parent_groups", item.parentGroups}};
    if (!item.aliasUuid)
        return info;
    boost::json::object alias{
        {"id", *item.aliasUuid}, {"name", item.aliasName}, {"mount_accessor", item.aliasAccessor}};
    if (item.mountPath)
        alias["mount_path"] = *item.mountPath;
    if (item.mountType)
        alias["mount_type"] = *item.mountType;
    info["alias"] = std::move(alias);
    return info;
}

Result<Response> listById(const Call &call, store::Session &session)
{
    boost::json::array keys;
    boost::json::object infos;
    identity::listGroups(session, call.ns(), [&](const identity::GroupListItem &item) {
        keys.emplace_back(item.uuid);
        infos.emplace(item.uuid, keyInfo(item));
    });
    return listOf(std::move(keys), std::move(infos));
}

/// In the order of ids, and without key_info, as the real server lists them.
Result<Response> listByName(const Call &call, store::Session &session)
{
    boost::json::array keys;
    store::Query row = session.query("SELECT name FROM identity_group WHERE namespace = ? ORDER BY uuid", call.ns());
    while (row.step())
        keys.emplace_back(row.text(0));
    return listOf(std::move(keys));
}

std::optional<GroupId> lookedUp(const Call &call, store::Session &session)
{
    if (call.has("id"))
        return identity::groupByUuid(session, call.ns(), call.inPath("id"));
    if (call.has("name"))
        return identity::groupByName(session, call.ns(), call.inPath("name"));
    const auto alias =
        call.has("alias_id")
            ? identity::groupAliasByUuid(session, call.ns(), call.inPath("alias_id"))
            : identity::groupAliasByFactors(session, call.inPath("alias_mount_accessor"), call.inPath("alias_name"));
    if (!alias)
        return std::nullopt;
    const GroupId group = identity::groupOfAlias(session, *alias);
    const bool here =
        session.integer("SELECT 1 FROM identity_group WHERE id = ? AND namespace = ?", group, call.ns()).has_value();
    return here ? std::optional(group) : std::nullopt;
}

Result<Response> lookup(const Call &call, store::Session &session)
{
    if (auto counted = checkLookup(call); !counted)
        return counted.error();
    return found(session, lookedUp(call, session), Response::noContent());
}

std::vector<Field> groupFields()
{
    return {{"id"},
            {"name"},
            {"type"},
            {"metadata", FieldType::Pairs},
            {"policies", FieldType::List},
            {"member_entity_ids", FieldType::List},
            {"member_group_ids", FieldType::List}};
}

} // namespace

std::vector<Route> groupRoutes()
{
    return {
        {"identity/group", groupFields(), {{Operation::Update, WriteHandler(write)}}},
        {"identity/group/id/", {}, {{Operation::List, ReadHandler(listById)}}},
        {"identity/group/name/", {}, {{Operation::List, ReadHandler(listByName)}}},
        {"identity/group/id/:id",
         groupFields(),
         {{Operation::Read, ReadHandler(readById)},
          {Operation::Update, WriteHandler(updateById)},
          {Operation::Delete, WriteHandler(removeById)}}},
        {"identity/group/name/:name+",
         groupFields(),
         {{Operation::Read, ReadHandler(readByName)},
          {Operation::Update, WriteHandler(upsertByName)},
          {Operation::Delete, WriteHandler(removeByName)}}},
        {"identity/lookup/group",
         {{"id"}, {"name"}, {"alias_id"}, {"alias_name"}, {"alias_mount_accessor"}},
         {{Operation::Update, ReadHandler(lookup)}}},
    };
}

} // namespace kith::core
