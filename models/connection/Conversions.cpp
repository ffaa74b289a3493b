// SPDX-License-Identifier: Apache-2.0
#include "connection/Conversions.h"

#include "identity/Graph.h"

#include <algorithm>
#include <array>

namespace kith::connection {

namespace {

int toInt(std::int64_t count)
{
    return static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
}

QStringList toList(const std::vector<std::string> &texts)
{
    QStringList result;
    for (const std::string &text : texts)
        result.append(toQt(text));
    return result;
}

Metadata toPairs(const identity::Metadata &metadata)
{
    Metadata result;
    for (const auto &[key, value] : metadata)
        result.push_back({toQt(key), toQt(value)});
    return result;
}

AliasDetail toDetail(const identity::AliasDetails &alias)
{
    return {toQt(alias.uuid), toQt(alias.accessor), toQt(alias.name), toPairs(alias.metadata),
            toPairs(alias.customMetadata)};
}

Refusal toRefusal(identity::Refusal refusal)
{
    switch (refusal) {
    case identity::Refusal::None:
        return Refusal::None;
    case identity::Refusal::Gone:
        return Refusal::Gone;
    case identity::Refusal::ExternalTarget:
        return Refusal::ExternalTarget;
    case identity::Refusal::ExternalSource:
        return Refusal::ExternalSource;
    case identity::Refusal::Itself:
        return Refusal::Itself;
    case identity::Refusal::Ancestor:
        return Refusal::Ancestor;
    case identity::Refusal::AlreadyThere:
        return Refusal::AlreadyThere;
    }
    return Refusal::None;
}

PolicyChange toChange(const identity::PolicyChange &change)
{
    return {toQt(change.name), change.defined, toInt(change.people)};
}

identity::EntitySort toSort(EntitySort sort)
{
    switch (sort) {
    case EntitySort::Name:
        break;
    case EntitySort::Aliases:
        return identity::EntitySort::Aliases;
    case EntitySort::Groups:
        return identity::EntitySort::Groups;
    case EntitySort::Policies:
        return identity::EntitySort::Policies;
    case EntitySort::Disabled:
        return identity::EntitySort::Disabled;
    case EntitySort::Changed:
        return identity::EntitySort::Changed;
    }
    return identity::EntitySort::Name;
}

identity::MemberSort toSort(MemberSort sort)
{
    switch (sort) {
    case MemberSort::Name:
        break;
    case MemberSort::WayIn:
        return identity::MemberSort::WayIn;
    case MemberSort::Policies:
        return identity::MemberSort::Policies;
    }
    return identity::MemberSort::Name;
}

identity::SortOrder toOrder(Qt::SortOrder order)
{
    return order == Qt::AscendingOrder ? identity::SortOrder::Ascending : identity::SortOrder::Descending;
}

RefreshedBy toRefreshedBy(identity::RefreshedBy by)
{
    return by == identity::RefreshedBy::Renewal ? RefreshedBy::Renewal : RefreshedBy::Login;
}

BroughtBy broughtBy(const std::optional<identity::ExternalMembership> &membership)
{
    return membership ? toQt(*membership) : BroughtBy();
}

} // namespace

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string toStd(const QString &text)
{
    return text.toStdString();
}

QDateTime toQt(Nanoseconds time)
{
    if (time == 0) // nobody has said yet: a list of a server has no times
        return {};
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000);
}

AliasName toQt(const identity::ListedAlias &alias)
{
    return {toQt(alias.name), toQt(alias.mount), toQt(alias.type)};
}

EntityRow toQt(const identity::ListedEntity &entity)
{
    EntityRow row;
    row.id = entity.id;
    row.uuid = toQt(entity.uuid);
    row.name = toQt(entity.name);
    row.aliases = allToQt(entity.aliases);
    row.directGroups = entity.directGroups;
    row.ownPolicies = entity.ownPolicies;
    row.disabled = entity.disabled;
    row.changed = toQt(entity.updated);
    return row;
}

GroupRow toQt(const identity::ListedGroup &group)
{
    GroupRow row;
    row.id = group.id;
    row.uuid = toQt(group.uuid);
    row.name = toQt(group.name);
    row.external = group.external;
    row.mount = toQt(group.mount);
    row.directMembers = group.directMembers;
    row.subgroups = group.subgroups;
    row.parents = group.parents;
    row.ownPolicies = group.ownPolicies;
    return row;
}

