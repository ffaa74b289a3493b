// SPDX-License-Identifier: Apache-2.0
#include "core/Routes.h"

#include "core/EntityJson.h"
#include "core/Lookup.h"
#include "identity/Entities.h"
#include "identity/EntityAliases.h"
#include "identity/EntityViews.h"
#include "identity/Merge.h"
#include "store/Json.h"

namespace kith::core {

namespace json = boost::json;

namespace {

std::string textOf(const Call &call, std::string_view name)
{
    return call.text(name).value_or(std::string());
}

Result<Response> save(const Call &call, store::WriteSession &session, const identity::EntityChange &change)
{
    const auto saved = identity::saveEntity(session, call.ns(), textOf(call, "id"), change);
    if (!saved)
        return saved.error();
    if (!saved->created)
        return Response::noContent();
    return Response::of({{"id", saved->uuid}, {"name", saved->name}, {"aliases", nullptr}});
}

Result<Response> saveEntity(const Call &call, store::WriteSession &session)
{
    return save(call, session,
                {call.text("name"), call.list("policies"), call.flag("disabled"), call.pairs("metadata")});
}

/// [Q] The oldest name of aliases writes entities.
Result<Response> savePersona(const Call &call, store::WriteSession &session)
{
    return save(call, session, {call.text("name"), std::nullopt, std::nullopt, call.pairs("metadata")});
}

/// JSON that was written as a text, in the form that is asked for.
Response answer(const Call &call, std::string text)
{
    if (call.takesText())
        return Response::ofText(std::move(text));
    return Response::of(*store::fromJson(text));
}

FoundEntity entityOr(std::optional<identity::EntityView> entity, Response otherwise)
{
    return entity ? FoundEntity(std::move(*entity)) : FoundEntity(std::move(otherwise));
}

Result<FoundEntity> readById(const Call &call, store::Session &session)
{
    return entityOr(identity::readEntity(session, call.ns(), call.inPath("id")), notFound());
}

Result<FoundEntity> readByName(const Call &call, store::Session &session)
{
    return entityOr(identity::readEntityByName(session, call.ns(), call.inPath("name")), notFound());
}

Result<Response> deleteById(const Call &call, store::WriteSession &session)
{
    if (const auto entity = identity::entityByUuid(session, call.ns(), call.inPath("id")))
        identity::deleteEntity(session, *entity);
    return Response::noContent();
}

Result<Response> deleteByName(const Call &call, store::WriteSession &session)
{
    if (const auto entity = identity::entityByName(session, call.ns(), call.inPath("name")))
        identity::deleteEntity(session, *entity);
    return Response::noContent();
}

Result<Response> batchDelete(const Call &call, store::WriteSession &session)
{
    const auto uuids = call.list("entity_ids").value_or(std::vector<std::string>());
    if (auto deleted = identity::deleteEntities(session, call.ns(), uuids); !deleted)
        return deleted.error();
    return Response::noContent();
}

Result<Response> merge(const Call &call, store::WriteSession &session)
{
    const identity::MergeOrder order{textOf(call, "to_entity_id"),
                                     call.list("from_entity_ids").value_or(std::vector<std::string>()),
                                     call.list("conflicting_alias_ids_to_keep").value_or(std::vector<std::string>())};
    std::vector<identity::MergeClash> clashes;
    const auto merged = identity::mergeEntities(session, call.ns(), order, clashes);
    if (merged)
        return Response::noContent();
    if (clashes.empty())
        return merged.error();
    json::array sides;
    for (const identity::MergeClash &side : clashes)
        sides.push_back({{"alias", side.alias},
                         {"entity", side.entity},
                         {"entity_id", side.entityId},
                         {"mount", side.mountType},
                         {"mount_path", side.mountPath}});
    Response response = Response::of(std::move(sides));
    response.status = merged.error().status;
    response.errors.push_back(merged.error().wire);
    return response;
}

Result<Response> listById(const Call &call, store::Session &session)
{
    EntityListText list(call.mounts());
    identity::listEntities(session, call.ns(), [&](const identity::EntityListRow &row) { list.add(row); });
    std::string text = list.finish();
    return text.empty() ? notFound() : answer(call, std::move(text));
}

/// [M] In the order of ids, and without key_info.
Result<Response> listByName(const Call &call, store::Session &session)
{
    json::array keys;
    store::Query rows = session.query("SELECT name FROM entity WHERE namespace = ? ORDER BY uuid", call.ns());
    while (rows.step())
        keys.emplace_back(rows.text(0));
    return listOf(std::move(keys));
}

std::optional<EntityId> lookedUp(const Call &call, store::Session &session)
{
    if (call.has("id"))
        return identity::entityByUuid(session, call.ns(), textOf(call, "id"));
    if (call.has("name"))
        return identity::entityByName(session, call.ns(), textOf(call, "name"));
    const auto alias = call.has("alias_id") ? identity::aliasByUuid(session, call.ns(), textOf(call, "alias_id"))
                                            : identity::aliasByFactors(session, textOf(call, "alias_mount_accessor"),
                                                                       textOf(call, "alias_name"));
    if (!alias)
        return std::nullopt;
    const EntityId entity = identity::entityOfAlias(session, *alias);
    const bool here =
        session.integer("SELECT 1 FROM entity WHERE id = ? AND namespace = ?", entity, call.ns()).has_value();
    return here ? std::optional(entity) : std::nullopt;
}

Result<FoundEntity> lookup(const Call &call, store::Session &session)
{
    if (auto counted = checkLookup(call); !counted)
        return counted.error();
    const auto entity = lookedUp(call, session);
    if (!entity)
        return FoundEntity(Response::noContent());
    return entityOr(identity::readEntity(session, *entity), notFound());
}

} // namespace

std::vector<Route> entityRoutes()
{
    const std::vector<Field> entity{
        {"id"}, {"name"}, {"metadata", FieldType::Pairs}, {"policies", FieldType::List}, {"disabled", FieldType::Bool}};
    const std::vector<Field> persona{
        {"id"}, {"entity_id"}, {"mount_accessor"}, {"name"}, {"metadata", FieldType::Pairs}};
    const std::vector<Field> merging{{"from_entity_ids", FieldType::List},
                                     {"to_entity_id"},
                                     {"conflicting_alias_ids_to_keep", FieldType::List},
                                     {"force", FieldType::Bool}};
    const std::vector<Field> factors{{"id"}, {"name"}, {"alias_id"}, {"alias_name"}, {"alias_mount_accessor"}};

    return {
        {"identity/entity", entity, {{Operation::Update, saveEntity}}},
        {"identity/entity/id/", {}, {{Operation::List, listById}}},
        {"identity/entity/id/:id",
         entity,
         {{Operation::Read, readById}, {Operation::Update, saveEntity}, {Operation::Delete, deleteById}}},
        {"identity/entity/name/", {}, {{Operation::List, listByName}}},
        {"identity/entity/name/:name+",
         entity,
         {{Operation::Read, readByName}, {Operation::Update, saveEntity}, {Operation::Delete, deleteByName}}},
        {"identity/entity/batch-delete", {{"entity_ids", FieldType::List}}, {{Operation::Update, batchDelete}}},
        {"identity/entity/merge/", merging, {{Operation::Update, merge}}},
        {"identity/lookup/entity", factors, {{Operation::Update, lookup}}},
        {"identity/persona", persona, {{Operation::Update, savePersona}}},
        {"identity/persona/id/", {}, {{Operation::List, listEntityAliases}}},
        {"identity/persona/id/:id",
         persona,
         {{Operation::Read, readEntityAlias},
          {Operation::Update, savePersona},
          {Operation::Delete, deleteEntityAlias}}},
    };
}

} // namespace kith::core
