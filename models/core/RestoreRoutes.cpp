// SPDX-License-Identifier: Apache-2.0
// kith/restore: puts an object back exactly as reading it showed it, or makes a new one with ids of the caller's
// choice.
//
//   {"entity": {…}} | {"group": {…}} | {"entity_alias": {…}} | {"group_alias": {…}}, the `data` of a plain read
//   -> 200 {"id": "…"}, and a warning for each neighbour that doesn't exist and was left out
//
// Only ids and names (of aliases mount_accessor too) are required; times that aren't given are now. What a read derives
// (inherited_group_ids, group_ids, mount_path, mount_type, namespace_id, the alias's canonical_id inside its owner) is
// not looked at.
#include "core/Routes.h"
#include "core/ShapeReader.h"
#include "identity/Restore.h"

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr std::size_t UuidLength = 36;

/// What the aliases of entities and of groups have in common.
template <class AliasView>
AliasView commonAlias(ShapeReader &shape)
{
    AliasView alias;
    alias.uuid = shape.requiredId("id");
    alias.accessor = shape.requiredText("mount_accessor");
    alias.name = shape.requiredText("name");
    alias.metadata = shape.metadata("metadata");
    alias.customMetadata = shape.metadata("custom_metadata");
    alias.mergedFrom = shape.texts("merged_from_canonical_ids");
    alias.created = shape.time("creation_time");
    alias.updated = shape.time("last_update_time");
    return alias;
}

identity::EntityAliasView entityAlias(ShapeReader &shape)
{
    auto alias = commonAlias<identity::EntityAliasView>(shape);
    alias.local = shape.flag("local");
    return alias;
}

identity::GroupAliasView groupAlias(ShapeReader &shape)
{
    return commonAlias<identity::GroupAliasView>(shape);
}

identity::EntityView entity(ShapeReader &shape)
{
    identity::EntityView view;
    view.uuid = shape.requiredId("id");
    view.name = shape.requiredText("name");
    view.policies = shape.texts("policies").value_or(std::vector<std::string>());
    view.metadata = shape.metadata("metadata");
    view.disabled = shape.flag("disabled");
    view.mergedIds = shape.texts("merged_entity_ids");
    view.directGroups = shape.texts("direct_group_ids").value_or(std::vector<std::string>());
    view.created = shape.time("creation_time");
    view.updated = shape.time("last_update_time");
    const std::string place = shape.placeOf("aliases");
    for (const json::object *object : shape.objects("aliases")) {
        ShapeReader inner(*object, place + "[" + std::to_string(view.aliases.size()) + "]");
        view.aliases.push_back(entityAlias(inner));
        shape.takeOver(inner);
    }
    return view;
}

/// Unset: `type` is none of the two.
std::optional<identity::GroupType> typeOf(const std::string &type)
{
    if (type.empty() || type == nameOf(identity::GroupType::Internal))
        return identity::GroupType::Internal;
    if (type == nameOf(identity::GroupType::External))
        return identity::GroupType::External;
    return std::nullopt;
}

Result<identity::GroupView> group(ShapeReader &shape)
{
    identity::GroupView view;
    view.uuid = shape.requiredId("id");
    view.name = shape.requiredText("name");
    const auto type = typeOf(shape.text("type"));
    view.type = type.value_or(identity::GroupType::Internal);
    view.policies = shape.texts("policies");
    view.memberEntities = shape.texts("member_entity_ids");
    view.memberGroups = shape.texts("member_group_ids");
    view.parentGroups = shape.texts("parent_group_ids");
    view.metadata = shape.metadata("metadata");
    view.modifyIndex = shape.count("modify_index");
    view.created = shape.time("creation_time");
    view.updated = shape.time("last_update_time");
    if (const json::object *alias = shape.object("alias")) {
        ShapeReader inner(*alias, shape.placeOf("alias"));
        view.alias = groupAlias(inner);
        shape.takeOver(inner);
    }
    if (shape.wrong())
        return *shape.wrong();
    if (!type)
        return invalidRequest(shape.placeOf("type") + " must be internal or external");
    return view;
}

