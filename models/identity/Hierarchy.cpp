// SPDX-License-Identifier: Apache-2.0
#include "identity/Hierarchy.h"

#include "identity/Metadata.h"
#include "store/Text.h"

#include <boost/json.hpp>

namespace kith::identity {

namespace {

std::vector<ChildGroup> readChildren(store::Query rows)
{
    std::vector<ChildGroup> result;
    while (rows.step())
        result.push_back({rows.id<GroupId>(0), rows.integer(1) != 0, rows.integer(2) != 0});
    return result;
}

bool metadataHolds(std::string_view json, const std::string &part)
{
    const StoredMetadata metadata = metadataFromColumn(json);
    return metadata && std::any_of(metadata->begin(), metadata->end(), [&](const auto &pair) {
               return foldCase(pair.second).find(part) != std::string::npos;
           });
}

/// Adds to `seen` all that `next` (a query with one parameter) leads to from `start`, step by step.
void follow(store::Query next, std::vector<std::int64_t> start, std::unordered_set<std::int64_t> &seen)
{
    while (!start.empty()) {
        next.bind(1, start.back());
        start.pop_back();
        while (next.step()) {
            if (seen.insert(next.integer(0)).second)
                start.push_back(next.integer(0));
        }
        next.reset();
    }
}

} // namespace

std::vector<ChildGroup> childGroups(store::Session &session, GroupId parentOrNone)
{
    if (parentOrNone)
        return readChildren(
            session.query("SELECT g.id, g.external, EXISTS (SELECT 1 FROM member_group WHERE parent = g.id) "
                          "FROM member_group m JOIN identity_group g ON g.id = m.child "
                          "WHERE m.parent = ? ORDER BY g.name_key",
                          parentOrNone));
    return readChildren(
        session.query("SELECT g.id, g.external, EXISTS (SELECT 1 FROM member_group WHERE parent = g.id) "
                      "FROM identity_group g "
                      "WHERE NOT EXISTS (SELECT 1 FROM member_group WHERE child = g.id) "
                      "ORDER BY g.name_key"));
}

GroupMatches matchGroups(store::Session &session, std::string_view text)
{
    const std::string part = foldCase(text);
    GroupMatches result;
    std::vector<std::int64_t> start;
    store::Query rows = session.query("SELECT g.id, g.name_key, g.uuid, g.metadata, a.name_key FROM identity_group g "
                                      "LEFT JOIN group_alias a ON a.grp = g.id");
    while (rows.step()) {
        if (rows.text(1).find(part) != std::string_view::npos || rows.text(2) == part ||
            rows.text(4).find(part) != std::string_view::npos ||
            (!rows.isNull(3) && metadataHolds(rows.text(3), part))) {
            result.matches.insert(rows.integer(0));
            start.push_back(rows.integer(0));
        }
    }
    follow(session.query("SELECT parent FROM member_group WHERE child = ?"), std::move(start), result.above);
    return result;
}

std::vector<GroupId> pathToGroup(store::Session &session, GroupId id)
{
    if (!session.integer("SELECT 1 FROM identity_group WHERE id = ?", id))
        return {};
    struct Step {
        std::int64_t group;
        std::size_t below; // the step that led here
    };
    std::vector<Step> steps{{id.value, 0}};
    std::unordered_set<std::int64_t> seen{id.value};
    store::Query parents = session.query("SELECT g.id FROM member_group m JOIN identity_group g ON g.id = m.parent "
                                         "WHERE m.child = ? ORDER BY g.name_key");
    for (std::size_t at = 0; at < steps.size(); ++at) {
        parents.bind(1, steps[at].group);
        bool isRoot = true;
        while (parents.step()) {
            isRoot = false;
            if (seen.insert(parents.integer(0)).second)
                steps.push_back({parents.integer(0), at});
        }
        parents.reset();
        if (!isRoot)
            continue;
        std::vector<GroupId> path;
        for (std::size_t step = at; step != 0; step = steps[step].below)
            path.push_back(GroupId{steps[step].group});
        path.push_back(id);
        return path;
    }
    return {id}; // only cycles above: it has no place below a root
}

std::unordered_set<std::int64_t> withDescendants(store::Session &session, const std::vector<GroupId> &ids)
{
    std::unordered_set<std::int64_t> seen;
    std::vector<std::int64_t> start;
    for (const GroupId id : ids) {
        if (seen.insert(id.value).second)
            start.push_back(id.value);
    }
    follow(session.query("SELECT child FROM member_group WHERE parent = ?"), std::move(start), seen);
    return seen;
}

} // namespace kith::identity
