// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/MimeData.h"
#include "items/Roles.h"

#include <QAbstractTableModel>
#include <QFuture>
#include <QHash>
#include <QItemSelection>

#include <functional>
#include <vector>

namespace kith::items {

struct RowsDifference;
template <class Row>
class TableValues;

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
    /// Every row can be dragged, and is carried as MimeData.h says: by the id and the name.
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

    EntityId entityAt(int row) const;
    /// The row of the entity, or -1. Reads the whole array: for single questions.
    int rowOf(EntityId id) const;
    QModelIndex indexOf(EntityId id, int column = 0) const;
    /// Those whose rows are selected, each once, in the model's order.
    std::vector<EntityId> entitiesIn(const QItemSelection &selection) const;
    /// The same as they are dragged and copied. Takes a moment even for a million, unlike a list of their indexes.
    CarriedObjects carried(const QItemSelection &selection) const;
    /// The whole rows of those that are here, in as few ranges as can be. Some milliseconds for a million rows.
    QItemSelection selectionOf(const std::vector<EntityId> &people) const;

    /// The answer to the newest query isn't here yet; what is shown is that of the one before.
    bool isLoading() const { return m_loading; }

Q_SIGNALS:
    void loadingChanged();
    void loaded();       ///< The answer to setQuery() is shown.
    void countChanged(); ///< rowCount() is another.
    void failed(const kith::Error &error);

protected:
    using Question = std::function<QFuture<Result<connection::Rows<EntityId>>>()>;

    /// Adds to the people what else is known of them: core, names, source.
    virtual void describe(CarriedObjects &objects) const = 0;

    /// Asks for the rows of another query. The answer to an older one is dropped. An empty function: no rows.
    void ask(Question question);
    /// Asks the same again after a change. While an answer is under way it is asked once more after it.
    void refresh();

    // For TableValues, which holds the values.
    /// The ids of the batch that the row is in.
    std::vector<qint64> batchAround(int row, std::size_t size);
    /// The values of these ids came or changed. Quick for ids that batchAround() gave since.
    void valuesChanged(const std::vector<qint64> &ids);
    void allValuesChanged();

private:
    template <class Row>
    friend class TableValues;

    void start(bool isNew);
    void take(Result<connection::Rows<EntityId>> rows, bool isNew);
    void setLoading(bool loading);
    void resetRows(const connection::Rows<EntityId> &rows);
    void updateRows(const connection::Rows<EntityId> &rows);
    void applyInSteps(const RowsDifference &difference, const std::vector<quint32> &after);
    void moveRow(quint32 id, const std::vector<quint32> &kept);
    void applyAtOnce(const RowsDifference &difference, const std::vector<quint32> &after);
    void permute(std::vector<quint32> order);

    std::vector<quint32> m_ids;
    QHash<qint64, int> m_asked; // rows of the ids whose values are being fetched; may be outdated
    Question m_question;
    QFuture<Result<connection::Rows<EntityId>>> m_answer;
    quint64 m_generation = 0;
    bool m_underWay = false;
    bool m_again = false;
    bool m_loading = false;
};

} // namespace kith::items

Q_DECLARE_METATYPE(kith::Error)
