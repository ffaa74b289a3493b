// SPDX-License-Identifier: Apache-2.0
#include "HitModel.h"

#include "Fuzzy.h"
#include "connection/Async.h"
#include "items/Roles.h"

#include <QKeySequence>

#include <algorithm>
#include <iterator>

namespace kith::views {

using connection::Hit;
using connection::HitKind;
using connection::ObjectKind;
using connection::ObjectRef;

static constexpr int ShownHits = 12;
static constexpr std::size_t ShownCommands = 4;
static constexpr std::size_t MostRecent = 10;
static constexpr int AskedHits = 60;  ///< Of which those of the wanted kind are shown.
static constexpr int MostHits = 3000; ///< Likewise, where these were too few.

HitModel::HitModel(connection::Connection &connection, QObject *parent)
    : QAbstractListModel(parent), m_connection(connection)
{}

bool HitModel::same(const Row &a, const Row &b)
{
    if (a.action || b.action)
        return a.action == b.action;
    return a.hit.object == b.hit.object && (a.hit.object || a.hit.name == b.hit.name);
}

void HitModel::setHits(std::vector<Hit> hits, const std::vector<QAction *> &commands)
{
    beginResetModel();
    m_rows.clear();
    for (Hit &hit : hits)
        m_rows.push_back({std::move(hit), nullptr});
    std::stable_partition(m_rows.begin(), m_rows.end(), [this](const Row &row) {
        return std::any_of(m_recent.begin(), m_recent.end(), [&row](const Row &recent) { return same(row, recent); });
    });
    for (QAction *action : commands)
        m_rows.push_back({{}, action});
    endResetModel();
}

void HitModel::showRecent()
{
    std::erase_if(m_recent, [](const Row &row) { return !row.action && row.hit.name.isEmpty(); });
    beginResetModel();
    m_rows.clear();
    std::copy_if(m_recent.begin(), m_recent.end(), std::back_inserter(m_rows),
                 [](const Row &row) { return !row.action || row.action->isEnabled(); });
    endResetModel();
}

void HitModel::notePicked(const QModelIndex &index)
{
    const Row *row = rowAt(index);
    if (!row)
        return;
    Row picked = *row;
    std::erase_if(m_recent, [&picked](const Row &recent) { return same(recent, picked); });
    m_recent.insert(m_recent.begin(), std::move(picked));
    if (m_recent.size() > MostRecent)
        m_recent.pop_back();
}

const HitModel::Row *HitModel::rowAt(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_rows.size() ? &m_rows[row] : nullptr;
}

ObjectRef HitModel::objectAt(const QModelIndex &index) const
{
    const Row *row = rowAt(index);
    return row && !row->action ? row->hit.object : ObjectRef();
}

QAction *HitModel::actionAt(const QModelIndex &index) const
{
    const Row *row = rowAt(index);
    return row ? row->action.data() : nullptr;
}

QString HitModel::policyAt(const QModelIndex &index) const
{
    const Row *row = rowAt(index);
    return row && !row->action && row->hit.kind == HitKind::Policy ? row->hit.name : QString();
}

int HitModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

static QString commandText(const QAction &action)
{
    return action.text().remove(QLatin1Char('&'));
}

static QString keysText(const QAction &action)
{
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? HitModel::tr("command") : HitModel::tr("command, %1").arg(keys);
}

static QString kindText(const Hit &hit)
{
    if (hit.kind == HitKind::Policy)
        return HitModel::tr("policy");
    if (hit.object.kind == ObjectKind::Group)
        return hit.kind == HitKind::Alias ? HitModel::tr("group, by its alias") : HitModel::tr("group");
    return hit.kind == HitKind::Alias ? HitModel::tr("entity, by an alias") : HitModel::tr("entity");
}

QVariant HitModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (row.action) {
        if (role == KindTextRole)
            return keysText(*row.action);
        if (role == Qt::AccessibleTextRole)
            return QStringList{commandText(*row.action), keysText(*row.action)}.join(QStringLiteral(", "));
        return role == Qt::DisplayRole || role == items::NameRole ? QVariant(commandText(*row.action)) : QVariant();
    }
    const Hit &hit = row.hit;
    switch (role) {
    case Qt::DisplayRole:
    case items::NameRole:
        return hit.name;
    case Qt::AccessibleTextRole:
        return QStringList{hit.name, hit.detail, kindText(hit)}.join(QStringLiteral(", "));
    case items::ObjectRole:
        return QVariant::fromValue(hit.object);
    case KindTextRole:
        return kindText(hit);
    case DetailRole:
        return hit.detail;
    default:
        return {};
    }
}

