// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/TableRows.h"
#include "items/Roles.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QItemSelection>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace kith::items {

struct RowsDifference;
struct RowsUpdate;
template <class Row, class Id>
class TableValues;

/// A table of things that have row ids: one array of ids in their order, held whole; the values are the derived
/// class's. Lives in the GUI thread and only ever reads memory.
///
/// A new query resets the model; where its first rows come before the others, to those, and all are inserted behind
/// them. If these can't be read the first don't stay either: nobody would see that they are few. A change of the data
/// is answered with the smallest signals: rows in and out in ranges, a row that moves as a move (it keeps its
/// selection); above a few dozen of them with one insertion, one layoutChanged and one removal, since a view of a
/// million rows takes up to 80 ms for each signal. Very many rows are compared with those shown in another thread; very
/// many that come behind the others come in turns of the event loop, some ten thousands each.
class IdTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit IdTableModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;

    /// In their order; rowCount() of them are shown.
    const std::shared_ptr<const std::vector<quint32>> &ids() const { return m_ids; }
    quint32 idAt(int row) const; ///< 0: no such row.
    /// The row of the id, or -1. Reads the whole array: for single questions.
    int rowOfId(quint32 id) const;
    /// Those whose rows are selected, each once, in the model's order.
    std::vector<quint32> idsIn(const QItemSelection &selection) const;
    /// The same, shared: at once where all are selected, also of a million.
    std::shared_ptr<const std::vector<quint32>> sharedIdsIn(const QItemSelection &selection) const;
    /// The whole rows of those that are here, in as few ranges as can be. Some milliseconds for a million rows.
    QItemSelection selectionOfIds(const std::vector<quint32> &ids) const;

    /// The answer to the newest query isn't here yet; what is shown is that of the one before.
    bool isLoading() const { return m_loading; }
    /// What is shown answers the newest query: all of its rows, or the first while the others are on their way.
    bool hasFirstRows() const { return m_shown != Shown::Older; }
    /// Rows are on their way, of a new query or after a change: who isn't here may come with them.
    bool isBehind() const { return m_underWay; }
    /// Not only the first rows.
    bool hasAllRows() const { return m_shown == Shown::All && !m_upTo; }

Q_SIGNALS:
    void loadingChanged();
    void loaded();       ///< The answer to a new query is shown.
    void countChanged(); ///< rowCount() is another.
    void caughtUp();     ///< Nothing is on its way any more, after all that is told of what came.
    void failed(const kith::Error &error);

protected:
    /// Asks for the rows of another query: `question()` gives a QFuture<Result<Rows<Id>>>. The answer to an older one
    /// is dropped.
    template <class Question>
    void ask(Question question)
    {
        m_question = [this, question = std::move(question)](Take take, bool) {
            return askRows(question, std::move(take));
        };
        start(true);
    }
    /// The same for a question that gives a QFuture<Result<TableRows<Row>>>, for the model's TableValues<Row>. After a
    /// change, which finds rows and values here, `rowsOnly` is asked instead: a question as for ask().
    template <class Question, class RowsOnly, class Values>
    void askTable(Question question, RowsOnly rowsOnly, Values &values)
    {
        m_question = [this, question = std::move(question), rowsOnly = std::move(rowsOnly),
                      &values](Take take, bool isNew) -> Cancel {
            if (!isNew)
                return askRows(rowsOnly, std::move(take));
            auto answer = question();
            connection::whenEach(answer, this, [take = std::move(take), &values, then = values.changes()](auto table) {
                if (!table)
                    return take(Answer{table.error()});
                using Extent = decltype(table->extent);
                take(Answer{table->rows.ids(), table->extent == Extent::First ? Shown::First : Shown::All,
                            [&] { values.keep(std::move(table->values), then); }});
            });
            return [answer]() mutable { answer.cancel(); };
        };
        start(true);
    }
    void askNothing(); ///< No rows.

    /// Asks the same again after a change. While an answer is under way it is asked once more after it.
    void refresh();

    // For TableValues, which holds the values.
    /// The ids of the batch that the row is in.
    std::vector<qint64> batchAround(int row, std::size_t size);
    /// The values of these ids came or changed. Quick for ids that batchAround() gave since.
    void valuesChanged(const std::vector<qint64> &ids);
    void allValuesChanged();

private:
    template <class Row, class Id>
    friend class TableValues;

    enum class Shown : quint8 { Older, First, All };
    using Ids = std::shared_ptr<const std::vector<quint32>>;
    struct Answer {
        Result<Ids> rows;
        Shown extent = Shown::All;
        std::function<void()> keepValues = {}; ///< Of some rows.
    };
    using Take = std::function<void(Answer)>;
    using Cancel = std::function<void()>;
    using Then = std::function<void()>;

    template <class Question>
    Cancel askRows(const Question &question, Take take)
    {
        auto answer = question();
        connection::whenReady(answer, this, [take = std::move(take)](auto rows) {
            take(rows ? Answer{rows->ids()} : Answer{rows.error()});
        });
        return [answer]() mutable { answer.cancel(); };
    }
    std::vector<int> rowsOf(std::vector<quint32> ids) const;
    void start(bool isNew);
    void take(Answer answer, bool isNew);
    void takeFirst(const Answer &answer);
    void takeFailure(const Error &error, bool isNew);
    void showRows(const Ids &rows, bool isNew, const Then &then);
    void showMore();
    void growLater(Then then);
    void growOr(const Then &then);
    void rowsShown(bool isNew, int before);
    void goOn(bool isNew);
    void setLoading(bool loading);
    void resetRows(Ids rows);
    bool beginsWithShown(const std::vector<quint32> &rows) const;
    void updateRows(const Ids &rows, const Then &then);
    void apply(const RowsUpdate &update);
    void applyInSteps(const RowsUpdate &update);
    void moveRow(std::vector<quint32> &ids, quint32 id, const std::vector<quint32> &kept);
    void applyAtOnce(const RowsUpdate &update);
    void permute(const RowsUpdate &update);

    Ids m_ids = std::make_shared<const std::vector<quint32>>(); // shared with who found them
    bool m_idsChange = false;                                   // row by row, so that nobody may share them
    std::optional<int> m_upTo;                                  // so many of them are shown as yet; none: all
    QHash<qint64, int> m_asked; // rows of the ids whose values are being fetched; may be outdated
    std::function<Cancel(Take, bool isNew)> m_question;
    Cancel m_cancel;
    quint64 m_generation = 0;
    bool m_underWay = false;
    bool m_again = false;
    bool m_loading = false;
    Shown m_shown = Shown::Older;
    QThreadPool m_comparing; // not everybody's: nobody waits there for what takes long
};

} // namespace kith::items

Q_DECLARE_METATYPE(kith::Error)
