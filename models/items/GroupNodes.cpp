// SPDX-License-Identifier: Apache-2.0
#include "items/GroupNodes.h"

#include <algorithm>
#include <unordered_map>

namespace kith::items {

GroupNodes::GroupNodes()
{
    m_root.hasChildren = true;
}

QList<GroupNode *> GroupNodes::at(GroupId id)
{
    return id ? m_places.value(id.value) : QList<GroupNode *>{&m_root};
}

QList<GroupNode *> GroupNodes::parents() const
{
    return m_parents.values();
}

QSet<qint64> GroupNodes::parentGroups() const
{
    QSet<qint64> result{0};
    for (const GroupNode *parent : m_parents)
        result.insert(parent->group.value);
    return result;
}

void GroupNodes::insert(GroupNode &parent, int row, const std::vector<connection::GroupChild> &children)
{
    std::vector<std::unique_ptr<GroupNode>> nodes;
    for (const connection::GroupChild &child : children) {
        auto node = std::make_unique<GroupNode>();
        node->group = child.id;
        node->parent = &parent;
        node->external = child.external;
        node->cyclic = parent.isAtOrBelow(child.id);
        node->hasChildren = child.hasChildren && !node->cyclic;
        node->state = node->hasChildren ? GroupNode::State::Unloaded : GroupNode::State::Loaded;
        enter(*node);
        nodes.push_back(std::move(node));
    }
    parent.children.insert(parent.children.begin() + row, std::make_move_iterator(nodes.begin()),
                           std::make_move_iterator(nodes.end()));
    if (!parent.children.empty())
        m_parents.insert(&parent);
    renumber(parent, row);
}

void GroupNodes::remove(GroupNode &parent, int first, int last)
{
    for (int row = first; row <= last; ++row)
        leave(*parent.children[static_cast<std::size_t>(row)]);
    parent.children.erase(parent.children.begin() + first, parent.children.begin() + last + 1);
    if (parent.children.empty())
        m_parents.remove(&parent);
    renumber(parent, first);
}

void GroupNodes::move(GroupNode &parent, int from, int to)
{
    const auto begin = parent.children.begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    renumber(parent, std::min(from, to));
}

void GroupNodes::reorder(GroupNode &parent, const std::vector<quint32> &groups)
{
    std::unordered_map<qint64, std::unique_ptr<GroupNode>> nodes;
    for (auto &node : parent.children)
        nodes.emplace(node->group.value, std::move(node));
    parent.children.clear();
    for (const quint32 group : groups)
        parent.children.push_back(std::move(nodes.at(group)));
    renumber(parent, 0);
}

void GroupNodes::clear()
{
    m_root.children.clear();
    m_root.state = GroupNode::State::Unloaded;
    m_places.clear();
    m_parents.clear();
}

void GroupNodes::enter(GroupNode &node)
{
    m_places[node.group.value].append(&node);
}

void GroupNodes::leave(GroupNode &node)
{
    for (const auto &child : node.children)
        leave(*child);
    m_parents.remove(&node);
    const auto place = m_places.find(node.group.value);
    place->removeOne(&node);
    if (place->isEmpty())
        m_places.erase(place);
}

void GroupNodes::renumber(GroupNode &parent, int from)
{
    for (auto row = static_cast<std::size_t>(from); row < parent.children.size(); ++row)
        parent.children[row]->row = static_cast<int>(row);
}

} // namespace kith::items
