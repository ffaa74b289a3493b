// SPDX-License-Identifier: Apache-2.0
// What became of a change whose answer was lost: the server is asked how it is now.
#include "connection/Answers.h"
#include "connection/RemoteChanges.h"
#include "connection/VaultHttp.h"
#include "core/EntityJson.h"
#include "core/GroupJson.h"
#include "store/Text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

namespace kith::connection {

namespace json = boost::json;
using core::Operation;

namespace {

constexpr std::string_view Tune = "/tune";
constexpr std::string_view Unread = "what was deleted couldn't be read before: it can't be brought back";
/// Before somebody looks again for what isn't to be seen yet.
constexpr std::array Pauses{std::chrono::milliseconds(300), std::chrono::milliseconds(900)};

bool wasCut(const Result<core::Response> &answer)
{
    return !answer && isOutcomeUnknown(answer.error());
}

/// The id of an alias of this object; empty: it has none like that.
std::string aliasIdIn(bool group, const json::object &owner, const std::string &name, const std::string &accessor)
{
    const auto is = [&](const auto &alias) {
        return foldCase(alias.name) == foldCase(name) && alias.accessor == accessor;
    };
    if (group) {
        const auto view = groupOf(owner);
        return view && view->alias && is(*view->alias) ? view->alias->uuid : std::string();
    }
    if (const auto view = entityOf(owner))
        for (const identity::EntityAliasView &alias : view->aliases)
            if (is(alias))
                return alias.uuid;
    return {};
}

} // namespace

/// The mounts that were there before something is done to them; `path` and its answer: a read of any kind.
void RemoteChanges::noteMounts(const std::string &path, const Answer &answer)
{
    const json::object *mounts = path == "sys/auth" ? dataOf(answer) : nullptr;
    if (!mounts)
        return;
    m_mountAccessors.emplace();
    for (const auto &[name, mount] : *mounts)
        if (mount.is_object())
            m_mountAccessors->emplace(std::string(name), textIn(mount.get_object(), "accessor"));
}

/// What isn't to be seen is looked for again: a proxy may hold what was sent, or the server be at it.
RemoteChanges::Became RemoteChanges::lookUntilSeen(const std::function<Became()> &look)
{
    Became became = look();
    for (const auto pause : Pauses) {
        if (became != Became::NotSeen)
            break;
        std::this_thread::sleep_for(pause);
        became = look();
    }
    return became;
}

/// Without an answer, or with one that nothing follows from (no right to read it), nobody knows.
RemoteChanges::Became RemoteChanges::becameThere(const std::string &path,
                                                 const std::function<Became(const Object &)> &look)
{
    const Answer answer = ask(Operation::Read, path);
    if (answer && answer->status == 404)
        return look({});
    const json::object *data = dataOf(answer);
    return data ? look(*data) : Became::Unknown;
}

RemoteChanges::Became RemoteChanges::mountBecame(Operation operation, const std::string &path, const Object &data)
{
    std::string name = path.substr(MountPath.size());
    const bool tuned = name.ends_with(Tune);
    if (tuned)
        name.resize(name.size() - Tune.size());
    name += '/';
    const auto before = m_mountAccessors; // the look below is a read, too
    return becameThere("sys/auth", [&](const Object &mounts) {
        const json::object *mount = objectIn(mounts, name);
        if (operation == Operation::Delete || !mount)
            return (operation == Operation::Delete) == !mount ? Became::Done : Became::NotSeen;
        const auto same = [&](const char *field) {
            return !data.contains(field) || textIn(*mount, field) == textIn(data, field);
        };
        if (tuned) // what else it sets isn't in the list
            return !data.contains("description") ? Became::Unknown
                   : same("description")         ? Became::Done
                                                 : Became::NotSeen;
        if (!same("type") || !same("description"))
            return Became::NotSeen; // somebody else's
        if (!before)
            return Became::Unknown;
        const auto was = before->find(name);
        const bool isNew = was == before->end() || was->second != textIn(*mount, "accessor");
        return isNew ? Became::Done : Became::NotSeen;
    });
}

std::optional<RemoteChanges::Became> RemoteChanges::became(Operation operation, const std::string &path,
                                                           const Object &data)
{
    if (path.starts_with(MountPath))
        return mountBecame(operation, path, data);
    if (operation == Operation::Delete)
        return becameThere(path, [](const Object &there) { return there.empty() ? Became::Done : Became::NotSeen; });
    if (path.starts_with(PolicyPath))
        return becameThere(path, [&](const Object &there) {
            return textIn(there, "policy") == textIn(data, "policy") ? Became::Done : Became::NotSeen;
        });
    const std::vector<std::string> merged =
        path == MergePath ? textsIn(data, "from_entity_ids") : std::vector<std::string>();
    if (merged.empty())
        return std::nullopt;
    return becameThere(objectPath(false, real(merged.back())),
                       [](const Object &there) { return there.empty() ? Became::Done : Became::NotSeen; });
}

RemoteChanges::Answer RemoteChanges::settled(Operation operation, const std::string &path, const Object &data)
{
    Answer answer = ask(operation, path, data);
    if (!wasCut(answer))
        return answer;
    const auto look = [&] { return became(operation, path, data).value_or(Became::Unknown); };
    return told(lookUntilSeen(look), std::move(answer));
}

RemoteChanges::Answer RemoteChanges::told(Became became, Answer lost)
{
    if (became == Became::Done)
        return core::Response::noContent();
    m_unclear = true;
    return became == Became::NotSeen ? Answer(outcomeUnseen(lost.error())) : std::move(lost);
}

/// Half of a move can't be left to chance.
RemoteChanges::Answer RemoteChanges::settledMembers(const Written &written, Answer answer)
{
    if (!wasCut(answer))
        return answer;
    const ObjectFacts wanted = factsOf(written.body);
    const auto look = [&](const Object &there) {
        const ObjectFacts now = factsOf(there);
        return differing(wanted, wanted, now).empty()                    ? Became::Done
               : differing(wanted, factsOf(written.before), now).empty() ? Became::NotSeen
                                                                         : Became::Unknown;
    };
    const std::string path = objectPath(written.group, written.uuid);
    return told(lookUntilSeen([&] { return becameThere(path, look); }), std::move(answer));
}

/// A new object, under a name that nobody had a moment ago: whoever has it now, as it was to be, is the new one.
RemoteChanges::Answer RemoteChanges::makeObject(bool group, Object body)
{
    const std::string path = group ? "identity/group" : "identity/entity";
    const std::string name = textIn(body, "name");
    const ObjectFacts wanted = factsOf(body);
    Answer answer = ask(Operation::Update, path, std::move(body));
    if (!wasCut(answer))
        return answer;
    std::string id;
    const auto look = [&](const Object &there) {
        if (there.empty())
            return Became::NotSeen;
        if (!differing(wanted, wanted, factsOf(there)).empty())
            return Became::Unknown; // somebody else's, or ours, that the server keeps otherwise than it was sent
        id = textIn(there, "id");
        return Became::Done;
    };
    const Became became = lookUntilSeen([&] { return becameThere(path + "/name/" + name, look); });
    return became == Became::Done ? Answer(core::Response::of({{"id", id}})) : told(became, std::move(answer));
}

/// Likewise an alias, that nobody else had.
RemoteChanges::Answer RemoteChanges::makeAlias(bool group, Object body)
{
    const std::string owner = objectPath(group, textIn(body, "canonical_id"));
    const std::string name = textIn(body, "name");
    const std::string accessor = textIn(body, "mount_accessor");
    Answer answer = ask(Operation::Update, group ? "identity/group-alias" : "identity/entity-alias", std::move(body));
    if (!wasCut(answer))
        return answer;
    std::string id;
    const auto look = [&](const Object &there) {
        id = aliasIdIn(group, there, name, accessor);
        return there.empty() ? Became::Unknown : id.empty() ? Became::NotSeen : Became::Done;
    };
    const Became became = lookUntilSeen([&] { return becameThere(owner, look); });
    return became == Became::Done ? Answer(core::Response::of({{"id", id}})) : told(became, std::move(answer));
}

/// What a part of a kith/apply says; an empty path: nothing that is known. Not to be kept longer than the request.
struct RemoteChanges::Said {
    struct Restored {
        std::string path;
        std::string id;
    };

