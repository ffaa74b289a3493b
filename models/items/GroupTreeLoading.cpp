// SPDX-License-Identifier: Apache-2.0
#include "connection/Async.h"
#include "items/GroupTreePrivate.h"
#include "items/RowsDifference.h"

#include <QTimer>

#include <chrono>
#include <map>

namespace kith::items {

using connection::GroupChild;
using connection::GroupFilter;
using connection::whenReady;

namespace {

// More places that change their order than this are one layoutChanged.
constexpr std::size_t MostMoves = 32;
// More ranges that come and go than this are one insertion, one layoutChanged and one removal.
constexpr std::size_t MostRanges = 32;
// Between two questions about the same parent while changes go on.
constexpr std::chrono::milliseconds Pause(200);

} // namespace

void GroupTreeModel::Private::setFilter(const QString &text)
{
    filterText = text;
    ++m_generation;
    m_resetting = true;
    if (text.isEmpty())
        return askRoots({});
    whenReady(connection.directory().filterGroups(text), q,
              [this, generation = m_generation](Result<GroupFilter> answer) {
                  if (generation != m_generation)
                      return;
                  if (!answer)
                      return resetFailed(answer.error());
                  askRoots(*answer);
              });
}

void GroupTreeModel::Private::askRoots(const GroupFilter &next)
{
    whenReady(connection.directory().groupChildren({}, next), q,
              [this, next, generation = m_generation, reading = ++m_readings](const Result<Children> &roots) {
                  if (generation != m_generation)
                      return;
                  if (roots)
                      reset(next, *roots, reading);
                  else
                      resetFailed(roots.error());
              });
}

void GroupTreeModel::Private::reset(const GroupFilter &next, const Children &roots, quint64 reading)
{
    const bool changedMeanwhile = m_again.contains(0);
    m_resetting = false;
    m_refiltering = false;
    m_underWay.clear();
    m_again.clear();
    q->beginResetModel();
    filter = next;
    nodes.clear();
    nodes.insert(nodes.root(), 0, roots);
    nodes.root().state = GroupNode::State::Loaded;
    nodes.root().reading = reading;
    q->endResetModel();
    if (changedMeanwhile)
        refilter();
    Q_EMIT q->loaded();
    followPaths();
}

/// All stays as it was, with the filter of then. What was being read has been let go since, and is read again.
void GroupTreeModel::Private::resetFailed(const Error &error)
{
    const bool changedMeanwhile = m_again.contains(0) || m_refiltering;
    m_resetting = false;
    m_again.clear();
    const QSet<qint64> letGo = std::exchange(m_underWay, {});
    if (changedMeanwhile && nodes.root().state == GroupNode::State::Loaded)
        refilter();
    for (const qint64 parent : letGo) {
        if (!m_underWay.contains(parent))
            ask(GroupId{parent});
    }
    fail(error);
    if (nodes.root().state == GroupNode::State::Loaded)
        followPaths();
    else
        followPaths(GroupId());
}

void GroupTreeModel::Private::fail(const Error &error)
{
    if (error.code != ErrorCode::Cancelled)
        Q_EMIT q->failed(error);
}

void GroupTreeModel::Private::load(GroupNode &node)
{
    if (node.state != GroupNode::State::Unloaded || node.cyclic || !node.parent)
        return;
    node.state = GroupNode::State::Loading;
    ask(node.group);
}

void GroupTreeModel::Private::ask(GroupId parent)
{
    if (m_underWay.contains(parent.value)) {
        m_again.insert(parent.value);
        return;
    }
    m_underWay.insert(parent.value);
    whenReady(connection.directory().groupChildren(parent, filter), q,
              [this, parent, generation = m_generation, reading = ++m_readings](const Result<Children> &children) {
                  if (generation != m_generation || m_resetting)
                      return;
                  if (children)
                      show(parent, *children, reading);
                  else
                      failToShow(parent, children.error());
                  const bool again = m_again.contains(parent.value);
                  if (again)
                      QTimer::singleShot(Pause, q, [this, parent, generation] { askAgain(parent, generation); });
                  else
                      m_underWay.remove(parent.value);
                  if (children || again)
                      followPaths();
                  else
                      followPaths(parent);
              });
}

void GroupTreeModel::Private::askAgain(GroupId parent, quint64 generation)
{
    if (generation != m_generation || m_resetting)
        return;
    m_underWay.remove(parent.value);
    m_again.remove(parent.value);
    ask(parent);
}

void GroupTreeModel::Private::show(GroupId parent, const Children &children, quint64 reading)
{
    const QList<GroupNode *> places = nodes.at(parent);
    for (GroupNode *place : places) {
        // A place below another one of the same group (a cycle) may be gone by now.
        if (nodes.at(parent).contains(place) && !place->cyclic) {
            place->reading = reading;
            show(*place, children);
        }
    }
}

void GroupTreeModel::Private::failToShow(GroupId parent, const Error &error)
{
    for (GroupNode *node : nodes.at(parent)) {
        if (node->state == GroupNode::State::Loading)
            node->state = GroupNode::State::Unloaded;
    }
    fail(error);
}

bool GroupTreeModel::Private::sameChildren(const GroupNode &parent, const Children &children)
{
    return std::equal(parent.children.begin(), parent.children.end(), children.begin(), children.end(),
                      [](const auto &node, const GroupChild &child) { return node->group == child.id; });
}

void GroupTreeModel::Private::show(GroupNode &parent, const Children &children)
{
    const bool wasLoaded = parent.state == GroupNode::State::Loaded;
    if (wasLoaded && sameChildren(parent, children))
        return updateKept(parent, children);
    const bool hadArrow = !wasLoaded && parent.hasChildren;
    std::vector<quint32> before;
    for (const auto &node : parent.children)
        before.push_back(static_cast<quint32>(node->group.value));
    std::vector<quint32> after;
    for (const GroupChild &child : children)
        after.push_back(static_cast<quint32>(child.id.value));
    const RowsDifference change = difference(before, after);
    parent.state = GroupNode::State::Loaded;
    parent.hasChildren = !children.empty();
    if (change.removed.size() + change.inserted.size() > MostRanges)
        showAtOnce(parent, change, children, std::move(after));
    else
        showInSteps(parent, change, children);
    updateKept(parent, children);
    if (hadArrow && children.empty()) { // no signal about rows tells a view that there is nothing to unfold
        Q_EMIT q->layoutAboutToBeChanged({indexOf(*parent.parent)});
        Q_EMIT q->layoutChanged({indexOf(*parent.parent)});
    }
}

void GroupTreeModel::Private::showInSteps(GroupNode &parent, const RowsDifference &change, const Children &children)
{
    const QModelIndex index = indexOf(parent);
    std::for_each(change.removed.rbegin(), change.removed.rend(), [&](const RowRange &range) {
        q->beginRemoveRows(index, range.first, range.last);
        nodes.remove(parent, range.first, range.last);
        q->endRemoveRows();
    });
    if (change.moved.size() > MostMoves)
        permute(parent, change.kept);
    else
        moveNodes(parent, change);
    for (const RowRange &range : change.inserted) {
        q->beginInsertRows(index, range.first, range.last);
        nodes.insert(parent, range.first, {children.begin() + range.first, children.begin() + range.last + 1});
        q->endInsertRows();
    }
}

/// Each signal about rows costs as much as renumbering all of them, here and in a view.
void GroupTreeModel::Private::showAtOnce(GroupNode &parent, const RowsDifference &change, const Children &children,
                                         std::vector<quint32> order)
{
    const QModelIndex index = indexOf(parent);
    Children added;
    for (const RowRange &range : change.inserted)
        added.insert(added.end(), children.begin() + range.first, children.begin() + range.last + 1);
    if (!added.empty()) {
        const int first = static_cast<int>(parent.children.size());
        q->beginInsertRows(index, first, first + static_cast<int>(added.size()) - 1);
        nodes.insert(parent, first, added);
        q->endInsertRows();
    }
    order.insert(order.end(), change.removedIds.begin(), change.removedIds.end());
    permute(parent, order);
    if (!change.removedIds.empty()) {
        const int first = static_cast<int>(children.size());
        const int last = static_cast<int>(parent.children.size()) - 1;
        q->beginRemoveRows(index, first, last);
        nodes.remove(parent, first, last);
        q->endRemoveRows();
    }
}

void GroupTreeModel::Private::moveNodes(GroupNode &parent, const RowsDifference &change)
{
    const QModelIndex index = indexOf(parent);
    for (const quint32 group : change.moved) {
        const auto place = std::find(change.kept.begin(), change.kept.end(), group);
        const int from = parent.child(GroupId{group})->row;
        const int to = place == change.kept.begin() ? 0 : parent.child(GroupId{*std::prev(place)})->row + 1;
        if (!q->beginMoveRows(index, from, from, index, to))
            continue; // it stands there
        nodes.move(parent, from, to);
        q->endMoveRows();
    }
}

void GroupTreeModel::Private::permute(GroupNode &parent, const std::vector<quint32> &order)
{
    Q_EMIT q->layoutAboutToBeChanged({indexOf(parent)});
    const QModelIndexList from = q->persistentIndexList();
    nodes.reorder(parent, order);
    QModelIndexList to;
    for (const QModelIndex &index : from)
        to.append(indexOf(node(index)));
    q->changePersistentIndexList(from, to);
    Q_EMIT q->layoutChanged({indexOf(parent)});
}

void GroupTreeModel::Private::updateKept(GroupNode &parent, const Children &children)
{
    for (std::size_t row = 0; row < children.size(); ++row) {
        GroupNode &node = *parent.children[row];
        node.external = children[row].external;
        if (node.cyclic)
            continue;
        if (node.state == GroupNode::State::Unloaded && node.hasChildren == children[row].hasChildren)
            continue;
        const bool shown = node.state == GroupNode::State::Unloaded ? node.hasChildren : !node.children.empty();
        if (shown != children[row].hasChildren && node.state != GroupNode::State::Loading)
            ask(node.group);
    }
}

void GroupTreeModel::Private::reloadAll()
{
    for (const qint64 parent : nodes.parentGroups())
        ask(GroupId{parent});
}

/// The filter shows other groups after a change: finds them anew, then the children of all that is unfolded.
void GroupTreeModel::Private::refilter()
{
    if (!filter.active()) {
        reloadAll();
        return;
    }
    m_refiltering = true;
    whenReady(connection.directory().filterGroups(filter.text), q,
              [this, generation = m_generation, number = ++m_refilter](Result<GroupFilter> answer) {
                  if (generation != m_generation || number != m_refilter || m_resetting)
                      return;
                  m_refiltering = false;
                  if (!answer)
                      return fail(answer.error());
                  filter = std::move(*answer);
                  postAllValues(); // other groups match
                  reloadAll();
              });
}

void GroupTreeModel::Private::follow(const ChangeSet &changes)
{
    if (!changes.subgroups.empty() || changes.everything)
        m_dragged.clear();
    if (changes.everything || changes.mounts) {
        window.staleAll();
        postAllValues();
    }
    Window::Ids values;
    QSet<qint64> parents;
    for (const GroupId group : changes.groups) {
        values.push_back(group.value);
        for (const GroupNode *node : nodes.at(group))
            parents.insert(node->parent ? node->parent->group.value : 0);
    }
    for (const auto &edge : changes.members) {
        if (values.empty() || values.back() != edge.first.value) // mostly very many of one group
            values.push_back(edge.first.value);
    }
    for (const auto &[parent, child] : changes.subgroups) {
        values.push_back(parent.value);
        values.push_back(child.value);
        if (!nodes.at(parent).isEmpty())
            parents.insert(parent.value);
    }
    if (values.size() > Window::Capacity) {
        window.staleAll();
        postAllValues();
    } else if (!window.refetch(values)) {
        postAllValues();
    }
    const bool rowsMayChange = changes.everything || !changes.groups.empty() || !changes.subgroups.empty();
    if (!rowsMayChange)
        return;
    if (m_resetting) {
        m_again.insert(0);
    } else if (nodes.root().state != GroupNode::State::Loaded) { // they couldn't be read
        setFilter(filterText);
    } else if (filter.active() || changes.everything) {
        refilter();
    } else {
        parents.insert(0);
        for (const qint64 parent : parents)
            ask(GroupId{parent});
    }
}

/// Once for all changes of this turn: a view looks at everything unfolded each time.
void GroupTreeModel::Private::postAllValues()
{
    if (std::exchange(m_allPosted, true))
        return;
    const auto tell = [this] {
        m_allPosted = false;
        allValuesChanged();
    };
    QMetaObject::invokeMethod(q, tell, Qt::QueuedConnection);
}

void GroupTreeModel::Private::allValuesChanged()
{
    for (const GroupNode *parent : nodes.parents())
        Q_EMIT q->dataChanged(indexOf(*parent->children.front()), indexOf(*parent->children.back()));
}

void GroupTreeModel::Private::valuesChanged(const Window::Ids &ids)
{
    std::map<GroupNode *, std::vector<int>> rows; // by parent
    for (const qint64 id : ids) {
        for (const GroupNode *node : nodes.at(GroupId{id})) {
            if (node->parent)
                rows[node->parent].push_back(node->row);
        }
    }
    for (auto &[parent, changed] : rows) {
        std::sort(changed.begin(), changed.end());
        for (std::size_t i = 0; i < changed.size();) {
            std::size_t end = i + 1;
            while (end < changed.size() && changed[end] == changed[end - 1] + 1)
                ++end;
            Q_EMIT q->dataChanged(indexOf(*parent->children[static_cast<std::size_t>(changed[i])]),
                                  indexOf(*parent->children[static_cast<std::size_t>(changed[end - 1])]));
            i = end;
        }
    }
}

void GroupTreeModel::Private::loadPath(std::vector<GroupId> path)
{
    m_ways.push_back({std::move(path), m_readings});
    QMetaObject::invokeMethod(
        q, [this] { followPaths(); }, Qt::QueuedConnection);
}

/// The place whose children a way waits for; null if it has come to its end.
GroupNode *GroupTreeModel::Private::needed(const Way &way)
{
    GroupNode *node = &nodes.root();
    for (const GroupId group : way.path) {
        GroupNode *next = node->state == GroupNode::State::Loaded ? node->child(group) : nullptr;
        if (!next)
            return mayCome(group, *node, way) ? node : nullptr;
        node = next;
    }
    return nullptr;
}

/// Who names the way may know of a commit that the children here are older than: only a reading that began later tells
/// for certain that a group isn't there. Others may go on for as long as commits come.
bool GroupTreeModel::Private::mayCome(GroupId group, const GroupNode &parent, const Way &way) const
{
    if (parent.state != GroupNode::State::Loaded)
        return !parent.cyclic; // else it can't be unfolded
    return parent.reading <= way.asked && (!filter.active() || filter.shows(group));
}

/// The children of `failed` couldn't be read: who waits for them hears that.
void GroupTreeModel::Private::followPaths(std::optional<GroupId> failed)
{
    if (m_resetting || m_ways.empty())
        return;
    if (nodes.root().state != GroupNode::State::Loaded && !failed)
        return setFilter(filterText);
    std::vector<std::vector<GroupId>> ready;
    std::vector<std::vector<GroupId>> lost;
    for (auto way = m_ways.begin(); way != m_ways.end();) {
        GroupNode *place = needed(*way);
        if (place && place->group != failed) {
            if (place->state == GroupNode::State::Unloaded)
                load(*place);
            else if (!m_underWay.contains(place->group.value))
                ask(place->group);
            ++way;
            continue;
        }
        (place ? lost : ready).push_back(std::move(way->path));
        way = m_ways.erase(way);
    }
    for (const auto &path : ready)
        Q_EMIT q->pathReady(path);
    for (const auto &path : lost)
        Q_EMIT q->pathFailed(path);
}

} // namespace kith::items
