// SPDX-License-Identifier: Apache-2.0
// The entities and groups of an import into a plain server.
#include "connection/Answers.h"
#include "connection/ObjectFacts.h"
#include "connection/RemoteImport.h"
#include "core/GroupJson.h"
#include "identity/Entities.h"
#include "identity/Groups.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::connection {

namespace json = boost::json;
using core::Operation;
using identity::changes;
using identity::ObjectPlan;
using identity::PlanAction;
namespace document = identity::document;

namespace {

json::object jsonOf(const identity::StoredMetadata &metadata)
{
    json::object object;
    if (metadata)
        for (const auto &[key, text] : *metadata)
            object[key] = text;
    return object;
}

json::value jsonOf(const std::vector<std::string> &texts)
{
    return json::value(json::array(texts.begin(), texts.end()));
}

/// Policies and metadata, where the document has them and they are to be written.
template <class Item>
json::object ownFields(const ObjectPlan &plan, const Item &item)
{
    const bool isNew = plan.action == PlanAction::Create;
    json::object body;
    if (item.policies && (isNew || changes(plan, "policies")))
        body["policies"] = jsonOf(*item.policies);
    if (item.metadata && (isNew || changes(plan, "metadata")))
        body["metadata"] = jsonOf(item.metadata);
    return body;
}

std::string keyOf(const char *kind, const std::string &name)
{
    return std::string(kind) + " " + foldCase(name);
}

} // namespace

std::string RemoteImport::idOf(const char *kind, const std::string &name)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto made = m_made.find(keyOf(kind, name)); made != m_made.end())
            return made->second;
    }
    const bool entity = std::string_view(kind) == "entity";
    auto found = m_mirror.core().store().read([&](store::Session &session) -> Result<std::string> {
        return (entity ? session.text("SELECT uuid FROM entity WHERE name_key = ?", foldCase(name))
                       : session.text("SELECT uuid FROM identity_group WHERE name_key = ?", foldCase(name)))
            .value_or("");
    });
    return found ? *found : std::string();
}

/// A name that somebody took meanwhile isn't taken from them: the server would change theirs.
RemoteImport::Failure RemoteImport::makeNew(const char *kind, const std::string &name, Object data, std::string &id)
{
    const std::string base = std::string("identity/") + kind;
    const Answer taken = ask(Operation::Read, base + "/name/" + name);
    if (!taken || taken->status != 404)
        return taken && taken->ok() ? "somebody has made one of that name meanwhile" : failureText(taken);
    data["name"] = name;
    const Answer answer = ask(Operation::Update, base, std::move(data));
    if (!answer || !answer->ok())
        return failureText(answer);
    const json::object *made = dataOf(answer);
    id = made ? textIn(*made, "id") : std::string();
    if (id.empty()) { // 204: somebody was quicker all the same, and theirs was changed
        warn("overwritten", std::string(kind) + " " + inQuotes(name),
             "somebody else made it at the same moment: its policies and metadata may have been overwritten");
        return "somebody has made one of that name meanwhile";
    }
    const std::lock_guard lock(m_mutex);
    m_made[keyOf(kind, name)] = id;
    return {};
}

/// Planned with what the mirror had.
RemoteImport::Failure RemoteImport::refuseChanged(const ObjectPlan &plan) const
{
    const auto expected = m_mirror.entity(plan.uuid);
    const Answer answer = m_client.ask(requestOf(Operation::Read, "identity/entity/id/" + plan.uuid));
    const json::object *data = dataOf(answer);
    const auto current = data ? entityOf(*data) : std::nullopt;
    if (!current || !expected || !sameEntity(*expected, *current))
        return current ? "somebody has changed it meanwhile" : failureText(answer);
    return {};
}

RemoteImport::Failure RemoteImport::doEntity(std::size_t index)
{
    const ObjectPlan &plan = m_plan.entities[index];
    const document::Entity &item = m_document.entities[index];
    const bool isNew = plan.action == PlanAction::Create;
    json::object body = ownFields(plan, item);
    if (item.disabled && (isNew || changes(plan, "disabled")))
        body["disabled"] = *item.disabled;
    std::string id = plan.uuid;
    if (isNew) {
        if (auto failure = makeNew("entity", item.name, std::move(body), id))
            return failure;
    } else {
        if (changes(plan, "name"))
            body["name"] = item.name;
        if (auto failure = refuseChanged(plan))
            return failure;
        if (!body.empty())
            if (auto failure = post("identity/entity/id/" + id, std::move(body)))
                return failure;
    }
    for (const document::Alias &alias : item.aliases) {
        const std::string where = "aliases." + (alias.mount.empty() ? alias.accessor : alias.mount);
        if (isNew || changes(plan, where))
            if (auto failure = doEntityAlias(id, alias))
                return failure;
    }
    return {};
}

