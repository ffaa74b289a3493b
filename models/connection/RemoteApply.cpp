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

constexpr int Cancelled = 499;

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

json::object answerOf(const core::Response &response)
{
    json::object answer{{"status", response.status}};
    if (response.data)
        answer["data"] = *response.data;
    if (!response.warnings.empty())
        answer["warnings"] = json::value_from(response.warnings);
    return answer;
}

/// The id or name that a path ends in.
std::string lastOf(const std::string &path)
{
    return path.substr(path.rfind('/') + 1);
}

} // namespace

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
    core::Response response;
    if (answer) {
        response = std::move(*answer);
    } else {
        response = refusal(502, answer.error().wire);
        response.code = answer.error().code;
        response.where = answer.error().where;
    }
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
    json::array done;
    for (std::size_t i = 0; i < list->get_array().size(); ++i) {
        const json::object *object = list->get_array()[i].if_object();
        const auto operation = object ? operationOf(*object) : std::nullopt;
        const json::value *path = object ? object->if_contains("path") : nullptr;
        if (!operation || !path || !path->is_string())
            return stopped(i, refusal(400, "a part must have an operation and a path"), std::move(done));
        if (progress && progress->cancelled)
            return stopped(i, refusal(Cancelled, "cancelled"), std::move(done));
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
    json::value *list = sent.data.if_contains("requests");
    if (!list || !list->is_array())
        return m_client.ask(std::move(sent));
    for (json::value &value : list->get_array()) {
        json::object *part = value.if_object();
        if (!part)
            continue;
        if (const json::value *path = part->if_contains("path"); path && path->is_string()) {
            const std::string name(path->get_string());
            const auto operation = operationOf(*part);
            const json::value *data = part->if_contains("data");
            const json::object none;
            if (operation && *operation != Operation::Read && *operation != Operation::List)
                touchPart(name, data && data->is_object() ? data->get_object() : none);
        }
        const json::value *condition = part->if_contains("precondition");
        const json::object *object = condition ? condition->if_object() : nullptr;
        const json::value *entity = object ? object->if_contains("entity") : nullptr;
        const json::value *version = object ? object->if_contains("version") : nullptr;
        if (!entity || !entity->is_string() || !version || !version->is_int64())
            continue;
        if (auto wrong = checkEntity({false, std::string(entity->get_string()), version->get_int64()}))
            return stopped(0, std::move(*wrong), {});
        part->erase("precondition");
    }
    Answer answer = m_client.ask(sent);
    if (auto known = afterACut(sent, answer))
        return std::move(*known);
    return answer;
}

/// Whether it isn't there any more, as far as the server says so.
bool RemoteChanges::isGone(const std::string &path)
{
    const Answer answer = ask(Operation::Read, path);
    return answer && answer->status == 404;
}

/// Whether those that a merge was to take away are gone, as far as the server says so.
bool RemoteChanges::isMerged(const std::string &path, const Object &data)
{
    if (path != "identity/entity/merge")
        return false;
    const std::vector<std::string> gone = textsIn(data, "from_entity_ids");
    return !gone.empty() && std::all_of(gone.begin(), gone.end(),
                                        [this](const std::string &uuid) { return isGone(objectPath(false, uuid)); });
}

/// A deletion that was cut: nothing of its answer came, so what it read is taken from the mirror. Since it is done as a
/// whole or not at all, one of the objects tells of all.
std::optional<RemoteChanges::Answer> RemoteChanges::afterACut(const core::Request &sent, const Answer &answer)
{
    if (answer || !isOutcomeUnknown(answer.error()))
        return std::nullopt;
    auto answers = answersOfMirror(sent);
    if (!answers)
        return std::nullopt;
    for (const json::value &part : sent.data.at("requests").as_array())
        if (operationOf(part.as_object()) == Operation::Delete && isGone(std::string(part.at("path").as_string())))
            return core::Response::of(json::object{{"responses", std::move(*answers)}});
    core::Response response = refusal(502, answer.error().wire);
    response.code = answer.error().code;
    response.where = answer.error().where;
    response.data = json::object{{"responses", std::move(*answers)}, {"outcome_unknown", true}};
    return response;
}

/// What the parts of a deletion would have answered. None: it is no deletion, or the mirror hasn't read all of it.
std::optional<json::array> RemoteChanges::answersOfMirror(const core::Request &request)
{
    json::array answers;
    bool deletes = false;
    for (const json::value &value : request.data.at("requests").as_array()) {
        const json::object *part = value.if_object();
        const auto operation = part ? operationOf(*part) : std::nullopt;
        const json::value *path = part ? part->if_contains("path") : nullptr;
        if (!operation || !path || !path->is_string())
            return std::nullopt;
        deletes = deletes || *operation == Operation::Delete;
        if (*operation != Operation::Read) {
            answers.push_back(json::object{{"status", 204}});
            continue;
        }
        const std::string id = lastOf(std::string(path->get_string()));
        const bool group = path->get_string() == objectPath(true, id);
        const bool whole = group                                         ? m_mirror.hasReadGroup(id)
                           : path->get_string() == objectPath(false, id) ? m_mirror.hasReadEntity(id)
                                                                         : false;
        json::value data = whole ? known(group, id) : json::value();
        if (!data.is_object())
            return std::nullopt;
        answers.push_back(json::object{{"status", 200}, {"data", std::move(data)}});
    }
    return deletes ? std::optional(std::move(answers)) : std::nullopt;
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
    const auto inner = [&](std::string_view name) {
        const json::value *value = data.if_contains(name);
        return value ? value->if_object() : nullptr;
    };
    if (path.starts_with("kith/members/")) {
        m_touchedGroups.insert(lastOf(path));
        all(data, "add_group_ids", m_touchedGroups);
        all(data, "remove_group_ids", m_touchedGroups);
    } else if (path == "kith/restore") {
        if (const Object *entity = inner("entity")) {
            one(*entity, "id", m_touchedEntities);
            all(*entity, "direct_group_ids", m_touchedGroups);
        }
        if (const Object *group = inner("group")) {
            one(*group, "id", m_touchedGroups);
            all(*group, "member_group_ids", m_touchedGroups);
            all(*group, "parent_group_ids", m_touchedGroups);
        }
        if (const Object *alias = inner("entity_alias"))
            one(*alias, "canonical_id", m_touchedEntities);
        if (const Object *alias = inner("group_alias"))
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
    Answer answer = ask(Operation::Delete, path, part.data);
    if (!answer && isOutcomeUnknown(answer.error()) && isGone(path))
        return core::Response::noContent();
    return answer;
}

RemoteChanges::Answer RemoteChanges::update(const Part &part)
{
    const std::string path = realPath(part.path);
    const std::string id = lastOf(path);
    const bool mine = !m_ours.insert(id).second;
    if (path == "kith/restore")
        return restore(part.data);
    if (path.starts_with("kith/members/"))
        return changeMembers(id, part.data);
    if (path.starts_with("kith/"))
        return refusal(404, "this server has no " + path);
    if (path.starts_with("identity/entity-alias/id/"))
        return changeEntityAlias(id, part.data);
    if (path.starts_with("identity/group-alias/id/"))
        return changeGroupAlias(id, part.data);
    touchAll(path, part.data);
    const bool group = path == objectPath(true, id);
    if (!group && path != objectPath(false, id)) {
        Answer answer = ask(Operation::Update, path, part.data);
        if (!answer && isOutcomeUnknown(answer.error()) && isMerged(path, part.data))
            return core::Response::noContent();
        return answer;
    }
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