GroupRef toQt(const identity::NamedGroup &group)
{
    return {group.id, toQt(group.name), group.external};
}

BroughtBy toQt(const identity::ExternalMembership &membership)
{
    return {toQt(membership.mount), toQt(membership.alias), toQt(membership.refreshed.value_or(0))};
}

ExternalChange toQt(const identity::ExternalChange &change)
{
    return {toQt(change.alias.mount), toQt(change.alias.name), toQt(change.time),
            toRefreshedBy(change.by), allToQt(change.joined),  allToQt(change.left)};
}

LastMember toQt(const identity::LastMember &member)
{
    return {member.entity,
            toQt(member.name),
            toQt(member.alias.mount),
            toQt(member.alias.name),
            toQt(member.time),
            toRefreshedBy(member.by),
            member.joined};
}

EntityDetail toQt(const identity::EntityDetails &details)
{
    EntityDetail detail;
    detail.row = toQt(details.listed);
    detail.version = details.version;
    detail.created = toQt(details.created);
    for (const identity::AliasDetails &alias : details.aliases)
        detail.aliases.push_back(toDetail(alias));
    detail.metadata = toPairs(details.metadata);
    detail.policies = toList(details.policies);
    for (const identity::GroupMembership &membership : details.groups) {
        std::vector<GroupRef> chain = allToQt(membership.chain);
        GroupRef group = chain.back();
        detail.groups.push_back({std::move(group), std::move(chain), broughtBy(membership.external)});
    }
    detail.changes = allToQt(details.changes);
    detail.mergedIds = toList(details.mergedUuids);
    return detail;
}

EntityState toQt(const identity::EntityState &state)
{
    return {state.id,       toQt(state.uuid),       toQt(state.name),       state.version,
            state.disabled, toList(state.policies), toPairs(state.metadata)};
}

PeopleSummary toQt(const identity::PeopleSummary &summary, const identity::Graph &graph)
{
    constexpr std::size_t MostGroups = 1000;
    const auto policies = [](const std::vector<identity::PeopleSummary::Policy> &list) {
        std::vector<PeopleSummary::Policy> result;
        result.reserve(list.size());
        for (const auto &policy : list)
            result.push_back({toQt(policy.name), policy.defined, policy.people});
        return result;
    };
    PeopleSummary result;
    result.people = summary.people;
    result.disabled = summary.disabled;
    result.own = policies(summary.own);
    result.effective = policies(summary.effective);
    for (std::size_t i = 0; i < std::min(summary.groups.size(), MostGroups); ++i)
        result.groups.push_back({toQt(graph, std::array{summary.groups[i].id}).front(), summary.groups[i].people});
    result.groupCount = static_cast<qint64>(summary.groups.size());
    result.sharedGroupCount = std::count_if(summary.groups.begin(), summary.groups.end(),
                                            [&](const auto &group) { return group.people == summary.people; });
    for (const identity::PeopleSummary::Key &key : summary.metadata) {
        PeopleSummary::Key one{toQt(key.key), key.people, {}, key.complete};
        for (const identity::PeopleSummary::Value &value : key.values)
            one.values.push_back({toQt(value.text), value.people});
        result.metadata.push_back(std::move(one));
    }
    return result;
}

GroupDetail toQt(const identity::GroupDetails &details)
{
    GroupDetail detail;
    detail.row = toQt(details.listed);
    detail.version = details.modifyIndex;
    detail.created = toQt(details.created);
    detail.changed = toQt(details.updated);
    if (details.alias)
        detail.alias = toDetail(*details.alias);
    detail.metadata = toPairs(details.metadata);
    detail.policies = toList(details.policies);
    detail.parents = allToQt(details.parents);
    detail.subgroups = allToQt(details.subgroups);
    detail.reached = details.reached;
    if (details.lastMember)
        detail.lastMember = toQt(*details.lastMember);
    return detail;
}

MemberRow toQt(const identity::ListedMember &member)
{
    return {toQt(member.entity), allToQt(member.wayIn), member.effectivePolicies, broughtBy(member.external)};
}

