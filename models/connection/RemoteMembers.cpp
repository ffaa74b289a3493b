// SPDX-License-Identifier: Apache-2.0
// Members of groups, and names of people, on a server that only knows whole lists and moves an alias without a word.
#include "connection/Answers.h"
#include "connection/RemoteChanges.h"

#include <algorithm>

namespace kith::connection {

namespace json = boost::json;
using core::Operation;

namespace {

/// A list of members on its way to another.
class MemberList
{
public:
    explicit MemberList(std::vector<std::string> present) : m_members(std::move(present)) {}

    void remove(const std::vector<std::string> &uuids)
    {
        for (const std::string &uuid : uuids) {
            const auto found = std::find(m_members.begin(), m_members.end(), uuid);
            if (found == m_members.end())
                continue;
            m_members.erase(found);
            m_removed.push_back(uuid);
        }
    }
    void add(const std::vector<std::string> &uuids)
    {
        for (const std::string &uuid : uuids) {
            if (std::find(m_members.begin(), m_members.end(), uuid) != m_members.end())
                continue;
            m_members.push_back(uuid);
            m_added.push_back(uuid);
        }
    }
    bool changed() const { return !m_added.empty() || !m_removed.empty(); }
    const std::vector<std::string> &members() const { return m_members; }
    const std::vector<std::string> &added() const { return m_added; }
    const std::vector<std::string> &removed() const { return m_removed; }

private:
    std::vector<std::string> m_members;
    std::vector<std::string> m_added;
    std::vector<std::string> m_removed;
};

json::array arrayOf(const std::vector<std::string> &texts)
{
    json::array all(texts.begin(), texts.end());
    return all;
}

} // namespace

RemoteChanges::Answer RemoteChanges::changeMembers(const std::string &group, const Object &data)
{
    const auto ids = [&](std::string_view name) {
        std::vector<std::string> uuids = textsIn(data, name);
        for (std::string &uuid : uuids)
            uuid = real(uuid);
        return uuids;
    };
    const auto addGroups = ids("add_group_ids");
    const auto removeGroups = ids("remove_group_ids");
    Answer before = ask(Operation::Read, "identity/group/id/" + group);
    if (before && before->status == 404)
        return refusal(400, "invalid group ID");
    if (!before || !before->ok())
        return before;
    const auto current = dataOf(before) ? groupOf(*dataOf(before)) : std::nullopt;
    if (!current)
        return refusal(400, "invalid group ID");
    const std::vector<std::string> none;
    MemberList people(current->memberEntities.value_or(none));
    people.remove(ids("remove_entity_ids"));
    people.add(ids("add_entity_ids"));
    MemberList groups(current->memberGroups.value_or(none));
    groups.remove(removeGroups);
    groups.add(addGroups);
    core::Response done = core::Response::of({{"added_entity_ids", arrayOf(people.added())},
                                              {"removed_entity_ids", arrayOf(people.removed())},
                                              {"added_group_ids", arrayOf(groups.added())},
                                              {"removed_group_ids", arrayOf(groups.removed())}});
    m_touchedGroups.insert(group);
    if (!people.changed() && !groups.changed())
        return done;
    m_touchedGroups.insert(addGroups.begin(), addGroups.end());
    m_touchedGroups.insert(removeGroups.begin(), removeGroups.end());
    m_ours.insert(addGroups.begin(), addGroups.end());
    m_ours.insert(removeGroups.begin(), removeGroups.end());
    const auto value = [this](const MemberList &members) {
        return members.members().empty() ? json::value(json::array()) : json::value(list(members.members()));
    };
    json::object body;
    if (people.changed())
        body["member_entity_ids"] = value(people);
    if (groups.changed())
        body["member_group_ids"] = value(groups);
    const Written written{true, group, std::move(body), *dataOf(before)};
    Answer answer = settledMembers(written, write(written));
    if (!answer || !answer->ok())
        return answer;
    done.warnings = std::move(answer->warnings);
    return done;
}

std::optional<RemoteChanges::Answer> RemoteChanges::refuseTaken(const std::string &name, const std::string &accessor,
                                                                const std::string &alias)
{
    Answer answer =
        ask(Operation::Update, "identity/lookup/entity", {{"alias_name", name}, {"alias_mount_accessor", accessor}});
    if (!answer || !answer->ok())
        return answer;
    const auto owner = dataOf(answer) ? entityOf(*dataOf(answer)) : std::nullopt;
    if (!owner)
        return std::nullopt;
    const bool itself = std::any_of(owner->aliases.begin(), owner->aliases.end(),
                                    [&](const auto &one) { return !alias.empty() && one.uuid == alias; });
    // The same alias found by another spelling of its name is no other one.
    if (itself && std::none_of(owner->aliases.begin(), owner->aliases.end(), [&](const auto &one) {
            return one.uuid != alias && one.accessor == accessor && one.name == name;
        }))
        return std::nullopt;
    return Answer(refusal(400, "the alias \"" + name + "\" on this mount belongs to \"" + owner->name +
                                   "\" already; it would be taken from them"));
}

RemoteChanges::Answer RemoteChanges::changeEntityAlias(const std::string &alias, const Object &data)
{
    Answer before = ask(Operation::Read, "identity/entity-alias/id/" + alias);
    if (!before || !before->ok())
        return before;
    const json::object *current = dataOf(before);
    json::object body = data;
    const std::string owner = current ? textIn(*current, "canonical_id") : std::string();
    if (current) {
        for (const char *factor : {"name", "mount_accessor"})
            if (!body.contains(factor))
                body[factor] = textIn(*current, factor);
    }
    if (!body.contains("canonical_id"))
        body["canonical_id"] = owner;
    m_touchedEntities.insert(owner);
    m_ours.insert(owner);
    if (auto taken = refuseTaken(textIn(body, "name"), textIn(body, "mount_accessor"), alias))
        return std::move(*taken);
    return ask(Operation::Update, "identity/entity-alias/id/" + alias, std::move(body));
}

RemoteChanges::Answer RemoteChanges::changeGroupAlias(const std::string &alias, const Object &data)
{
    Answer before = ask(Operation::Read, "identity/group-alias/id/" + alias);
    if (!before || !before->ok())
        return before;
    const json::object *current = dataOf(before);
    json::object body = data;
    const std::string owner = current ? textIn(*current, "canonical_id") : std::string();
    if (!body.contains("canonical_id"))
        body["canonical_id"] = owner;
    m_touchedGroups.insert(owner);
    m_ours.insert(owner);
    return ask(Operation::Update, "identity/group-alias/id/" + alias, std::move(body));
}

} // namespace kith::connection
