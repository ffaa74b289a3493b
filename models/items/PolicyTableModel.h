// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/IdTableModel.h"
#include "items/Rereading.h"

#include <memory>

namespace kith::items {

enum class PolicyKinds {
    All,
    Undefined, ///< Somebody carries them, but they grant nothing.
    Unused,    ///< Nobody carries them, and the server gives them to no token itself.
};

/// All policies of a core: those that are defined and those that are only named. Few enough to be whole; read, filtered
/// and sorted in other threads. The ids of its rows are its own, the same for a name as long as it lives.
class PolicyTableModel : public IdTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, RulesColumn, GroupsColumn, EntitiesColumn };
    static constexpr int ColumnCount = EntitiesColumn + 1;

    struct Query {
        QString filter; ///< Part of a name, or of a text: a path.
        PolicyKinds kinds = PolicyKinds::All;
        Column column = NameColumn;
        Qt::SortOrder order = Qt::AscendingOrder;
    };

    /// Reads nothing before setWatching(). The connection must outlive the model.
    explicit PolicyTableModel(connection::Connection &connection, QObject *parent = nullptr);

    /// Follows what changes while somebody looks; what changed meanwhile is read when it begins again.
    void setWatching(bool watching) { m_rereading.setWatching(watching); }

    const Query &query() const { return m_query; }
    void setFilter(const QString &filter);
    void setKinds(PolicyKinds kinds);
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    bool hasRead() const { return m_lines != nullptr; }
    int total() const { return m_lines ? static_cast<int>(m_lines->size()) : 0; } ///< Whatever the filter says.
    int undefinedCount() const;
    int unusedCount() const;
    QString nameAt(int row) const;
    int rowOfName(const QString &name) const; ///< -1: not shown.
    /// Whether there is such a policy, defined or not; none is known before it has been read.
    bool knows(const QString &name) const { return m_ids.contains(name) && lineOf(m_ids.value(name)); }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Line {
        quint32 id = 0;
        QString name;
        bool defined = true;
        int rules = 0; ///< -1: the text isn't known, or can't be read.
        int groups = 0;
        int entities = 0;
        QString searched; ///< Name and text, folded.
        bool isUsed() const;
    };
    using Lines = std::shared_ptr<const std::vector<Line>>;
    using Answer = Result<connection::Rows<EntityId>>;

    static Lines linesOf(const std::vector<connection::PolicyRow> &policies);
    static Answer arrange(const Lines &lines, const Query &query);
    const Line *lineOf(quint32 id) const;
    void read();
    void take(std::vector<Line> lines);
    void arrangeAnew();

    connection::Connection &m_connection;
    Query m_query;
    Lines m_lines;
    QHash<QString, quint32> m_ids;     ///< Of all names there ever were.
    std::vector<std::size_t> m_places; ///< Of a line in m_lines, plus one, by id; 0: it is gone.
    Rereading m_rereading;
};

} // namespace kith::items
