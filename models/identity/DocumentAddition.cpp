// SPDX-License-Identifier: Apache-2.0
#include "identity/DocumentAddition.h"

#include "identity/ImportPlanner.h"
#include "store/Text.h"

#include <algorithm>
#include <set>

namespace kith::identity {

namespace {

void addPolicies(std::optional<std::vector<std::string>> &policies, store::Query rows)
{
    if (!policies)
        return;
    std::set<std::string> all(policies->begin(), policies->end());
    while (rows.step())
        all.emplace(rows.text(0));
    policies->assign(all.begin(), all.end());
}

/// What both have together may be beyond the limits that either keeps.
void addMetadata(MetadataOf owner, StoredMetadata &metadata, std::string_view column, const std::string &place,
                 const std::string &object, Problems &problems)
{
    if (!metadata || !checkMetadata(owner, *metadata)) // the document's own faults are told already
        return;
    metadata->merge(metadataFromColumn(column).value_or(Metadata())); // what the document says stays
    if (const auto checked = checkMetadata(owner, *metadata); !checked)
        problems.add({Problem::Severity::Error, "metadata", place + ".metadata", object,
                      "with what is there already: " + plainText(checked.error())});
}

/// Rows: folded name, name. Those that come from here have no place in the document.
void addMembers(std::optional<std::vector<document::Member>> &members, store::Query rows)
{
    if (!members)
        return;
    std::set<std::string> stated;
    for (const document::Member &member : *members)
        stated.insert(foldCase(member.name));
    while (rows.step())
        if (stated.emplace(rows.text(0)).second)
            members->push_back({members->size(), std::string(rows.text(1))});
}

} // namespace

void addWhatIsThere(store::Session &session, Document &document, Problems &problems)
{
    if (!document.adds)
        return;
    for (document::Entity &entity : document.entities) {
        auto row = session.query("SELECT id, metadata FROM entity WHERE name_key = ? AND namespace = 1",
                                 foldCase(entity.name));
        if (!row.step())
            continue;
        addMetadata(MetadataOf::Entity, entity.metadata, row.text(1), placeIn("entities", entity.index),
                    labelOf("entity", entity.name), problems);
        addPolicies(entity.policies, session.query("SELECT p.name FROM entity_policy e JOIN policy_name p "
                                                   "ON p.id = e.policy WHERE e.entity = ?",
                                                   row.id<EntityId>(0)));
    }
    for (document::Group &group : document.groups) {
        auto row = session.query("SELECT id, metadata FROM identity_group WHERE name_key = ? AND namespace = 1",
                                 foldCase(group.name));
        if (!row.step())
            continue;
        const auto id = row.id<GroupId>(0);
        addMetadata(MetadataOf::Group, group.metadata, row.text(1), placeIn("groups", group.index),
                    labelOf("group", group.name), problems);
        addPolicies(group.policies, session.query("SELECT p.name FROM group_policy g JOIN policy_name p "
                                                  "ON p.id = g.policy WHERE g.grp = ?",
                                                  id));
        addMembers(group.memberEntities,
                   session.query("SELECT e.name_key, e.name FROM member_entity m JOIN entity e ON e.id = m.entity "
                                 "WHERE m.grp = ?",
                                 id));
        addMembers(group.memberGroups,
                   session.query("SELECT g.name_key, g.name FROM member_group m JOIN identity_group g "
                                 "ON g.id = m.child WHERE m.parent = ?",
                                 id));
    }
}

} // namespace kith::identity
