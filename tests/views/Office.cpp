// SPDX-License-Identifier: Apache-2.0
#include "Office.h"

namespace kith::test {

Office::Office()
{
    platform = group("platform", R"("policies":["base"])");
    release = group("release", R"("policies":["ship"])");
    managers = group("managers", R"("policies":["lead"])");
    support = group("support", R"("policies":["help"])");
    auditors = group("auditors", R"("type":"external")");
    addSubgroups(platform, {release});
    addSubgroups(release, {managers});
    ada = entity("Ada Lovelace", R"("metadata":{"team":"engines"},"policies":["on-call"])");
    bence = entity("Bence Szabó");
    chiara = entity("Chiara Lombardi");
    dao = entity("Dao Thi Mai");
    erik = entity("Erik Lund", R"("disabled":true)");
    addMembers(release, {ada, bence, chiara, dao});
    addMembers(managers, {chiara});
    addMembers(support, {erik});
}

std::set<QString> Office::members(GroupId group)
{
    connection::MemberQuery query;
    query.group = group;
    const auto rows = await(directory().memberRows(query));
    std::set<QString> names;
    for (int row = 0; rows && row < rows->size(); ++row)
        names.insert(name(rows->at(row)));
    return names;
}

std::set<QString> Office::subgroups(GroupId group)
{
    const auto detail = await(directory().group(group));
    std::set<QString> names;
    for (const connection::GroupRef &child : detail ? detail->subgroups : std::vector<connection::GroupRef>())
        names.insert(child.name);
    return names;
}

QString Office::name(EntityId id)
{
    const auto rows = await(directory().entities({id}));
    return rows && !rows->empty() ? rows->front().name : QString();
}

bool Office::exists(const std::string &uuid)
{
    const auto found = await(directory().byUuid(QString::fromStdString(uuid)));
    return found && *found;
}

} // namespace kith::test
