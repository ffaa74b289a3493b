// SPDX-License-Identifier: Apache-2.0
#include "identity/ImportPlanner.h"

#include "store/Text.h"

#include <iterator>
#include <map>

namespace kith::identity {

namespace {

using NameByKey = std::map<std::string, std::string>; ///< Folded name -> name.

NameByKey namesOf(store::Query rows)
{
    NameByKey names;
    while (rows.step())
        names.emplace(rows.text(0), rows.text(1));
    return names;
}

void compareMembers(ObjectPlan &object, const char *field, const NameByKey &before,
                    const std::vector<document::Member> &members)
{
    FieldChange change;
    change.field = field;
    change.list = true;
    NameByKey after;
    for (const document::Member &member : members) {
        std::string key = foldCase(member.name);
        if (before.count(key) == 0)
            change.added.push_back(member.name);
        after.emplace(std::move(key), member.name);
    }
    for (const auto &[key, name] : before) {
        if (after.count(key) == 0)
            change.removed.push_back(name);
    }
    if (!change.added.empty() || !change.removed.empty())
        object.changes.push_back(std::move(change));
}

} // namespace

void ImportPlanner::planGroups()
{
    plan.groups.reserve(document.groups.size());
    for (const document::Group &group : document.groups)
        planGroup(group);
}

void ImportPlanner::planGroup(const document::Group &group)
{
    ObjectPlan object;
    object.index = group.index;
    object.name = group.name;
    GroupId id;
    store::Query row = session.query("SELECT id, uuid, modify_index, name, external, metadata FROM identity_group "
                                     "WHERE name_key = ? AND namespace = 1",
                                     foldCase(group.name));
    findUnknownMembers(group);
    if (row.step()) {
        id = row.id<GroupId>(0);
        object.uuid = row.text(1);
        object.version = row.integer(2);
        if (const bool external = row.integer(4) != 0; external != group.external)
            error("group-type", placeIn("groups", group.index) + ".type", labelOf("group", group.name),
                  std::string("here the group is ") + (external ? "external" : "internal") +
                      ", and a group's type can't be changed; rename one of the two");
        compareText(object, "name", std::string(row.text(3)), group.name);
        compareMetadata(object, "metadata", metadataIn(row, 5), group.metadata);
        if (group.policies)
            compareLists(object, "policies",
                         namesIn(session.query("SELECT p.name FROM group_policy g JOIN policy_name p "
                                               "ON p.id = g.policy WHERE g.grp = ? ORDER BY p.name",
                                               id)),
                         *group.policies);
        planMembers(object, id, group);
    }
    if (group.alias)
        planGroupAlias(object, id, group);
    decide(object, bool(id));
    plan.groups.push_back(std::move(object));
}

void ImportPlanner::findUnknownMembers(const document::Group &group)
{
    const auto known = [&](const auto &inDocument, std::string_view sql, const std::string &key) {
        return inDocument.count(key) != 0 || session.integer(sql, key);
    };
    const auto isEntity = [&](const std::string &key) {
        return known(entities, "SELECT id FROM entity WHERE name_key = ? AND namespace = 1", key);
    };
    const auto isGroup = [&](const std::string &key) {
        return known(groups, "SELECT id FROM identity_group WHERE name_key = ? AND namespace = 1", key);
    };
    const auto unknown = [&](const char *list, const document::Member &member, const char *kind, const char *other) {
        error("unknown-member", placeIn("groups", group.index) + "." + placeIn(list, member.index),
              labelOf("group", group.name),
              "there is no " + labelOf(kind, member.name) + ", neither in the document nor here" + other);
    };
    for (const document::Member &member : group.memberEntities.value_or(std::vector<document::Member>())) {
        const std::string key = foldCase(member.name);
        if (!isEntity(key))
            unknown("member_entities", member, "entity",
                    isGroup(key) ? "; there is a group of that name: groups stand in member_groups" : "");
    }
    for (const document::Member &member : group.memberGroups.value_or(std::vector<document::Member>())) {
        const std::string key = foldCase(member.name);
        if (!isGroup(key))
            unknown("member_groups", member, "group",
                    isEntity(key) ? "; there is an entity of that name: entities stand in member_entities" : "");
    }
}

void ImportPlanner::planMembers(ObjectPlan &object, GroupId id, const document::Group &group)
{
    if (group.memberEntities) {
        const NameByKey before =
            namesOf(session.query("SELECT e.name_key, e.name FROM member_entity m JOIN entity e ON e.id = m.entity "
                                  "WHERE m.grp = ?",
                                  id));
        ObjectPlan members;
        compareMembers(members, "member_entities", before, *group.memberEntities);
        if (!group.external)
            object.changes.insert(object.changes.end(), std::make_move_iterator(members.changes.begin()),
                                  std::make_move_iterator(members.changes.end()));
        else if (!members.changes.empty() && !group.memberEntities->empty())
            warning("external-members", placeIn("groups", group.index) + ".member_entities",
                    labelOf("group", group.name),
                    "the group is here already, and who is in an external group is decided at login; its members stay "
                    "as they are");
    }
    if (group.memberGroups)
        compareMembers(object, "member_groups",
                       namesOf(session.query("SELECT g.name_key, g.name FROM member_group m "
                                             "JOIN identity_group g ON g.id = m.child WHERE m.parent = ?",
                                             id)),
                       *group.memberGroups);
}

void ImportPlanner::planGroupAlias(ObjectPlan &object, GroupId id, const document::Group &group)
{
    const document::Alias &alias = *group.alias;
    const std::string accessor = accessorOf(alias);
    const std::string where = alias.mount.empty() ? alias.accessor : alias.mount;
    const std::string after = alias.name + " on " + where;
    if (!accessor.empty()) {
        store::Query owner =
            session.query("SELECT a.grp, g.name FROM group_alias a JOIN identity_group g ON g.id = a.grp "
                          "WHERE a.name_key = ? AND a.accessor = ?",
                          foldCase(alias.name), accessor);
        if (owner.step() && owner.id<GroupId>(0) != id) {
            error("alias-taken", placeIn("groups", group.index) + ".alias", labelOf("group", group.name),
                  "the alias " + shownName(alias.name) + " on " + shownName(where) + " belongs to the group " +
                      shownName(owner.text(1)) + " here; delete it there first, or take it out of the document");
            return;
        }
    }
    if (!id)
        return;
    store::Query row =
        session.query("SELECT a.name, a.accessor, m.path, a.metadata, a.custom_metadata FROM group_alias a "
                      "LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.grp = ?",
                      id);
    if (!row.step()) {
        compareText(object, "alias", {}, after);
        return;
    }
    std::string mount(row.isNull(2) ? row.text(1) : row.text(2));
    while (mount.ends_with('/'))
        mount.pop_back();
    compareText(object, "alias", std::string(row.text(0)) + " on " + mount, after);
    compareMetadata(object, "alias.metadata", metadataIn(row, 3), alias.metadata);
    compareMetadata(object, "alias.custom_metadata", metadataIn(row, 4), alias.customMetadata);
}

} // namespace kith::identity