/// An id, which is one by its form, has to end as all do that are made in the namespace.
Result<void> checkId(const Call &call, const std::string &uuid)
{
    if (uuid.size() < UuidLength || uuid.substr(UuidLength) != call.space().idSuffix())
        return invalidRequest(uuid + " is no id of this namespace");
    return {};
}

Response restored(const std::string &id, identity::LeftOut leftOut = {})
{
    Response response = Response::of(json::object{{"id", id}});
    response.warnings = std::move(leftOut);
    return response;
}

Result<Response> restoreEntity(const Call &call, store::WriteSession &session, const json::object &object)
{
    ShapeReader shape(object, "entity");
    const identity::EntityView view = entity(shape);
    if (shape.wrong())
        return *shape.wrong();
    for (const identity::EntityAliasView &alias : view.aliases)
        if (auto right = checkId(call, alias.uuid); !right)
            return right.error();
    for (const std::string &merged : view.mergedIds.value_or(std::vector<std::string>()))
        if (auto right = checkId(call, merged); !right)
            return right.error();
    if (auto right = checkId(call, view.uuid); !right)
        return right.error();
    auto leftOut = identity::restoreEntity(session, call.ns(), view);
    if (!leftOut)
        return leftOut.error();
    return restored(view.uuid, std::move(*leftOut));
}

Result<Response> restoreGroup(const Call &call, store::WriteSession &session, const json::object &object)
{
    ShapeReader shape(object, "group");
    const auto view = group(shape);
    if (!view)
        return view.error();
    if (view->alias)
        if (auto right = checkId(call, view->alias->uuid); !right)
            return right.error();
    if (auto right = checkId(call, view->uuid); !right)
        return right.error();
    auto leftOut = identity::restoreGroup(session, call.ns(), *view);
    if (!leftOut)
        return leftOut.error();
    return restored(view->uuid, std::move(*leftOut));
}

Result<Response> restoreEntityAlias(const Call &call, store::WriteSession &session, const json::object &object)
{
    ShapeReader shape(object, "entity_alias");
    identity::EntityAliasView view = entityAlias(shape);
    view.canonicalId = shape.requiredId("canonical_id");
    if (shape.wrong())
        return *shape.wrong();
    if (auto right = checkId(call, view.uuid); !right)
        return right.error();
    if (auto done = identity::restoreEntityAlias(session, call.ns(), view); !done)
        return done.error();
    return restored(view.uuid);
}

Result<Response> restoreGroupAlias(const Call &call, store::WriteSession &session, const json::object &object)
{
    ShapeReader shape(object, "group_alias");
    identity::GroupAliasView view = groupAlias(shape);
    view.groupUuid = shape.requiredId("canonical_id");
    if (shape.wrong())
        return *shape.wrong();
    if (auto right = checkId(call, view.uuid); !right)
        return right.error();
    if (auto done = identity::restoreGroupAlias(session, call.ns(), view); !done)
        return done.error();
    return restored(view.uuid);
}

Result<Response> restore(const Call &call, store::WriteSession &session)
{
    struct Kind {
        std::string_view name;
        Result<Response> (*restore)(const Call &, store::WriteSession &, const json::object &);
    };
    constexpr Kind kinds[]{{"entity", restoreEntity},
                           {"group", restoreGroup},
                           {"entity_alias", restoreEntityAlias},
                           {"group_alias", restoreGroupAlias}};
    const Kind *wanted = nullptr;
    for (const Kind &kind : kinds) {
        if (!call.has(kind.name))
            continue;
        if (wanted)
            return invalidRequest("only one of entity, group, entity_alias, group_alias can be restored at a time");
        wanted = &kind;
    }
    if (!wanted)
        return invalidRequest("one of entity, group, entity_alias, group_alias must be given");
    const json::value *value = call.any(wanted->name);
    if (!value || !value->is_object())
        return invalidRequest(std::string(wanted->name) + " must be an object");
    return wanted->restore(call, session, value->get_object());
}

} // namespace

std::vector<Route> restoreRoutes()
{
    return {{"kith/restore",
             {{"entity", FieldType::Any},
              {"group", FieldType::Any},
              {"entity_alias", FieldType::Any},
              {"group_alias", FieldType::Any}},
             {{Operation::Update, WriteHandler(restore)}}}};
}

} // namespace kith::core
