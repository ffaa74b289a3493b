// SPDX-License-Identifier: Apache-2.0
// kith/apply for servers: part by part, or as a whole where the server has it.
#include "connection/Answers.h"
#include "connection/RemoteChanges.h"
#include "connection/VaultHttp.h"
#include "core/EntityJson.h"
#include "core/GroupJson.h"

namespace kith::connection {

namespace json = boost::json;
using core::Operation;

namespace {

core::Response givenUp()
{
    core::Response response = refusal(499, "cancelled");
    response.code = ErrorCode::Cancelled;
    return response;
}

/// How many parts stand for one thing, by "unit"; else all do. Between them nothing is given up: what is done can't be
/// taken back here.
std::size_t partsTogether(const core::Request &request, std::size_t all)
{
    const json::value *unit = request.data.if_contains("unit");
    const bool said = unit && unit->is_int64() && unit->get_int64() > 0;
    return said ? static_cast<std::size_t>(unit->get_int64()) : std::max<std::size_t>(all, 1);
}

json::object answerOf(const core::Response &response)
{
    json::object answer{{"status", response.status}};
    if (response.data)
        answer["data"] = *response.data;
    if (!response.warnings.empty())
        answer["warnings"] = json::value_from(response.warnings);
    return answer;
}

} // namespace

std::optional<Operation> operationOf(const json::object &part)
{
    const json::value *name = part.if_contains("operation");
    if (!name || !name->is_string())
        return std::nullopt;
    for (const auto &[word, operation] : {std::pair("read", Operation::Read), std::pair("update", Operation::Update),
                                          std::pair("list", Operation::List), std::pair("patch", Operation::Patch),
                                          std::pair("delete", Operation::Delete)})
        if (name->get_string() == word)
            return operation;
    return std::nullopt;
}

const json::object *objectIn(const json::object &object, std::string_view name)
{
    const json::value *value = object.if_contains(name);
    return value ? value->if_object() : nullptr;
}

std::string lastOf(const std::string &path)
{
    return path.substr(path.rfind('/') + 1);
}

core::Response conflict(const std::string &text, json::value expected, json::value current)
{
    core::Response response = refusal(412, text);
    response.code = ErrorCode::PreconditionFailed;
    response.data = json::object{{"expected", std::move(expected)}, {"current", std::move(current)}};
    return response;
}

/// Cut short at `index`: what failed, and what is done.
RemoteChanges::Answer RemoteChanges::stopped(std::size_t index, Answer answer, json::array done) const
{
    if (!answer && done.empty())
        return answer; // nothing was done, or nobody knows: as it is
    core::Response response = responseOf(answer);
    json::object data;
    if (response.data && response.data->is_object())
        data = std::move(response.data->get_object());
    data["failed_request"] = index;
    data["responses"] = std::move(done);
    if (!answer && isOutcomeUnknown(answer.error()))
        data["outcome_unknown"] = true;
    response.data = std::move(data);
    for (const Clash &clash : m_clashes)
        response.warnings.push_back(clash.text);
    return response;
}

RemoteChanges::Answer RemoteChanges::apply(const core::Request &request)
{
    const json::value *list = request.data.if_contains("requests");
    if (!list || !list->is_array())
        return refusal(400, "requests must be a list");
    const auto progress = request.progress;
    if (progress)
        progress->total = static_cast<std::int64_t>(list->get_array().size());
    const std::size_t together = partsTogether(request, list->get_array().size());
    json::array done;
    for (std::size_t i = 0; i < list->get_array().size(); ++i) {
        const json::object *object = list->get_array()[i].if_object();
        const auto operation = object ? operationOf(*object) : std::nullopt;
        const json::value *path = object ? object->if_contains("path") : nullptr;
        if (!operation || !path || !path->is_string())
            return stopped(i, refusal(400, "a part must have an operation and a path"), std::move(done));
        if (progress && progress->cancelled && i % together == 0)
            return stopped(i, givenUp(), std::move(done));
        Part part{*operation, std::string(path->get_string()), {}, {}};
        if (const json::value *data = object->if_contains("data"); data && data->is_object())
            part.data = data->get_object();
        if (const json::value *condition = object->if_contains("precondition"); condition && condition->is_object()) {
            const bool group = condition->get_object().contains("group");
            const json::value *id = condition->get_object().if_contains(group ? "group" : "entity");
            const json::value *version = condition->get_object().if_contains("version");
            if (id && id->is_string() && version && version->is_int64())
                part.precondition = {group, std::string(id->get_string()), version->get_int64()};
        }
        Answer answer = runPart(part);
        if (!answer || !answer->ok())
            return stopped(i, std::move(answer), std::move(done));
        done.push_back(answerOf(*answer));
        if (progress)
            progress->done = static_cast<std::int64_t>(i) + 1;
    }
    core::Response whole = core::Response::of(json::object{{"responses", std::move(done)}});
    for (const Clash &clash : m_clashes)
        whole.warnings.push_back(clash.text);
    return whole;
}

/// As a whole. The versions of entities are the mirror's own, so their preconditions are looked at here.
RemoteChanges::Answer RemoteChanges::applyThere(const core::Request &request)
{
    core::Request sent = request;
    sent.progress.reset(); // giving up to wait for it wouldn't stop it there
    json::value *list = sent.data.if_contains("requests");
    if (!list || !list->is_array())
        return m_client.ask(std::move(sent));
    for (std::size_t i = 0; i < list->get_array().size(); ++i) {
        json::object *part = list->get_array()[i].if_object();
        if (!part)
            continue;
        if (const json::value *path = part->if_contains("path"); path && path->is_string()) {
            const std::string name(path->get_string());
            const auto operation = operationOf(*part);
            const json::object *data = objectIn(*part, "data");
            const json::object none;
            if (operation && *operation != Operation::Read && *operation != Operation::List)
                touchPart(name, data ? *data : none);
        }
        const json::object *object = objectIn(*part, "precondition");
        const json::value *entity = object ? object->if_contains("entity") : nullptr;
        const json::value *version = object ? object->if_contains("version") : nullptr;
        if (!entity || !entity->is_string() || !version || !version->is_int64())
            continue;
        if (auto wrong = checkEntity({false, std::string(entity->get_string()), version->get_int64()}))
            return stopped(i, std::move(*wrong), {}); // before anything is sent
        part->erase("precondition");
    }
    Answer answer = m_client.ask(sent);
    if (auto known = afterACut(sent, answer))
        return std::move(*known);
    return answer;
}

/// What a part that kithd itself does will change.
void RemoteChanges::touchPart(const std::string &path, const Object &data)
{
    const auto all = [](const Object &object, std::string_view name, std::set<std::string> &into) {
        for (std::string &uuid : textsIn(object, name))
            into.insert(std::move(uuid));
    };
    const auto one = [](const Object &object, std::string_view name, std::set<std::string> &into) {
        if (const json::value *uuid = object.if_contains(name); uuid && uuid->is_string())
            into.insert(std::string(uuid->get_string()));
    };
    if (path.starts_with("kith/members/")) {
        m_touchedGroups.insert(lastOf(path));
        all(data, "add_group_ids", m_touchedGroups);
        all(data, "remove_group_ids", m_touchedGroups);
    } else if (path == RestorePath) {
        if (const Object *entity = objectIn(data, "entity")) {
            one(*entity, "id", m_touchedEntities);
            all(*entity, "direct_group_ids", m_touchedGroups);
        }
        if (const Object *group = objectIn(data, "group")) {
            one(*group, "id", m_touchedGroups);
            all(*group, "member_group_ids", m_touchedGroups);
            all(*group, "parent_group_ids", m_touchedGroups);
        }
        if (const Object *alias = objectIn(data, "entity_alias"))
            one(*alias, "canonical_id", m_touchedEntities);
        if (const Object *alias = objectIn(data, "group_alias"))
            one(*alias, "canonical_id", m_touchedGroups);
    } else {
        touchAll(path, data);
    }
}

RemoteChanges::Answer RemoteChanges::runPart(const Part &part)
{
    m_checked.reset();
    m_renewed.clear();
    if (part.precondition) {
        if (auto wrong = check(*part.precondition))
            return std::move(*wrong);
    }
    switch (part.operation) {
    case Operation::Delete:
        return remove(part);
    case Operation::Update:
    case Operation::Create:
        return update(part);
    default:
        return ask(part.operation, realPath(part.path), part.data);
    }
}

RemoteChanges::Answer RemoteChanges::remove(const Part &part)
{
    const std::string path = realPath(part.path);
    touchNeighbours(path);
    touch(path);
    m_ours.insert(lastOf(path));
    return settled(Operation::Delete, path, part.data);
}

RemoteChanges::Answer RemoteChanges::update(const Part &part)
{
    const std::string path = realPath(part.path);
    const std::string id = lastOf(path);
    const bool mine = !m_ours.insert(id).second;
    if (path == RestorePath)
        return restore(part.data);
    if (path.starts_with("kith/members/"))
        return changeMembers(id, part.data);
    if (path.starts_with("kith/"))
        return refusal(404, "this server has no " + path);
    if (path.starts_with(EntityAliasPath))
        return changeEntityAlias(id, part.data);
    if (path.starts_with(GroupAliasPath))
        return changeGroupAlias(id, part.data);
    touchAll(path, part.data);
    const bool group = path == objectPath(true, id);
    if (!group && path != objectPath(false, id))
        return settled(Operation::Update, path, part.data);
    // What the precondition held of, and what this request itself has changed, isn't as the mirror has it any more.
    return changeObject(group, id, part.data, mine ? Unseen::Overwrite : Unseen::Refuse);
}

/// Reads the object as it is on the server. `isStill(current)`: nothing; else a conflict, which the mirror learns of.
template <class View, class Read, class IsStill>
std::optional<RemoteChanges::Answer> RemoteChanges::compare(const Precondition &precondition,
                                                            const std::optional<View> &expected, Read read,
                                                            IsStill isStill, const std::string &text)
{
    const Stamp asked = m_mirror.stamp();
    auto answer = ask(Operation::Read, objectPath(precondition.group, precondition.uuid));
    if (!answer || (!answer->ok() && answer->status != 404))
        return answer;
    const json::object *data = dataOf(answer);
    const std::optional<View> current = data ? read(*data) : std::nullopt;
    if (current && isStill(*current)) {
        m_checked.emplace(precondition.uuid, *data);
        return std::nullopt;
    }
    MirrorBatch batch;
    if (current)
        batch.put(MirrorBatch::Seen<View>{asked, *current});
    else
        (precondition.group ? batch.goneGroups : batch.goneEntities).push_back({asked, precondition.uuid});
    if (!m_mirror.write(batch))
        m_unclear = true;
    const auto shown = [](const std::optional<View> &view) {
        return view ? json::value(core::toJson(*view)) : json::value();
    };
    return conflict(text, shown(expected), shown(current));
}

std::optional<RemoteChanges::Answer> RemoteChanges::check(const Precondition &precondition)
{
    Precondition condition = precondition;
    condition.uuid = real(condition.uuid);
    if (m_ours.contains(condition.uuid))
        return std::nullopt; // it held before this request began to change it
    return condition.group ? checkGroup(condition) : checkEntity(condition);
}

std::optional<RemoteChanges::Answer> RemoteChanges::checkEntity(const Precondition &precondition)
{
    const auto expected = m_mirror.entity(precondition.uuid);
    const bool shown = expected && m_mirror.entityVersion(precondition.uuid) == precondition.version;
    return compare(
        precondition, expected, &entityOf,
        [&](const identity::EntityView &current) { return shown && sameEntity(*expected, current); },
        "the entity " + precondition.uuid + " isn't as it was read any more");
}

std::optional<RemoteChanges::Answer> RemoteChanges::checkGroup(const Precondition &precondition)
{
    return compare(
        precondition, m_mirror.group(precondition.uuid), &groupOf,
        [&](const identity::GroupView &current) { return current.modifyIndex == precondition.version; },
        "the group " + precondition.uuid + " isn't of version " + std::to_string(precondition.version) + " any more");
}

} // namespace kith::connection
