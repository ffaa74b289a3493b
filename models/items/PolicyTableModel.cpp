// SPDX-License-Identifier: Apache-2.0
#include "items/PolicyTableModel.h"

#include "connection/Conversions.h"
#include "policy/Policy.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <chrono>

namespace kith::items {

using connection::whenReady;

static constexpr std::chrono::milliseconds Collecting(150);

/// Entities and groups carry policies themselves.
static bool concernsPolicies(const ChangeSet &changes)
{
    return changes.everything || !changes.policies.empty() || !changes.entities.empty() || !changes.groups.empty();
}

PolicyTableModel::PolicyTableModel(connection::Connection &connection, QObject *parent)
    : IdTableModel(parent)
    , m_connection(connection)
    , m_rereading(connection, Collecting, concernsPolicies, [this] { read(); })
{}

void PolicyTableModel::read()
{
    whenReady(m_connection.directory().policies(), this, [this](auto policies) {
        if (!policies) {
            m_rereading.ended(Rereading::Outcome::Failed);
            Q_EMIT failed(policies.error());
            return;
        }
        auto made = QtConcurrent::run([policies = std::move(*policies)] { return Result<Lines>(linesOf(policies)); });
        whenReady(made, this, [this](Result<Lines> lines) {
            m_rereading.ended(Rereading::Outcome::Read);
            if (lines)
                take(**lines);
        });
    });
}

bool PolicyTableModel::Line::isUsed() const
{
    return groups + entities > 0 || name == QLatin1String("default") || name == QLatin1String("response-wrapping");
}

PolicyTableModel::Lines PolicyTableModel::linesOf(const std::vector<connection::PolicyRow> &policies)
{
    auto lines = std::make_shared<std::vector<Line>>();
    lines->reserve(policies.size());
    for (const connection::PolicyRow &policy : policies) {
        Line line{0, policy.name, policy.defined, -1, policy.groups, policy.entities, {}};
        line.searched = (policy.name + QLatin1Char('\n') + policy.text).toCaseFolded();
        if (policy.defined && !policy.text.isEmpty())
            if (const auto parsed = policy::parsePolicy(connection::toStd(policy.text)))
                line.rules = static_cast<int>(parsed->rules.size());
        lines->push_back(std::move(line));
    }
    return lines;
}

void PolicyTableModel::take(std::vector<Line> lines)
{
    const bool first = !m_lines;
    std::fill(m_places.begin(), m_places.end(), 0);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        quint32 &id = m_ids[lines[i].name];
        if (id == 0)
            id = static_cast<quint32>(m_ids.size());
        lines[i].id = id;
        m_places.resize(std::max<std::size_t>(m_places.size(), id + 1));
        m_places[id] = i + 1;
    }
    m_lines = std::make_shared<const std::vector<Line>>(std::move(lines));
    if (first)
        return arrangeAnew();
    allValuesChanged();
    refresh();
}

void PolicyTableModel::arrangeAnew()
{
    if (m_lines)
        ask([this] { return QtConcurrent::run(&PolicyTableModel::arrange, m_lines, m_query); });
}

PolicyTableModel::Answer PolicyTableModel::arrange(const Lines &lines, const Query &query)
{
    const QString filter = query.filter.toCaseFolded();
    std::vector<const Line *> shown;
    for (const Line &line : *lines) {
        if ((query.kinds == PolicyKinds::Undefined && line.defined) ||
            (query.kinds == PolicyKinds::Unused && line.isUsed()))
            continue;
        if (filter.isEmpty() || line.searched.contains(filter))
            shown.push_back(&line);
    }
    const auto key = [column = query.column](const Line &line) {
        return column == RulesColumn      ? line.rules
               : column == GroupsColumn   ? line.groups
               : column == EntitiesColumn ? line.entities
                                          : 0;
    };
    std::sort(shown.begin(), shown.end(), [&](const Line *a, const Line *b) {
        const auto ofA = key(*a);
        const auto ofB = key(*b);
        if (ofA != ofB)
            return query.order == Qt::AscendingOrder ? ofA < ofB : ofA > ofB;
        const bool less = a->name < b->name;
        return query.column == NameColumn && query.order == Qt::DescendingOrder ? b->name < a->name : less;
    });
    std::vector<quint32> ids;
    for (const Line *line : shown)
        ids.push_back(line->id);
    return connection::Rows<EntityId>(std::make_shared<const std::vector<quint32>>(std::move(ids)));
}

void PolicyTableModel::setFilter(const QString &filter)
{
    if (filter == m_query.filter)
        return;
    m_query.filter = filter;
    arrangeAnew();
}

void PolicyTableModel::setKinds(PolicyKinds kinds)
{
    if (kinds == m_query.kinds)
        return;
    m_query.kinds = kinds;
    arrangeAnew();
}

void PolicyTableModel::sort(int column, Qt::SortOrder order)
{
    m_query.column = column >= 0 && column < ColumnCount ? static_cast<Column>(column) : NameColumn;
    m_query.order = column >= 0 ? order : Qt::AscendingOrder;
    arrangeAnew();
}

const PolicyTableModel::Line *PolicyTableModel::lineOf(quint32 id) const
{
    const std::size_t place = id < m_places.size() ? m_places[id] : 0;
    return m_lines && place > 0 ? &(*m_lines)[place - 1] : nullptr;
}

int PolicyTableModel::undefinedCount() const
{
    return m_lines ? static_cast<int>(std::count_if(m_lines->begin(), m_lines->end(),
                                                    [](const Line &line) { return !line.defined; }))
                   : 0;
}

int PolicyTableModel::unusedCount() const
{
    return m_lines ? static_cast<int>(std::count_if(m_lines->begin(), m_lines->end(),
                                                    [](const Line &line) { return !line.isUsed(); }))
                   : 0;
}

QString PolicyTableModel::nameAt(int row) const
{
    const Line *line = lineOf(idAt(row));
    return line ? line->name : QString();
}

int PolicyTableModel::rowOfName(const QString &name) const
{
    return rowOfId(m_ids.value(name));
}

int PolicyTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PolicyTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return index.column() == NameColumn ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    const Line *line = lineOf(idAt(index.row()));
    if (!line)
        return {};
    switch (role) {
    case PolicyRole:
        return line->name;
    case DefinedRole:
        return line->defined;
    case LoadingRole:
        return false;
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn && !line->defined ? QVariant(tr("%1, not defined").arg(line->name))
                                                              : QVariant();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case NameColumn:
        return line->name;
    case RulesColumn:
        return line->rules < 0 ? QVariant() : QVariant(line->rules);
    case GroupsColumn:
        return line->groups;
    case EntitiesColumn:
        return line->entities;
    default:
        return {};
    }
}

QVariant PolicyTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == NameColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                     : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Policy");
    case RulesColumn:
        return tr("Rules");
    case GroupsColumn:
        return tr("Groups", "that carry the policy themselves");
    case EntitiesColumn:
        return tr("Entities", "that carry the policy themselves");
    default:
        return {};
    }
}

} // namespace kith::items
