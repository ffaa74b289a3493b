// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/MimeData.h"

#include <QAbstractListModel>

namespace kith::views {

/// What a search found, best first: people and groups, by name, alias, metadata or id, and policies. Rows are dragged
/// as CarriedObjects. A dozen rows, so they are held whole.
class HitModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { KindTextRole = Qt::UserRole + 200, DetailRole };

    explicit HitModel(connection::Connection &connection, QObject *parent = nullptr);

    void setHits(std::vector<connection::Hit> hits);
    connection::ObjectRef objectAt(const QModelIndex &index) const;
    QString policyAt(const QModelIndex &index) const; ///< The name of a policy; empty for anything else.

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    items::CarriedObjects carried(const QModelIndexList &indexes) const;

private:
    connection::Connection &m_connection;
    std::vector<connection::Hit> m_hits;
};

/// Asks the directory while somebody types, and drops answers to what was typed before.
class HitFinder : public QObject
{
    Q_OBJECT
public:
    enum class Kinds { All, Groups };
    HitFinder(connection::Connection &connection, HitModel &model, Kinds kinds, QObject *parent = nullptr);

    void find(const QString &text); ///< Empty: no hits.

Q_SIGNALS:
    void found(const QString &text, int count);

private:
    connection::Connection &m_connection;
    HitModel &m_model;
    Kinds m_kinds;
    quint64 m_generation = 0;
    QFuture<Result<std::vector<connection::Hit>>> m_asked;
};

} // namespace kith::views