    std::optional<Operation> operation;
    std::string path;
    const Object *data = nullptr; ///< Null: there is none.

    static std::vector<Said> of(const json::array &parts);
    std::optional<Restored> restored() const;
};

std::vector<RemoteChanges::Said> RemoteChanges::Said::of(const json::array &parts)
{
    std::vector<Said> said;
    said.reserve(parts.size());
    for (const json::value &value : parts) {
        const json::object *part = value.if_object();
        said.push_back(part ? Said{operationOf(*part), textIn(*part, "path"), objectIn(*part, "data")} : Said());
    }
    return said;
}

/// What a kith/restore brings back.
std::optional<RemoteChanges::Said::Restored> RemoteChanges::Said::restored() const
{
    if (operation != Operation::Update || path != RestorePath || !data)
        return std::nullopt;
    for (const auto &[key, where] :
         {std::pair("entity", EntityPath), std::pair("group", GroupPath), std::pair("entity_alias", EntityAliasPath),
          std::pair("group_alias", GroupAliasPath)})
        if (const json::object *object = objectIn(*data, key)) {
            const std::string id = textIn(*object, "id");
            return id.empty() ? std::nullopt : std::optional(Restored{std::string(where) + id, id});
        }
    return std::nullopt;
}

/// A kith/apply is done as a whole or not at all, so the first part of which something can be seen tells of all.
std::optional<RemoteChanges::Became> RemoteChanges::becameOfAll(const std::vector<Said> &parts)
{
    const Object none;
    std::set<std::string> deleted;
    std::set<std::string> restored;
    for (const Said &part : parts) {
        if (part.operation == Operation::Delete)
            deleted.insert(lastOf(part.path));
        if (const auto object = part.restored())
            restored.insert(object->id);
    }
    for (const Said &part : parts) {
        std::optional<Became> seen;
        if (const auto object = part.restored(); object && !deleted.contains(object->id))
            seen = becameThere(object->path,
                               [](const Object &there) { return there.empty() ? Became::NotSeen : Became::Done; });
        else if (part.operation == Operation::Update ||
                 (part.operation == Operation::Delete && !restored.contains(lastOf(part.path))))
            seen = became(*part.operation, part.path, part.data ? *part.data : none);
        if (seen)
            return seen;
    }
    return std::nullopt;
}

/// An alias as the mirror has it with its owner; null: it hasn't.
json::value RemoteChanges::knownAlias(const std::string &path, const std::set<std::string> &changed)
{
    const std::string id = lastOf(path);
    const bool group = path.starts_with(GroupAliasPath);
    const std::string owner = group ? m_mirror.ownerOfGroupAlias(id) : m_mirror.ownerOfAlias(id);
    if (owner.empty() || changed.contains(owner) ||
        !(group ? m_mirror.hasReadGroup(owner) : m_mirror.hasReadEntity(owner)))
        return {};
    if (group) {
        const auto view = m_mirror.group(owner);
        return view && view->alias ? json::value(core::toJson(*view->alias, view->namespaceId)) : json::value();
    }
    if (const auto view = m_mirror.entity(owner))
        for (const identity::EntityAliasView &alias : view->aliases)
            if (alias.uuid == id)
                return core::toJson(alias);
    return {};
}

/// What a read that was part of it gave: of what wasn't changed before it what the mirror has, else what is there now.
/// Null: it isn't known.
json::value RemoteChanges::lostRead(const std::string &path, const std::set<std::string> &changed)
{
    const std::string id = lastOf(path);
    const bool group = path == objectPath(true, id);
    const bool alias = path.starts_with(EntityAliasPath) || path.starts_with(GroupAliasPath);
    if (!changed.contains(id)) {
        if (alias)
            if (json::value known = knownAlias(path, changed); known.is_object())
                return known;
        if (group || path == objectPath(false, id))
            return (group ? m_mirror.hasReadGroup(id) : m_mirror.hasReadEntity(id)) ? known(group, id) : json::value();
    }
    const Answer now = ask(Operation::Read, path);
    const json::object *data = dataOf(now);
    return data ? json::value(*data) : json::value();
}

/// What the parts would have answered. None: it isn't known. Of mere deletions what couldn't be read is left out.
std::optional<json::array> RemoteChanges::lostAnswers(const std::vector<Said> &parts)
{
    const bool onlyDeletes = std::all_of(parts.begin(), parts.end(), [](const Said &part) {
        return part.operation == Operation::Read || part.operation == Operation::Delete;
    });
    json::array answers;
    std::set<std::string> changed; // ids
    for (const Said &part : parts) {
        if (!part.operation || part.path.empty())
            return std::nullopt;
        if (*part.operation == Operation::Read) {
            json::value data = lostRead(part.path, changed);
            if (data.is_object())
                answers.push_back(json::object{{"status", 200}, {"data", std::move(data)}});
            else if (onlyDeletes)
                answers.push_back(json::object{{"status", 404}, {"warnings", json::array{json::string(Unread)}}});
            else
                return std::nullopt;
        } else if (const auto object = part.restored()) {
            answers.push_back(json::object{{"status", 200}, {"data", json::object{{"id", object->id}}}});
            changed.insert(object->id);
        } else {
            answers.push_back(json::object{{"status", 204}});
            changed.insert(lastOf(part.path));
            if (part.data)
                changed.insert(textIn(*part.data, "to_entity_id")); // of a merge
        }
    }
    return answers;
}

/// A kith/apply that was cut. Where it can't be told what became of it, a deletion keeps what was read before it.
std::optional<RemoteChanges::Answer> RemoteChanges::afterACut(const core::Request &sent, const Answer &answer)
{
    if (!wasCut(answer))
        return std::nullopt;
    const std::vector<Said> parts = Said::of(sent.data.at("requests").as_array());
    const Became became = lookUntilSeen([&] { return becameOfAll(parts).value_or(Became::Unknown); });
    const Answer lost = told(became, answer); // of what is done its parts' answers are made below
    const bool deletes =
        std::any_of(parts.begin(), parts.end(), [](const Said &part) { return part.operation == Operation::Delete; });
    if (became != Became::Done && !deletes)
        return lost;
    auto answers = lostAnswers(parts);
    if (!answers)
        return became == Became::Done ? answer : lost;
    const bool unread = std::any_of(answers->begin(), answers->end(),
                                    [](const json::value &one) { return one.as_object().contains("warnings"); });
    core::Response response = became == Became::Done ? core::Response::of(json::object()) : responseOf(lost);
    json::object data{{"responses", std::move(*answers)}};
    if (became != Became::Done)
        data["outcome_unknown"] = true;
    response.data = std::move(data);
    if (unread)
        response.warnings.emplace_back(Unread);
    return Answer(std::move(response));
}

} // namespace kith::connection
