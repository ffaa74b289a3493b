// SPDX-License-Identifier: Apache-2.0
#include "connection/LocalDirectory.h"

#include "connection/Conversions.h"
#include "connection/LocalReads.h"
#include "identity/AliasIndex.h"
#include "identity/Descent.h"
#include "identity/GroupFilter.h"
#include "identity/Identities.h"
#include "identity/PeopleFilter.h"

namespace kith::connection {

using identity::Snapshot;

namespace {

// Enough to keep short questions quick while a long one runs; more would only compete with the window.
constexpr int ReadThreads = 3;
constexpr int TableThreads = 2; // one for each table in sight
constexpr int Forever = -1;

Error cancelled()
{
    return {ErrorCode::Cancelled, 0, "cancelled", {}};
}

} // namespace

LocalDirectory::LocalDirectory(identity::Identities &identities)
    : m_identities(identities)
    , m_aliases(identity::AliasIndex::create(identities))
    , m_filter(identity::PeopleFilter::create(identities))
{
    m_pool.setMaxThreadCount(ReadThreads);
    m_tables.setMaxThreadCount(TableThreads);
    for (QThreadPool *pool : {&m_pool, &m_tables})
        pool->setExpiryTimeout(Forever); // each has read the file already, and what it read
}

LocalDirectory::~LocalDirectory()
{
    m_pool.clear();
    m_tables.clear();
    for (const auto &cancel : m_running)
        *cancel = true;
    m_pool.waitForDone();
    m_tables.waitForDone();
}

QFuture<Result<Counts>> LocalDirectory::counts()
{
    return read([](const Snapshot &snapshot, Cancel &) -> Result<Counts> {
        const identity::Totals totals = identity::totals(snapshot.session);
        return Counts{totals.entities, totals.groups, totals.aliases, totals.policies, totals.mounts};
    });
}

QFuture<Result<PeopleSummary>> LocalDirectory::summary(std::vector<EntityId> ids)
{
    return read([ids = std::move(ids)](const Snapshot &snapshot, Cancel &cancel) -> Result<PeopleSummary> {
        auto summary = identity::summaryOf(snapshot, ids, &cancel);
        if (!summary)
            return summary.error();
        return toQt(*summary, snapshot.graph);
    });
}

QFuture<Result<std::vector<EntityState>>> LocalDirectory::entityStates(std::vector<EntityId> ids)
{
    return read([ids = std::move(ids)](const Snapshot &snapshot, Cancel &cancel) -> Result<std::vector<EntityState>> {
        auto states = identity::entityStates(snapshot.session, ids, &cancel);
        if (!states)
            return states.error();
        return allToQt(*states);
    });
}

QFuture<Result<std::vector<EntityRow>>> LocalDirectory::entities(std::vector<EntityId> ids)
{
    return read([ids = std::move(ids)](const Snapshot &snapshot, Cancel &) -> Result<std::vector<EntityRow>> {
        return allToQt(identity::listEntities(snapshot.session, ids));
    });
}

QFuture<Result<EntityDetail>> LocalDirectory::entity(EntityId id)
{
    return read([id](const Snapshot &snapshot, Cancel &) -> Result<EntityDetail> {
        auto details = identity::entityDetails(snapshot, id);
        if (!details)
            return details.error();
        return toQt(*details);
    });
}

QFuture<Result<std::vector<GroupChild>>> LocalDirectory::groupChildren(GroupId parentOrNone, GroupFilter filter)
{
    return read([parentOrNone, filter = std::move(filter)](const Snapshot &snapshot,
                                                           Cancel &) -> Result<std::vector<GroupChild>> {
        std::vector<GroupChild> result;
        for (const identity::ListedChild &child : identity::listChildren(snapshot.session, parentOrNone)) {
            if (filter.shows(child.id))
                result.push_back(
                    {child.id, child.external, filter.active() ? filter.isAbove(child.id) : child.hasChildren});
        }
        return result;
    });
}

QFuture<Result<std::vector<GroupRow>>> LocalDirectory::groups(std::vector<GroupId> ids)
{
    return read([ids = std::move(ids)](const Snapshot &snapshot, Cancel &) -> Result<std::vector<GroupRow>> {
        return allToQt(identity::listGroups(snapshot.session, ids));
    });
}

QFuture<Result<GroupDetail>> LocalDirectory::group(GroupId id)
{
    return read([id](const Snapshot &snapshot, Cancel &cancel) -> Result<GroupDetail> {
        auto details = identity::groupDetails(snapshot, id, &cancel);
        if (!details)
            return details.error();
        return toQt(*details);
    });
}

QFuture<Result<GroupFilter>> LocalDirectory::filterGroups(QString text)
{
    return read([text = std::move(text)](const Snapshot &snapshot, Cancel &cancel) -> Result<GroupFilter> {
        if (text.isEmpty())
            return GroupFilter();
        auto matches = identity::filterGroups(snapshot, toStd(text), &cancel);
        if (!matches)
            return matches.error();
        return reads::groupFilter(snapshot, text, std::move(*matches));
    });
}

QFuture<Result<std::vector<GroupId>>> LocalDirectory::pathTo(GroupId id)
{
    return read([id](const Snapshot &snapshot, Cancel &) -> Result<std::vector<GroupId>> {
        return snapshot.graph.pathFromRoot(id);
    });
}

QFuture<Result<GroupIds>> LocalDirectory::withDescendants(std::vector<GroupId> ids)
{
    return read([ids = std::move(ids)](const Snapshot &snapshot, Cancel &) -> Result<GroupIds> {
        auto result = std::make_shared<std::unordered_set<qint64>>();
        const identity::Descent descent(snapshot.graph, ids);
        for (const auto &step : descent.steps())
            result->insert(step.group->id.value);
        return GroupIds(std::move(result));
    });
}

QFuture<Result<std::vector<MemberRow>>> LocalDirectory::members(GroupId group, std::vector<EntityId> ids)
{
    return read([group, ids = std::move(ids)](const Snapshot &snapshot, Cancel &) -> Result<std::vector<MemberRow>> {
        return allToQt(identity::listMembers(snapshot, group, ids));
    });
}

QFuture<Result<Explanation>> LocalDirectory::explain(ObjectRef object)
{
    return read([object](const Snapshot &snapshot, Cancel &) { return reads::explanation(snapshot, object); });
}

QFuture<Result<std::vector<std::vector<GroupRef>>>> LocalDirectory::chains(ObjectRef object, GroupId carrier, int limit)
{
    return read([=](const Snapshot &snapshot, Cancel &) -> Result<std::vector<std::vector<GroupRef>>> {
        const auto most = static_cast<std::size_t>(std::max(limit, 0));
        std::vector<std::vector<GroupRef>> result;
        for (const auto &chain : object.kind == ObjectKind::Entity
                                     ? identity::chainsTo(snapshot, object.entity(), carrier, most)
                                     : identity::chainsTo(snapshot, object.group(), carrier, most))
            result.push_back(toQt(snapshot.graph, chain));
        return result;
    });
}

QFuture<Result<Preview>> LocalDirectory::preview(Change change)
{
    return read([policies = &m_identities.policies(), change = std::move(change)](const Snapshot &snapshot,
                                                                                  Cancel &cancel) -> Result<Preview> {
        auto preview = identity::preview(snapshot, toStd(change), policies, &cancel);
        if (!preview)
            return preview.error();
        Preview result = toQt(*preview);
        result.change = change;
        if (const auto *target = snapshot.graph.group(change.target))
            result.targetName = toQt(target->name);
        if (preview->oneUnchanged)
            result.unchangedName =
                toQt(snapshot.session.text("SELECT name FROM entity WHERE id = ?", preview->oneUnchanged).value_or(""));
        return result;
    });
}

QFuture<Result<PolicyHolders>> LocalDirectory::whoHas(QString policy, int limit)
{
    return read([policy = std::move(policy), limit](const Snapshot &snapshot, Cancel &cancel) {
        return reads::holders(snapshot, policy, limit, cancel);
    });
}

QFuture<Result<std::vector<Hit>>> LocalDirectory::find(QString text, int limit)
{
    return run([&identities = m_identities, text = toStd(text), limit](Cancel &cancel) -> Result<std::vector<Hit>> {
        auto hits = identities.index().find(text, static_cast<std::size_t>(std::max(limit, 0)), &cancel);
        if (!hits)
            return hits.error();
        return allToQt(*hits);
    });
}

QFuture<Result<std::optional<ObjectRef>>> LocalDirectory::byUuid(QString uuid)
{
    return read([uuid = std::move(uuid)](const Snapshot &snapshot, Cancel &) -> Result<std::optional<ObjectRef>> {
        const ObjectRef object = reads::objectByUuid(snapshot, uuid);
        return object ? std::optional(object) : std::nullopt;
    });
}

QFuture<Result<std::vector<ObjectRef>>> LocalDirectory::byUuids(std::vector<QString> uuids)
{
    return read([uuids = std::move(uuids)](const Snapshot &snapshot, Cancel &) -> Result<std::vector<ObjectRef>> {
        std::vector<ObjectRef> result;
        result.reserve(uuids.size());
        for (const QString &uuid : uuids)
            result.push_back(reads::objectByUuid(snapshot, uuid));
        return result;
    });
}

QFuture<Result<std::vector<QString>>> LocalDirectory::uuids(std::vector<ObjectRef> objects)
{
    return read([objects = std::move(objects)](const Snapshot &snapshot,
                                               Cancel &cancel) -> Result<std::vector<QString>> {
        std::vector<QString> result;
        result.reserve(objects.size());
        for (const ObjectRef &object : objects) {
            if (cancel)
                return cancelled();
            const auto uuid = object.kind == ObjectKind::Entity ? identity::uuidOf(snapshot.session, object.entity())
                                                                : identity::uuidOf(snapshot.session, object.group());
            result.push_back(toQt(uuid.value_or(std::string())));
        }
        return result;
    });
}

QFuture<Result<std::vector<PolicyRow>>> LocalDirectory::policies()
{
    return read([](const Snapshot &snapshot, Cancel &) -> Result<std::vector<PolicyRow>> {
        return allToQt(identity::listPolicies(snapshot.session));
    });
}

QFuture<Result<Rows<AliasId>>> LocalDirectory::aliasRows(AliasQuery query)
{
    return run([index = m_aliases, query = toStd(query)](Cancel &cancel) -> Result<Rows<AliasId>> {
        auto rows = index->rows(query, &cancel);
        if (!rows)
            return rows.error();
        return Rows<AliasId>(*rows);
    });
}

QFuture<Result<std::vector<AliasRow>>> LocalDirectory::aliases(std::vector<AliasId> ids)
{
    return read([ids = std::move(ids)](const Snapshot &snapshot, Cancel &) -> Result<std::vector<AliasRow>> {
        return allToQt(identity::listAliases(snapshot.session, ids));
    });
}

QFuture<Result<std::vector<MountRow>>> LocalDirectory::mounts()
{
    return run([index = m_aliases, &identities = m_identities](Cancel &cancel) -> Result<std::vector<MountRow>> {
        const auto counts = index->counts(&cancel);
        if (!counts)
            return counts.error();
        return identities.read([&counts](const Snapshot &snapshot) -> Result<std::vector<MountRow>> {
            std::vector<MountRow> rows;
            for (const identity::ListedMount &mount : identity::listMounts(snapshot.session)) {
                rows.push_back(toQt(mount));
                if (const auto count = counts->find(mount.accessor); count != counts->end())
                    rows.back().aliases = static_cast<int>(count->second);
            }
            return rows;
        });
    });
}

} // namespace kith::connection