Qt::ItemFlags HitModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return objectAt(index) ? flags | Qt::ItemIsDragEnabled : flags;
}

items::CarriedObjects HitModel::carried(const QModelIndexList &indexes) const
{
    items::CarriedObjects carried;
    carried.core = m_connection.location();
    for (const QModelIndex &index : indexes) {
        const ObjectRef object = objectAt(index);
        if (object.entity())
            carried.people.push_back(object.entity());
        else if (object.group())
            carried.groups.push_back(object.group());
    }
    if (indexes.size() == 1) // of several, people come first
        carried.names.append(indexes.front().data(items::NameRole).toString());
    return carried;
}

QMimeData *HitModel::mimeData(const QModelIndexList &indexes) const
{
    return items::pack(carried(indexes)).release();
}

HitFinder::HitFinder(connection::Connection &connection, HitModel &model, Kinds kinds, QObject *parent)
    : QObject(parent), m_connection(connection), m_model(model), m_kinds(kinds)
{}

/// Those that fit best and can be done now.
std::vector<QAction *> HitFinder::commandsFor(const QString &text) const
{
    std::vector<std::pair<int, QAction *>> fitting;
    for (QAction *action : m_commands ? m_commands() : QList<QAction *>())
        if (!action->isSeparator() && action->isVisible() && action->isEnabled())
            if (const auto score = fuzzyScore(text, commandText(*action)); score && *score >= 3 * text.trimmed().size())
                fitting.emplace_back(*score, action);
    std::stable_sort(fitting.begin(), fitting.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    std::vector<QAction *> commands;
    for (const auto &[score, action] : fitting)
        if (commands.size() < ShownCommands)
            commands.push_back(action);
    return commands;
}

bool HitFinder::isWanted(const Hit &hit) const
{
    return m_kinds == Kinds::All ||
           (hit.object && hit.object.kind == (m_kinds == Kinds::Groups ? ObjectKind::Group : ObjectKind::Entity));
}

void HitFinder::find(const QString &text)
{
    ++m_generation;
    m_asked.cancel();
    m_looking = !text.trimmed().isEmpty();
    if (!m_looking) {
        m_model.setHits({});
        Q_EMIT found({}, 0);
        return;
    }
    ask(text, AskedHits);
}

void HitFinder::ask(const QString &text, int limit)
{
    m_asked = m_connection.directory().find(text.trimmed(), limit);
    connection::whenReady(m_asked, this, [this, text, limit, asked = m_generation](const auto &hits) {
        if (asked == m_generation)
            take(text, hits, limit);
    });
}

void HitFinder::take(const QString &text, const Result<std::vector<Hit>> &hits, int limit)
{
    std::vector<Hit> shown;
    if (hits)
        for (const Hit &hit : *hits)
            if (isWanted(hit) && shown.size() < ShownHits)
                shown.push_back(hit);
    m_seenAll = !hits || hits->size() < static_cast<std::size_t>(limit) || shown.size() == ShownHits;
    if (!m_seenAll && limit < MostHits)
        return ask(text, MostHits);
    m_looking = false;
    m_model.setHits(std::move(shown), commandsFor(text));
    if (!hits)
        Q_EMIT failed(hits.error());
    else
        Q_EMIT found(text, m_model.rowCount());
}

} // namespace kith::views
