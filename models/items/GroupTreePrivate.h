// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/GroupNodes.h"
#include "items/GroupTreeModel.h"
#include "items/ValueWindow.h"

#include <QSet>

#include <optional>

namespace kith::items {

struct RowsDifference;

class GroupTreeModel::Private
{
public:
    using Window = ValueWindow<connection::GroupRow>;
    using Children = std::vector<connection::GroupChild>;

    Private(GroupTreeModel *model, connection::Connection &connectionToUse);

    GroupNode &node(const QModelIndex &index) // the root for an invalid index
    {
        return index.isValid() ? *static_cast<GroupNode *>(index.internalPointer()) : nodes.root();
    }
    QModelIndex indexOf(const GroupNode &node) const
    {
        return node.parent ? q->createIndex(node.row, 0, &node) : QModelIndex();
    }
    const connection::GroupRow *value(const GroupNode &node);

    // Loading (GroupTreeLoading.cpp)
    void setFilter(const QString &text);
    bool isResetting() const { return m_resetting; }
    void load(GroupNode &node); // its children, if they aren't here
    void loadPath(std::vector<GroupId> path);

    // Following (GroupTreeLoading.cpp)
    void follow(const ChangeSet &changes);
    void valuesChanged(const Window::Ids &ids);
    void allValuesChanged();
    void postAllValues();

    // Drops (GroupTreeDrops.cpp)
    void prepare(const std::vector<GroupId> &groups);
    std::shared_ptr<const CarriedObjects> unpacked(const QMimeData &data);
    connection::Refusal refusal(const CarriedObjects &objects, Qt::DropAction action, const GroupNode &target) const;

    GroupTreeModel *q;
    connection::Connection &connection;
    GroupNodes nodes;
    Window window;
    QString filterText;
    connection::GroupFilter filter; // of what is shown; of an older text until the roots are here

private:
    struct Way {
        std::vector<GroupId> path;
        quint64 asked = 0; // the newest reading of then
    };
    void followPaths(std::optional<GroupId> failed = {}); // goes on where loadPath() waits
    GroupNode *needed(const Way &way);
    bool mayCome(GroupId group, const GroupNode &parent, const Way &way) const;
    void askRoots(const connection::GroupFilter &next);
    void reset(const connection::GroupFilter &next, const Children &roots, quint64 reading);
    void resetFailed(const Error &error);
    void ask(GroupId parent);
    void askAgain(GroupId parent, quint64 generation);
    void refilter();
    void reloadAll();
    void show(GroupId parent, const Children &children, quint64 reading);
    void show(GroupNode &parent, const Children &children);
    void failToShow(GroupId parent, const Error &error);
    void moveNodes(GroupNode &parent, const RowsDifference &change);
    void showInSteps(GroupNode &parent, const RowsDifference &change, const Children &children);
    void showAtOnce(GroupNode &parent, const RowsDifference &change, const Children &children,
                    std::vector<quint32> order);
    void permute(GroupNode &parent, const std::vector<quint32> &order);
    static bool sameChildren(const GroupNode &parent, const Children &children);
    void updateKept(GroupNode &parent, const Children &children);
    void fail(const Error &error);

    std::vector<Way> m_ways;        // that loadPath() still loads
    quint64 m_readings = 0;         // of children that were begun
    quint64 m_generation = 0;       // of the filter
    bool m_allPosted = false;       // that all values changed
    bool m_resetting = false;       // the roots of another filter are under way
    QSet<qint64> m_underWay;        // parents whose children are asked for, or wait to be asked for again
    QSet<qint64> m_again;           // of these, those that changed meanwhile
    quint64 m_refilter = 0;         // of the newest filter question for the same text
    bool m_refiltering = false;     // it is under way, or was let go for another filter
    std::vector<GroupId> m_dragged; // what m_below is of
    connection::GroupIds m_below;   // dragged groups and all below them
    QByteArray m_packed;            // what m_unpacked was made of
    std::shared_ptr<const CarriedObjects> m_unpacked;
};

} // namespace kith::items
