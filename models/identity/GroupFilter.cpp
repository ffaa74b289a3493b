// SPDX-License-Identifier: Apache-2.0
#include "identity/GroupFilter.h"

#include "identity/Cancel.h"
#include "identity/Graph.h"
#include "identity/MetadataValues.h"
#include "identity/ObjectIds.h"
#include "store/Text.h"

namespace kith::identity {

namespace {

void addAncestors(const Graph &graph, GroupMatches &groups)
{
    std::vector<GroupId> waiting;
    for (const std::int64_t match : groups.matches) {
        groups.visible.insert(match);
        waiting.push_back(GroupId{match});
    }
    while (!waiting.empty()) {
        const Graph::Group *group = graph.group(waiting.back());
        waiting.pop_back();
        if (!group)
            continue;
        for (const GroupId parent : group->parents) {
            if (groups.visible.insert(parent.value).second)
                waiting.push_back(parent);
        }
    }
}

bool anyValueHolds(std::string_view metadata, const std::string &needle)
{
    bool holds = false;
    forEachMetadataValue(
        metadata, [&](std::string_view value) { holds = holds || foldCase(value).find(needle) != std::string::npos; });
    return holds;
}

} // namespace

Result<GroupMatches> filterGroups(const Snapshot &snapshot, std::string_view text, const std::atomic<bool> *cancel)
{
    GroupMatches groups;
    if (looksLikeId(text)) {
        const Result<FoundObject> found = findObject(snapshot.session, text);
        if (!found)
            return found.error();
        if (found->group) {
            groups.matches.insert(found->group.value);
            addAncestors(snapshot.graph, groups);
            return groups;
        }
    }
    const std::string needle = foldCase(text);
    std::size_t count = 0;
    auto rows = snapshot.session.query("SELECT id, name_key, metadata FROM identity_group WHERE namespace = 1");
    while (rows.step()) {
        if (++count % 4096 == 0 && isCancelled(cancel))
            return cancelled();
        if (rows.text(1).find(needle) != std::string_view::npos || anyValueHolds(rows.text(2), needle))
            groups.matches.insert(rows.integer(0));
    }
    auto aliases = snapshot.session.query("SELECT grp FROM group_alias WHERE instr(name_key, ?) > 0", needle);
    while (aliases.step())
        groups.matches.insert(aliases.integer(0));
    addAncestors(snapshot.graph, groups);
    return groups;
}

} // namespace kith::identity
