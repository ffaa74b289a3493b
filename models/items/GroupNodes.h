// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <vector>

namespace kith::items {

/// One place of a group in the tree. Owns what stands below it.
struct GroupNode {
    enum class State { Unloaded, Loading, Loaded };

    GroupId group;
    GroupNode *parent = nullptr; ///< Null: the invisible root.
    int row = 0;
    bool external = false;
    bool cyclic = false;      ///< Its group stands above it already: it isn't unfolded.
    bool hasChildren = false; ///< As far as known while they aren't loaded.
    State state = State::Unloaded;
    quint64 reading = 0; ///< The number of the one that told of the children.
    std::vector<std::unique_ptr<GroupNode>> children;

    bool isAtOrBelow(GroupId id) const
    {
        for (const GroupNode *node = this; node; node = node->parent) {
            if (node->group == id)
                return true;
        }
        return false;
    }
    GroupNode *child(GroupId id) const
    {
        for (const auto &candidate : children) {
            if (candidate->group == id)
                return candidate.get();
        }
        return nullptr;
    }
};

/// All nodes, and where each group stands.
class GroupNodes
{
public:
    GroupNodes();

    GroupNode &root() { return m_root; }
    QList<GroupNode *> at(GroupId id);  ///< For none: the root.
    QList<GroupNode *> parents() const; ///< Those with children, the root among them.
    QSet<qint64> parentGroups() const;  ///< Their groups; 0, the root's, always.

    /// Puts new places at `row` below `parent`, in the order of the list.
    void insert(GroupNode &parent, int row, const std::vector<connection::GroupChild> &children);
    void remove(GroupNode &parent, int first, int last);
    void move(GroupNode &parent, int from, int to); ///< `to` in the numbering before.
    void reorder(GroupNode &parent, const std::vector<quint32> &groups);
    void clear();

private:
    void enter(GroupNode &node);
    void leave(GroupNode &node);
    static void renumber(GroupNode &parent, int from);

    GroupNode m_root;
    QHash<qint64, QList<GroupNode *>> m_places;
    QSet<GroupNode *> m_parents; ///< Few beside all places, so that what concerns all that is shown needn't walk these.
};

} // namespace kith::items