RemoteImport::Failure RemoteImport::doEntityAlias(const std::string &owner, const document::Alias &alias)
{
    const std::string accessor = accessorOf(alias);
    if (accessor.empty() || alias.mount.empty())
        return "the mount of the alias \"" + alias.name + "\" isn't there";
    const Answer found = ask(Operation::Update, "identity/lookup/entity",
                             {{"alias_name", alias.name}, {"alias_mount_accessor", accessor}});
    if (!found || !found->ok())
        return failureText(found);
    if (const json::object *data = dataOf(found)) {
        const auto entity = entityOf(*data);
        if (entity && entity->uuid != owner)
            return "the alias \"" + alias.name + "\" belongs to \"" + entity->name + "\"";
    }
    json::object body{{"name", alias.name}, {"mount_accessor", accessor}, {"canonical_id", owner}};
    if (alias.customMetadata && !alias.customMetadata->empty())
        body["custom_metadata"] = jsonOf(alias.customMetadata);
    std::string path = "identity/entity-alias";
    if (const auto entity = m_mirror.entity(owner)) {
        const auto same = std::find_if(entity->aliases.begin(), entity->aliases.end(),
                                       [&](const auto &one) { return one.accessor == accessor; });
        if (same != entity->aliases.end())
            path += "/id/" + same->uuid; // it gets another name
    }
    return post(path, std::move(body));
}

RemoteImport::Failure RemoteImport::doGroup(std::size_t index)
{
    const ObjectPlan &plan = m_plan.groups[index];
    const document::Group &item = m_document.groups[index];
    const bool isNew = plan.action == PlanAction::Create;
    json::object body = ownFields(plan, item);
    std::string id = plan.uuid;
    if (isNew) {
        body["type"] = item.external ? "external" : "internal";
        if (auto failure = makeNew("group", item.name, std::move(body), id))
            return failure;
    } else {
        const Answer answer = ask(Operation::Read, "identity/group/id/" + id);
        const auto current = dataOf(answer) ? groupOf(*dataOf(answer)) : std::nullopt;
        if (!current || current->modifyIndex != plan.version)
            return current ? "somebody has changed it meanwhile" : failureText(answer);
        if (changes(plan, "name"))
            body["name"] = item.name;
        if (!body.empty())
            if (auto failure = post("identity/group/id/" + id, std::move(body)))
                return failure;
    }
    if (!item.alias || !(isNew || changes(plan, "alias")))
        return {};
    const std::string accessor = accessorOf(*item.alias);
    if (accessor.empty())
        return "the mount of the alias \"" + item.alias->name + "\" isn't there";
    return post("identity/group-alias",
                {{"name", item.alias->name}, {"mount_accessor", accessor}, {"canonical_id", id}});
}

RemoteImport::Failure RemoteImport::doMembers(std::size_t index)
{
    const ObjectPlan &plan = m_plan.groups[index];
    const document::Group &item = m_document.groups[index];
    const bool isNew = plan.action == PlanAction::Create;
    json::object body;
    const auto put = [&](const char *kind, const char *field, const char *parameter,
                         const std::optional<std::vector<document::Member>> &members) -> Failure {
        if (!members || item.external || (isNew ? members->empty() : !changes(plan, field)))
            return {};
        std::string list; // one text: a body holds a thousand at most
        for (const document::Member &member : *members) {
            const std::string id = idOf(kind, member.name);
            if (id.empty())
                return "its member \"" + member.name + "\" isn't there";
            list += (list.empty() ? "" : ",") + id;
        }
        body[parameter] = list.empty() ? json::value(json::array()) : json::value(list);
        return {};
    };
    if (auto failure = put("entity", "member_entities", "member_entity_ids", item.memberEntities))
        return failure;
    if (auto failure = put("group", "member_groups", "member_group_ids", item.memberGroups))
        return failure;
    const std::string id = idOf("group", item.name);
    if (body.empty() || id.empty())
        return {}; // of a group that couldn't be made, that was said
    return isNew ? post("identity/group/id/" + id, std::move(body)) : replaceMembers(id, item.name, std::move(body));
}

/// Who is in a group that was there before is replaced as a whole: not unless they are still those that the plan saw.
RemoteImport::Failure RemoteImport::replaceMembers(const std::string &id, const std::string &name, Object body)
{
    const std::string path = "identity/group/id/" + id;
    const Answer before = ask(Operation::Read, path);
    const json::object *current = dataOf(before);
    const auto expected = m_mirror.group(id);
    if (!current || !expected)
        return failureText(before);
    const ObjectFacts wanted = factsOf(body);
    if (!differing(wanted, factsOf(*current), factsOf(core::toJson(*expected))).empty())
        return "somebody has changed it meanwhile";
    if (auto failure = post(path, std::move(body)))
        return failure;
    const Answer after = ask(Operation::Read, path);
    if (const json::object *data = dataOf(after);
        data && numberIn(*data, "modify_index") > numberIn(*current, "modify_index") + 1)
        warn("overwritten", "group " + inQuotes(name),
             "somebody else changed it at the same moment: who they put in or took out may have been overwritten");
    return {};
}

} // namespace kith::connection