PolicyRow toQt(const identity::ListedPolicy &policy)
{
    return {toQt(policy.name), policy.defined, toQt(policy.text), policy.entities, policy.groups};
}

MountRow toQt(const identity::ListedMount &mount)
{
    return {toQt(mount.path),        toQt(mount.type), toQt(mount.accessor), 0,
            toQt(mount.description), mount.local,      mount.groupAliases};
}

AliasRow toQt(const identity::ListedAliasRow &alias)
{
    return {alias.id,     toQt(alias.uuid),       toQt(alias.alias),      toQt(alias.accessor),
            alias.entity, toQt(alias.entityName), toQt(alias.entityUuid), toQt(alias.updated)};
}

Hit toQt(const identity::Hit &hit)
{
    Hit result;
    result.name = toQt(hit.name);
    result.detail = toQt(hit.detail);
    if (hit.entity)
        result.object = ObjectRef::of(hit.entity);
    else if (hit.group)
        result.object = ObjectRef::of(hit.group);
    switch (hit.kind) {
    case identity::HitKind::Entity:
        result.kind = HitKind::Entity;
        break;
    case identity::HitKind::Group:
        result.kind = HitKind::Group;
        break;
    case identity::HitKind::Alias:
        result.kind = HitKind::Alias;
        break;
    case identity::HitKind::Policy:
        result.kind = HitKind::Policy;
        break;
    }
    return result;
}

Preview toQt(const identity::Preview &preview)
{
    Preview result;
    result.refusal = toRefusal(preview.refusal);
    result.people = toInt(preview.people);
    result.unchanged = toInt(preview.unchanged);
    result.alreadyThere = toInt(preview.alreadyThere);
    for (const identity::PolicyChange &change : preview.gained)
        result.gained.push_back(toChange(change));
    for (const identity::PolicyChange &change : preview.lost)
        result.lost.push_back(toChange(change));
    result.lostAccessComplete = preview.lostAccessComplete;
    for (const identity::LostPath &lost : preview.lostAccess)
        result.lostAccess.push_back({toQt(lost.access.path), toList(lost.access.capabilities.names()),
                                     toList(lost.access.policies).join(QStringLiteral(", ")), toInt(lost.people)});
    return result;
}

identity::EntityCondition toStd(const EntityCondition &condition)
{
    using From = EntityCondition::Kind;
    using To = identity::EntityCondition::Kind;
    static constexpr To kinds[] = {To::InGroup,  To::BelowGroup, To::OwnPolicy, To::HasPolicy,    To::Mount,
                                   To::Disabled, To::Enabled,    To::Metadata,  To::MetadataValue};
    static_assert(static_cast<int>(From::MetadataValue) == static_cast<int>(To::MetadataValue));
    return {kinds[static_cast<int>(condition.kind)], condition.group, toStd(condition.text), toStd(condition.value)};
}

identity::EntityQuery toStd(const EntityQuery &query)
{
    return {toStd(query.filter), toSort(query.sort), toOrder(query.order)};
}

identity::AliasQuery toStd(const AliasQuery &query)
{
    static constexpr identity::AliasSort sorts[] = {identity::AliasSort::Name, identity::AliasSort::Mount,
                                                    identity::AliasSort::Entity, identity::AliasSort::Changed};
    identity::AliasQuery asked;
    asked.filter = toStd(query.filter);
    asked.orphanedOnly = query.kinds == AliasKinds::Orphaned;
    asked.accessor = toStd(query.accessor);
    asked.sort = sorts[static_cast<std::size_t>(query.sort)];
    asked.order = toOrder(query.order);
    return asked;
}

identity::MemberQuery toStd(const MemberQuery &query)
{
    return {query.group, query.withSubgroups ? identity::Depth::WithSubgroups : identity::Depth::Direct,
            toStd(query.filter), toSort(query.sort), toOrder(query.order)};
}

identity::Change toStd(const Change &change)
{
    return {change.addPeople, change.addGroups, change.target, change.from};
}

std::vector<GroupRef> toQt(const identity::Graph &graph, std::span<const GroupId> chain)
{
    std::vector<GroupRef> result;
    for (const GroupId id : chain) {
        if (const identity::Graph::Group *group = graph.group(id))
            result.push_back({id, toQt(group->name), group->external});
    }
    return result;
}

} // namespace kith::connection
