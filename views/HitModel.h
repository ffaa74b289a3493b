// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/MimeData.h"

#include <QAbstractListModel>
#include <QAction>
#include <QPointer>

namespace kith::views {

/// What a search found, best first: people and groups, by name, alias, metadata or id, policies, and what can be done.
/// Rows of people and groups are dragged as CarriedObjects. A dozen rows, so they are held whole. What was picked is
/// remembered, to be offered again.
class HitModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { KindTextRole = Qt::UserRole + 200, DetailRole };

    explicit HitModel(connection::Connection &connection, QObject *parent = nullptr);

    /// Of the hits those that were picked lately come first.
    void setHits(std::vector<connection::Hit> hits, const std::vector<QAction *> &commands = {});
    void showRecent(); ///< What was picked lately, the last first.
    void notePicked(const QModelIndex &index);
    connection::ObjectRef objectAt(const QModelIndex &index) const;
    QAction *actionAt(const QModelIndex &index) const; ///< Null for anything else.
    QString policyAt(const QModelIndex &index) const;  ///< The name of a policy; empty for anything else.

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    items::CarriedObjects carried(const QModelIndexList &indexes) const;

private:
    struct Row {
        connection::Hit hit;
        QPointer<QAction> action; ///< Null: it is a hit.
    };
    static bool same(const Row &a, const Row &b);
    const Row *rowAt(const QModelIndex &index) const;

    connection::Connection &m_connection;
    std::vector<Row> m_rows;
    std::vector<Row> m_recent; ///< The last first.
};

/// Asks the directory at each key that somebody types, and drops answers to what was typed before.
class HitFinder : public QObject
{
    Q_OBJECT
public:
    enum class Kinds { All, Groups, People };
    HitFinder(connection::Connection &connection, HitModel &model, Kinds kinds, QObject *parent = nullptr);

    void find(const QString &text);              ///< Empty: no hits.
    bool isLooking() const { return m_looking; } ///< The model's hits are those of what was typed before.
    /// False: so much else fits better that there may be more of the wanted kind.
    bool hasSeenAll() const { return m_seenAll; }
    /// What can be done, to be found by its name, too. The list may change and hold menus' separators.
    void setCommands(std::function<QList<QAction *>()> commands) { m_commands = std::move(commands); }

Q_SIGNALS:
    void found(const QString &text, int count);
    void failed(const kith::Error &error); ///< Instead of found(); what can be done is in the model all the same.

private:
    connection::Connection &m_connection;
    HitModel &m_model;
    std::vector<QAction *> commandsFor(const QString &text) const;

    bool isWanted(const connection::Hit &hit) const;
    void ask(const QString &text, int limit);
    void take(const QString &text, const Result<std::vector<connection::Hit>> &hits, int limit);

    Kinds m_kinds;
    std::function<QList<QAction *>()> m_commands;
    quint64 m_generation = 0;
    bool m_looking = false;
    bool m_seenAll = true;
    QFuture<Result<std::vector<connection::Hit>>> m_asked;
};

} // namespace kith::views
