// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/IdTableModel.h"
#include "items/ValueWindow.h"
#include "store/ChangeSet.h"

#include <functional>

namespace kith::items {

/// The values behind the rows of an IdTableModel: a bounded window of them, asked for in batches as rows are shown, and
/// asked for again when they changed. Owned by the model that it serves.
template <class Row, class Id = EntityId>
class TableValues
{
public:
    using Window = ValueWindow<Row>;
    using Fetch = std::function<QFuture<Result<std::vector<Row>>>(std::vector<Id>)>;
    using IdOf = Id (*)(const Row &);

    TableValues(IdTableModel *model, Fetch ask, IdOf idOf)
        : m_model(model)
        , m_ask(std::move(ask))
        , m_window(
              model, [this](const typename Window::Ids &ids) { return fetch(ids); },
              [idOf](const Row &row) { return idOf(row).value; },
              [model](const typename Window::Ids &ids) { model->valuesChanged(ids); },
              [model](const Error &error) {
                  if (error.code != ErrorCode::NotFound) // what is gone goes with the rows that are on their way
                      Q_EMIT model->failed(error);
              })
    {}

    /// The row's values; null while they are on their way.
    const Row *at(int row)
    {
        const qint64 id = m_model->idAt(row);
        if (m_window.isWanted(id))
            m_window.want(m_model->batchAround(row, Window::BatchSize));
        return m_window.find(id);
    }
    /// Without asking for them.
    const Row *find(Id id) const { return m_window.find(id.value); }

    /// Values that came with rows which were asked for when changes() was `then`: older ones are fetched anew.
    void keep(std::vector<Row> values, quint64 then)
    {
        using Freshness = typename Window::Freshness;
        m_window.keep(std::move(values), then == m_changes ? Freshness::Fresh : Freshness::Stale);
    }
    quint64 changes() const { return m_changes; } ///< How often something changed.

    /// Every row may have changed.
    void allChanged()
    {
        ++m_changes;
        m_window.staleAll();
        m_model->allValuesChanged();
    }
    /// The entities of the set changed in themselves or in their memberships. More of them than there are values aren't
    /// looked at one by one: for half a million that takes as long as the window may stand still.
    void changed(const ChangeSet &changes)
    {
        if (changes.entities.size() + changes.members.size() > Window::Capacity)
            return allChanged();
        ++m_changes;
        typename Window::Ids ids;
        for (const EntityId id : changes.entities)
            ids.push_back(id.value);
        for (const auto &edge : changes.members)
            ids.push_back(edge.second.value);
        if (!m_window.refetch(ids))
            m_model->allValuesChanged();
    }
    void clear() { m_window.clear(); }

private:
    QFuture<Result<std::vector<Row>>> fetch(const typename Window::Ids &ids) const
    {
        std::vector<Id> rows;
        rows.reserve(ids.size());
        for (const qint64 id : ids)
            rows.push_back(Id{id});
        return m_ask(std::move(rows));
    }

    IdTableModel *m_model;
    Fetch m_ask;
    Window m_window;
    quint64 m_changes = 0;
};

} // namespace kith::items
