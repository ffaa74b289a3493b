// SPDX-License-Identifier: Apache-2.0
#include "items/PolicySourcesModel.h"

#include "connection/Async.h"
#include "items/EntityValues.h"
#include "items/PolicySourcesPrivate.h"

namespace kith::items {

using connection::Explanation;
using connection::ObjectRef;
using connection::PolicySource;

void PolicySourcesModel::Private::ask(bool isNew)
{
    ++generation;
    again = false;
    underWay = true;
    connection::whenReady(connection.directory().explain(object), q,
                          [this, isNew, asked = generation](Result<Explanation> answer) {
                              if (asked != generation)
                                  return;
                              underWay = false;
                              take(std::move(answer), isNew);
                              if (again && !underWay)
                                  ask(false);
                          });
}

void PolicySourcesModel::Private::take(Result<Explanation> answer, bool isNew)
{
    loading = false;
    if (!answer && answer.error().code == ErrorCode::NotFound) // it was deleted
        answer = Explanation{object, {}};
    if (!answer) {
        if (answer.error().code != ErrorCode::Cancelled)
            Q_EMIT q->failed(answer.error());
        return;
    }
    const auto before = explanation.policies.size();
    const bool changed = !(explanation == *answer);
    explanation = std::move(*answer);
    if (isNew)
        reset();
    else if (changed)
        update();
    if (explanation.policies.size() != before)
        Q_EMIT q->countChanged();
    if (isNew)
        Q_EMIT q->loaded();
}

PolicyTops PolicySourcesModel::Private::grouped() const
{
    return grouping == Grouping::ByPolicy ? groupedByPolicy(explanation, filter) : groupedBySource(explanation, filter);
}

QVariant PolicySourcesModel::Private::policyData(const PolicyByWay &value, int role) const
{
    switch (role) {
    case PolicyRole:
        return value.policy;
    case DefinedRole:
        return value.defined;
    default:
        return {};
    }
}

QVariant PolicySourcesModel::Private::sourceData(const PolicySource &source, int role) const
{
    switch (role) {
    case ObjectRole:
        return QVariant::fromValue(source.chain.empty() ? explanation.object : ObjectRef::of(source.chain.back().id));
    case OnEntityRole:
        return source.onEntity;
    case ChainRole:
        return QVariant::fromValue(source.chain);
    case ChainsRole:
        return source.chains;
    case ExternalRole:
        return !source.chain.empty() && source.chain.front().external;
    case MountRole:
        return source.by.mount;
    case AliasNameRole:
        return source.by.alias;
    case RefreshedRole:
        return source.by.refreshed;
    default:
        return {};
    }
}

QString PolicySourcesModel::Private::sourceText(const PolicySource &source) const
{
    if (source.onEntity)
        return tr("On the entity itself");
    return chainText(source.chain);
}

QString PolicySourcesModel::Private::copyText(const PolicyByWay &below) const
{
    if (grouping == Grouping::BySource)
        return below.defined ? below.policy : tr("%1 (not defined)").arg(below.policy);
    QString text = sourceText(below.source);
    if (below.source.chains != QLatin1String("1") && !below.source.onEntity)
        text = tr("%1 (%2 ways)").arg(text, below.source.chains);
    return text;
}

QString PolicySourcesModel::Private::copyText(const PolicyTop &top) const
{
    QStringList lines;
    if (grouping == Grouping::ByPolicy)
        lines.append(top.value.defined ? top.value.policy : tr("%1 (not defined)").arg(top.value.policy));
    else
        lines.append(sourceText(top.value.source));
    for (const PolicyByWay &below : top.below)
        lines.append(QLatin1Char('\t') + copyText(below));
    return lines.join(QLatin1Char('\n'));
}

PolicySourcesModel::PolicySourcesModel(connection::Connection &connection, QObject *parent)
    : QAbstractItemModel(parent), m_d(std::make_unique<Private>(this, connection))
{
    connect(&connection, &connection::Connection::changed, this, [this](const ChangeSet &) {
        if (!m_d->object)
            return;
        if (m_d->underWay)
            m_d->again = true;
        else
            m_d->ask(false);
    });
}

PolicySourcesModel::~PolicySourcesModel() = default;

void PolicySourcesModel::setObject(ObjectRef object)
{
    if (object == m_d->object)
        return;
    m_d->object = object;
    m_d->loading = bool(object);
    if (object) {
        m_d->ask(true);
        return;
    }
    ++m_d->generation;
    m_d->underWay = false;
    m_d->take(Explanation(), true);
}

ObjectRef PolicySourcesModel::object() const
{
    return m_d->object;
}

void PolicySourcesModel::setGrouping(Grouping grouping)
{
    if (std::exchange(m_d->grouping, grouping) != grouping)
        m_d->reset();
}

PolicySourcesModel::Grouping PolicySourcesModel::grouping() const
{
    return m_d->grouping;
}

void PolicySourcesModel::setFilter(const QString &text)
{
    if (std::exchange(m_d->filter, text) != text)
        m_d->update();
}

int PolicySourcesModel::policyCount() const
{
    return static_cast<int>(m_d->explanation.policies.size());
}

bool PolicySourcesModel::isLoading() const
{
    return m_d->loading;
}

QString PolicySourcesModel::copyText() const
{
    QStringList texts;
    for (const auto &top : m_d->tops)
        texts.append(m_d->copyText(*top));
    return texts.join(QLatin1Char('\n'));
}

QModelIndex PolicySourcesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column != 0 || row < 0 || row >= rowCount(parent))
        return {};
    return parent.isValid() ? createIndex(row, 0, m_d->tops[static_cast<std::size_t>(parent.row())].get())
                            : createIndex(row, 0, nullptr);
}

QModelIndex PolicySourcesModel::parent(const QModelIndex &index) const
{
    const auto *top = static_cast<const PolicyTop *>(index.internalPointer());
    return top ? createIndex(top->row, 0, nullptr) : QModelIndex();
}

int PolicySourcesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_d->tops.size());
    if (parent.internalPointer() || parent.column() > 0)
        return 0;
    return static_cast<int>(m_d->tops[static_cast<std::size_t>(parent.row())]->below.size());
}

int PolicySourcesModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant PolicySourcesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool byPolicy = m_d->grouping == Grouping::ByPolicy;
    if (const auto *top = static_cast<const PolicyTop *>(index.internalPointer())) {
        const PolicyByWay &below = top->below[static_cast<std::size_t>(index.row())];
        if (role == Qt::DisplayRole)
            return byPolicy ? m_d->sourceText(below.source) : below.policy;
        if (role == CopyTextRole)
            return m_d->copyText(below);
        if (role == NameRole)
            return byPolicy && !below.source.chain.empty() ? below.source.chain.back().name : below.policy;
        const QVariant value = m_d->policyData(below, role);
        return value.isValid() ? value : m_d->sourceData(below.source, role);
    }
    const PolicyTop &top = *m_d->tops[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return byPolicy ? top.value.policy : m_d->sourceText(top.value.source);
    case NameRole:
        return byPolicy || top.value.source.chain.empty() ? top.value.policy : top.value.source.chain.back().name;
    case SourceCountRole:
        return byPolicy ? QVariant(static_cast<int>(top.below.size())) : QVariant();
    case CopyTextRole:
        return m_d->copyText(top);
    default:
        return byPolicy ? m_d->policyData(top.value, role) : m_d->sourceData(top.value.source, role);
    }
}

} // namespace kith::items
