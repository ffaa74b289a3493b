// SPDX-License-Identifier: Apache-2.0
// kith/restore on a server without it: the object is made anew, with an id of the server's.
#include "connection/Answers.h"
#include "connection/RemoteChanges.h"

namespace kith::connection {

namespace json = boost::json;
using core::Operation;

namespace {

std::string idIn(const Result<core::Response> &answer)
{
    const json::object *data = answer && answer->data ? answer->data->if_object() : nullptr;
    return data ? textIn(*data, "id") : std::string();
}

/// What is given of these members, as it is.
json::object some(const json::object &object, std::initializer_list<std::string_view> names)
{
    json::object result;
    for (const std::string_view name : names)
        if (const json::value *value = object.if_contains(name); value && !value->is_null())
            result[name] = *value;
    return result;
}

} // namespace

RemoteChanges::Answer RemoteChanges::restore(const Object &data)
{
    if (const json::object *entity = objectIn(data, "entity"))
        return restoreEntity(*entity);
    if (const json::object *group = objectIn(data, "group"))
        return restoreGroup(*group);
    if (const json::object *alias = objectIn(data, "entity_alias"))
        return restoreEntityAlias(*alias, real(textIn(*alias, "canonical_id")));
    if (const json::object *alias = objectIn(data, "group_alias"))
        return restoreGroupAlias(*alias, real(textIn(*alias, "canonical_id")));
    return refusal(400, "one of entity, group, entity_alias, group_alias must be given");
}

/// A name that somebody has: the server would change them instead of making somebody new.
std::optional<RemoteChanges::Answer> RemoteChanges::refuseName(const std::string &kind, const std::string &name)
{
    Answer answer = ask(Operation::Read, "identity/" + kind + "/name/" + name);
    if (answer && answer->status == 404)
        return std::nullopt;
    if (!answer || !answer->ok())
        return answer;
    return Answer(refusal(400, kind + " name is already in use"));
}

RemoteChanges::Answer RemoteChanges::made(const Object &object, const std::string &id, Warnings warnings)
{
    const std::string asked = textIn(object, "id");
    if (!asked.empty())
        m_newIds[asked] = id;
    m_ours.insert(id);
    core::Response response = core::Response::of({{"id", id}});
    // It was there before: whoever keeps its id has to know.
    if (object.contains("creation_time")) {
        response.data->get_object()["new_id"] = true;
        if (!asked.empty())
            m_renewed[asked] = id;
    }
    if (!m_renewed.empty())
        response.data->get_object()["new_ids"] = m_renewed;
    response.warnings = std::move(warnings);
    return response;
}

/// What was just made for a change that can't be done whole goes again.
RemoteChanges::Answer RemoteChanges::takeBack(const std::string &path, Answer failure)
{
    const Answer gone = settled(Operation::Delete, path);
    if (gone && gone->ok())
        return failure;
    m_unclear = m_unclear || !gone;
    core::Response response = responseOf(std::move(failure));
    if (response.errors.empty())
        response.errors.push_back("status " + std::to_string(response.status));
    response.errors.push_back("What was made of it until then could not be deleted again (" + failureText(gone) +
                              "): " + path);
    return response;
}

/// The server answered without an id (204): it took our new object for a change of theirs, which came into being after
/// we had looked.
RemoteChanges::Answer RemoteChanges::metAnother(bool group, const std::string &name)
{
    m_unclear = true;
    const char *kind = group ? "group" : "entity";
    Clash clash{group, {}, name, Clash::What::MaybeOverwritten, {}};
    clash.text = std::string("somebody else made the ") + kind + " \"" + name +
                 "\" at the same moment: its policies and metadata may have been overwritten";
    core::Response response = refusal(400, clash.text);
    m_clashes.push_back(std::move(clash));
    return response;
}

RemoteChanges::Answer RemoteChanges::restoreEntity(const Object &object)
{
    if (auto taken = refuseName("entity", textIn(object, "name")))
        return std::move(*taken);
    std::vector<const json::object *> aliases;
    if (const json::value *list = object.if_contains("aliases"); list && list->is_array())
        for (const json::value &alias : list->get_array())
            if (alias.is_object())
                aliases.push_back(&alias.get_object());
    for (const json::object *alias : aliases)
        if (auto taken = refuseTaken(textIn(*alias, "name"), textIn(*alias, "mount_accessor"), {}))
            return std::move(*taken);
    Answer answer = makeObject(false, some(object, {"name", "metadata", "policies", "disabled"}));
    if (!answer || !answer->ok())
        return answer;
    const std::string id = idIn(answer);
    if (id.empty())
        return metAnother(false, textIn(object, "name"));
    const std::string path = objectPath(false, id);
    m_touchedEntities.insert(id);
    Warnings warnings;
    for (const json::object *alias : aliases) {
        Answer added = restoreEntityAlias(*alias, id);
        if (!added || !added->ok())
            return takeBack(path, std::move(added));
        warnings.insert(warnings.end(), added->warnings.begin(), added->warnings.end());
    }
    if (auto failure = join(id, textsIn(object, "direct_group_ids"), warnings))
        return takeBack(path, std::move(*failure));
    if (holdsAny(object, "merged_entity_ids"))
        warnings.emplace_back("ids of entities that were merged into it don't lead to it any more");
    return made(object, id, std::move(warnings));
}

std::optional<RemoteChanges::Answer> RemoteChanges::join(const std::string &entity,
                                                         const std::vector<std::string> &groups, Warnings &warnings)
{
    for (const std::string &asked : groups) {
        const std::string uuid = real(asked);
        const auto group = m_mirror.group(uuid);
        if (!group) {
            warnings.push_back("there is no group \"" + uuid + "\" any more: the entity isn't in it");
            continue;
        }
        if (group->type == identity::GroupType::External) {
            warnings.push_back("only a login puts somebody into \"" + group->name + "\"");
            continue;
        }
        Answer answer = changeMembers(uuid, {{"add_entity_ids", json::array{entity}}});
        if (!answer || !answer->ok())
            return answer;
    }
    return std::nullopt;
}

RemoteChanges::Answer RemoteChanges::restoreGroup(const Object &object)
{
    if (auto taken = refuseName("group", textIn(object, "name")))
        return std::move(*taken);
    json::object body = some(object, {"name", "type", "metadata", "policies"});
    Warnings warnings;
    const bool external = textIn(object, "type") == "external";
    std::vector<std::string> people;
    for (const std::string &uuid : textsIn(object, "member_entity_ids")) {
        if (knowsEntity(real(uuid)))
            people.push_back(real(uuid));
        else
            warnings.push_back("there is no entity \"" + uuid + "\" any more: it isn't a member");
    }
    std::vector<std::string> groups;
    for (const std::string &uuid : textsIn(object, "member_group_ids")) {
        if (knowsGroup(real(uuid)))
            groups.push_back(real(uuid));
        else
            warnings.push_back("there is no group \"" + uuid + "\" any more: it isn't a subgroup");
    }
    if (external && !people.empty())
        warnings.emplace_back("only logins put people into an external group");
    if (!external && !people.empty())
        body["member_entity_ids"] = list(people);
    if (!external && !groups.empty())
        body["member_group_ids"] = list(groups);
    Answer answer = makeObject(true, std::move(body));
    if (!answer || !answer->ok())
        return answer;
    const std::string id = idIn(answer);
    if (id.empty())
        return metAnother(true, textIn(object, "name"));
    const std::string path = objectPath(true, id);
    m_touchedGroups.insert(id);
    m_touchedGroups.insert(groups.begin(), groups.end());
    const json::value *alias = object.if_contains("alias");
    if (alias && alias->is_object() && !textIn(alias->get_object(), "name").empty()) {
        Answer added = restoreGroupAlias(alias->get_object(), id);
        if (!added || !added->ok())
            return takeBack(path, std::move(added));
    }
    if (auto failure = hang(id, textsIn(object, "parent_group_ids"), warnings))
        return takeBack(path, std::move(*failure));
    return made(object, id, std::move(warnings));
}

/// Under its parents.
std::optional<RemoteChanges::Answer> RemoteChanges::hang(const std::string &group,
                                                         const std::vector<std::string> &parents, Warnings &warnings)
{
    for (const std::string &asked : parents) {
        const std::string uuid = real(asked);
        if (!knowsGroup(uuid)) {
            warnings.push_back("there is no group \"" + uuid + "\" any more: it isn't a parent");
            continue;
        }
        Answer answer = changeMembers(uuid, {{"add_group_ids", json::array{group}}});
        if (!answer || !answer->ok())
            return answer;
    }
    return std::nullopt;
}

RemoteChanges::Answer RemoteChanges::restoreEntityAlias(const Object &object, const std::string &owner)
{
    const std::string name = textIn(object, "name");
    const std::string accessor = textIn(object, "mount_accessor");
    if (auto taken = refuseTaken(name, accessor, {}))
        return std::move(*taken);
    json::object body = some(object, {"name", "mount_accessor", "custom_metadata"});
    if (!holdsAny(object, "custom_metadata"))
        body.erase("custom_metadata");
    body["canonical_id"] = owner;
    m_touchedEntities.insert(owner);
    m_ours.insert(owner);
    Answer answer = makeAlias(false, std::move(body));
    if (!answer || !answer->ok())
        return answer;
    Warnings warnings;
    if (holdsAny(object, "metadata"))
        warnings.push_back("what logins said of the alias \"" + name + "\" comes back with the next login");
    return made(object, idIn(answer), std::move(warnings));
}

RemoteChanges::Answer RemoteChanges::restoreGroupAlias(const Object &object, const std::string &owner)
{
    Answer group = ask(Operation::Read, "identity/group/id/" + owner);
    if (!group || !group->ok())
        return group;
    const json::object *data = group->data ? group->data->if_object() : nullptr;
    if (const auto current = data ? groupOf(*data) : std::nullopt; current && current->alias)
        return refusal(400, "the group has an alias already; it would be replaced");
    json::object body = some(object, {"name", "mount_accessor"});
    body["canonical_id"] = owner;
    m_touchedGroups.insert(owner);
    m_ours.insert(owner);
    Answer answer = makeAlias(true, std::move(body));
    if (!answer || !answer->ok())
        return answer;
    return made(object, idIn(answer), {});
}

} // namespace kith::connection
