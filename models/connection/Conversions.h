// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"
#include "identity/AliasIndex.h"
#include "identity/Details.h"
#include "identity/Explanation.h"
#include "identity/MemberListing.h"
#include "identity/PeopleFilter.h"
#include "identity/PeopleSummary.h"
#include "identity/Preview.h"
#include "identity/SearchIndex.h"

#include <span>

// Between the engine's values (std::string, nanoseconds) and those of the window (QString, QDateTime).

namespace kith::connection {

QString toQt(std::string_view text);
std::string toStd(const QString &text);
QDateTime toQt(Nanoseconds time); ///< In local time; milliseconds.

AliasName toQt(const identity::ListedAlias &alias);
EntityRow toQt(const identity::ListedEntity &entity);
GroupRow toQt(const identity::ListedGroup &group);
GroupRef toQt(const identity::NamedGroup &group);
BroughtBy toQt(const identity::ExternalMembership &membership);
ExternalChange toQt(const identity::ExternalChange &change);
LastMember toQt(const identity::LastMember &member);
EntityDetail toQt(const identity::EntityDetails &details);
GroupDetail toQt(const identity::GroupDetails &details);
EntityState toQt(const identity::EntityState &state);
PeopleSummary toQt(const identity::PeopleSummary &summary, const identity::Graph &graph);
MemberRow toQt(const identity::ListedMember &member);
PolicyRow toQt(const identity::ListedPolicy &policy);
/// Without the aliases' number.
MountRow toQt(const identity::ListedMount &mount);
AliasRow toQt(const identity::ListedAliasRow &alias);
Hit toQt(const identity::Hit &hit);
/// Without `change`, `targetName` and `unchangedName`.
Preview toQt(const identity::Preview &preview);

/// Without `conditions`.
identity::EntityQuery toStd(const EntityQuery &query);
identity::EntityCondition toStd(const EntityCondition &condition);
identity::MemberQuery toStd(const MemberQuery &query);
identity::AliasQuery toStd(const AliasQuery &query);
identity::Change toStd(const Change &change);

/// The groups of a chain with their names.
std::vector<GroupRef> toQt(const identity::Graph &graph, std::span<const GroupId> chain);

template <class Value>
auto allToQt(const std::vector<Value> &values)
{
    std::vector<decltype(toQt(values.front()))> result;
    result.reserve(values.size());
    for (const Value &value : values)
        result.push_back(toQt(value));
    return result;
}

} // namespace kith::connection
