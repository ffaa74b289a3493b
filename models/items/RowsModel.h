// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/Roles.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace kith::items {

struct RowsDifference;

/// A table of entities: one array of row ids in their order, held whole, and a bounded window of values that is the
/// derived class's. Lives in the GUI thread and only ever reads memory.
///
/// A new query resets the model. A change of the data is answered with the smallest signals: rows in and out in ranges,
/// a row that moves as a move (it keeps its selection); above a few dozen of them with one insertion, one layoutChanged
/// and one removal, since a view of a million rows takes up to 80 ms for each signal.
class RowsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;

    EntityId entityAt(int row) const;
    /// The row of the entity, or -1. Reads the whole array: for single questions.
    int rowOf(EntityId id) const;
    QModelIndex indexOf(EntityId id, int column = 0) const;

    /// The answer to the newest query isn't here yet; what is shown is that of the one before.
    bool isLoading() const { return m_loading; }

Q_SIGNALS:
    void loadingChanged();
    void loaded();       ///< The answer to setQuery() is shown.
    void countChanged(); ///< rowCount() is another.
    void failed(const kith::Error &error);

protected:
    using Ids = std::shared_ptr<const std::vector<quint32>>;

    void resetRows(Ids ids);  ///< The answer to another query.
    void updateRows(Ids ids); ///< The answer to the same query after a change.
    void setLoading(bool loading);

private:
    void applyInSteps(const RowsDifference &difference);
    void applyAtOnce(const RowsDifference &difference);
    void permute(std::vector<quint32> order);

    std::vector<quint32> m_ids;
    bool m_loading = false;
};

} // namespace kith::items

Q_DECLARE_METATYPE(kith::Error)
