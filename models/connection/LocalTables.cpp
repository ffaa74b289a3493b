// SPDX-License-Identifier: Apache-2.0
// Rows of tables of people, and the values of the first of them.
#include "connection/Conversions.h"
#include "connection/LocalDirectory.h"
#include "identity/Identities.h"
#include "identity/PeopleFilter.h"

#include <algorithm>

namespace kith::connection {

using identity::RowList;
using identity::Snapshot;

namespace {

constexpr std::size_t OnScreen = 64; ///< Rows: as many as a tall window shows.

std::vector<EntityId> firstIds(const RowList &rows, std::size_t count = OnScreen)
{
    std::vector<EntityId> ids;
    for (std::size_t row = 0; row < std::min(rows->size(), count); ++row)
        ids.push_back(EntityId{(*rows)[row]});
    return ids;
}

/// Gives the first rows with their values when they come before the others, then all. `first()` is null, or a failure,
/// when they don't; `all()` says what fails.
template <class Row, class First, class All, class Values>
void give(QPromise<Result<TableRows<Row>>> &promise, First &&first, All &&all, Values &&valuesOf)
{
    using Extent = typename TableRows<Row>::Extent;
    using Answer = Result<TableRows<Row>>;
    const Result<RowList> early = first();
    if (early && *early)
        promise.addResult(Answer({Rows<EntityId>(*early), valuesOf(firstIds(*early)), Extent::First}));
    const Result<RowList> rows = all();
    if (!rows)
        promise.addResult(Answer(rows.error()));
    else if (early && *early)
        promise.addResult(Answer({Rows<EntityId>(*rows), {}, Extent::All}));
    else
        promise.addResult(Answer({Rows<EntityId>(*rows), valuesOf(firstIds(*rows)), Extent::All}));
}

std::vector<identity::EntityCondition> conditionsOf(const EntityQuery &query)
{
    std::vector<identity::EntityCondition> conditions;
    for (const EntityCondition &condition : query.conditions)
        conditions.push_back(toStd(condition));
    return conditions;
}

Result<RowList> allRows(identity::Identities &identities, identity::PeopleFilter &filter,
                        const identity::EntityQuery &query, const std::vector<identity::EntityCondition> &conditions,
                        const std::atomic<bool> &cancel)
{
    auto rows = identities.index().entityRows(query, &cancel);
    if (!rows || conditions.empty())
        return rows;
    return identities.read(
        [&](const Snapshot &snapshot) { return filter.under(snapshot, conditions, *rows, &cancel); });
}

} // namespace

QFuture<Result<Rows<EntityId>>> LocalDirectory::entityRows(EntityQuery query)
{
    const auto find = [&identities = m_identities, filter = m_filter, query = toStd(query),
                       conditions = conditionsOf(query)](Cancel &cancel) -> Result<Rows<EntityId>> {
        const auto rows = allRows(identities, *filter, query, conditions, cancel);
        if (!rows)
            return rows.error();
        return Rows<EntityId>(*rows);
    };
    return run(find, &m_tables);
}

QFuture<Result<TableRows<EntityRow>>> LocalDirectory::entityTable(EntityQuery query)
{
    using Answer = Result<TableRows<EntityRow>>;
    return stream<Answer>(m_tables, [&identities = m_identities, filter = m_filter, query = toStd(query),
                                     conditions = conditionsOf(query)](QPromise<Answer> &promise, Cancel &cancel) {
        const auto first = [&] {
            if (conditions.empty())
                return Result<RowList>(identities.index().firstRows(query, OnScreen));
            return identities.read([&](const Snapshot &snapshot) {
                return filter->first(snapshot, identities.index(), query, conditions, OnScreen, &cancel);
            });
        };
        const auto all = [&] { return allRows(identities, *filter, query, conditions, cancel); };
        const auto valuesOf = [&](const std::vector<EntityId> &ids) {
            auto values = identities.read([&](const Snapshot &snapshot) -> Result<std::vector<EntityRow>> {
                return allToQt(identity::listEntities(snapshot.session, ids));
            });
            return values ? std::move(*values) : std::vector<EntityRow>(); // asked for again when they are shown
        };
        give<EntityRow>(promise, first, all, valuesOf);
    });
}

QFuture<Result<Rows<EntityId>>> LocalDirectory::memberRows(MemberQuery query)
{
    const auto find = [index = &m_identities.index(), query = toStd(query)](const Snapshot &snapshot,
                                                                            Cancel &cancel) -> Result<Rows<EntityId>> {
        auto rows = identity::memberRows(snapshot, *index, query, &cancel);
        if (!rows)
            return rows.error();
        return Rows<EntityId>(*rows);
    };
    return read(find, &m_tables);
}

QFuture<Result<TableRows<MemberRow>>> LocalDirectory::memberTable(MemberQuery query)
{
    using Answer = Result<TableRows<MemberRow>>;
    return stream<Answer>(
        m_tables, [&identities = m_identities, query = toStd(query)](QPromise<Answer> &promise, Cancel &cancel) {
            const identity::SearchIndex &index = identities.index();
            const auto ran = identities.read([&](const Snapshot &snapshot) -> Result<bool> {
                give<MemberRow>(
                    promise, [&] { return Result<RowList>(identity::firstMembers(snapshot, index, query, OnScreen)); },
                    [&] { return identity::memberRows(snapshot, index, query, &cancel); },
                    [&](const std::vector<EntityId> &ids) {
                        return allToQt(identity::listMembers(snapshot, query.group, ids));
                    });
                return true;
            });
            if (!ran)
                promise.addResult(Answer(ran.error()));
        });
}

QFuture<Result<std::vector<MemberRow>>> LocalDirectory::firstMembers(GroupId group, int count)
{
    return read([index = &m_identities.index(), group, most = static_cast<std::size_t>(std::max(count, 0))](
                    const Snapshot &snapshot, Cancel &cancel) -> Result<std::vector<MemberRow>> {
        identity::MemberQuery query;
        query.group = group;
        RowList rows = identity::firstMembers(snapshot, *index, query, most);
        if (!rows) {
            const auto all = identity::memberRows(snapshot, *index, query, &cancel);
            if (!all)
                return all.error();
            rows = *all;
        }
        return allToQt(identity::listMembers(snapshot, group, firstIds(rows, most)));
    });
}

} // namespace kith::connection
