// SPDX-License-Identifier: Apache-2.0
#include "HitModel.h"

#include "connection/Async.h"
#include "items/Roles.h"

namespace kith::views {

using connection::Hit;
using connection::HitKind;
using connection::ObjectKind;
using connection::ObjectRef;

static constexpr int ShownHits = 12;
static constexpr int AskedHits = 60; ///< Of which those of the wanted kind are shown.

HitModel::HitModel(connection::Connection &connection, QObject *parent)
    : QAbstractListModel(parent), m_connection(connection)
{}

void HitModel::setHits(std::vector<Hit> hits)
{
    beginResetModel();
    m_hits = std::move(hits);
    endResetModel();
}

ObjectRef HitModel::objectAt(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_hits.size() ? m_hits[row].object : ObjectRef();
}

QString HitModel::policyAt(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    const bool policy = index.isValid() && row < m_hits.size() && m_hits[row].kind == HitKind::Policy;
    return policy ? m_hits[row].name : QString();
}

int HitModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

static QString kindText(const Hit &hit)
{
    if (hit.kind == HitKind::Policy)
        return HitModel::tr("policy: who has it");
    if (hit.object.kind == ObjectKind::Group)
        return hit.kind == HitKind::Alias ? HitModel::tr("group, by its alias") : HitModel::tr("group");
    return hit.kind == HitKind::Alias ? HitModel::tr("entity, by an alias") : HitModel::tr("entity");
}

QVariant HitModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Hit &hit = m_hits[static_cast<std::size_t>(index.row())];
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

void HitFinder::find(const QString &text)
{
    ++m_generation;
    m_asked.cancel();
    if (text.trimmed().isEmpty()) {
        m_model.setHits({});
        Q_EMIT found({}, 0);
        return;
    }
    m_asked = m_connection.directory().find(text.trimmed(), AskedHits);
    connection::whenReady(m_asked, this, [this, text, asked = m_generation](auto hits) {
        if (asked != m_generation)
            return;
        std::vector<Hit> shown;
        for (const Hit &hit : hits ? *hits : std::vector<Hit>())
            if ((m_kinds == Kinds::All || (hit.object && hit.object.kind == ObjectKind::Group)) &&
                shown.size() < ShownHits)
                shown.push_back(hit);
        const int count = static_cast<int>(shown.size());
        m_model.setHits(std::move(shown));
        Q_EMIT found(text, count);
    });
}

} // namespace kith::views
