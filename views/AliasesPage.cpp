// SPDX-License-Identifier: Apache-2.0
#include "AliasesPage.h"

#include "CellDelegate.h"
#include "ColumnsTable.h"
#include "Editor.h"
#include "EmptyState.h"
#include "ErrorText.h"
#include "FilterField.h"
#include "NameChoice.h"
#include "Pane.h"
#include "PlainToolTip.h"
#include "SegmentedControl.h"
#include "ShownRows.h"
#include "connection/Async.h"

#include <QAbstractItemView>
#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QStyle>

#include <chrono>

namespace kith::views {

using connection::AliasKinds;
using connection::AliasQuery;
using connection::ObjectKind;
using connection::ObjectRef;
using connection::whenReady;
using items::AliasTableModel;

AliasesPage::AliasesPage(connection::Connection &connection, Editor &editor, QWidget *parent)
    : ObjectsPage(parent)
    , m_connection(connection)
    , m_editor(editor)
    , m_model(connection)
    , m_table(new ColumnsTable(m_model, this))
    , m_filter(new FilterField(m_table, this))
    , m_kinds(new SegmentedControl(this))
    , m_mounts(new QComboBox(this))
    , m_count(new QLabel(this))
    , m_removeButton(new QPushButton(tr("Remove"), this))
{
    setObjectName(QStringLiteral("aliasesPage"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(buildTable());
    m_empty = new EmptyState(m_table);
    m_changing.setSingleShot(true);
    m_changing.setInterval(std::chrono::milliseconds(250));
    buildActions();
    join();
    updateState();
}

AliasesPage::~AliasesPage() = default;

QWidget *AliasesPage::buildTable()
{
    using Content = CellDelegate::Content;
    m_table->setObjectName(QStringLiteral("aliasTable"));
    m_table->setAccessibleName(tr("Aliases"));
    const auto wordOf = [](const QModelIndex &index) -> CellDelegate::Word {
        const bool gone =
            index.column() == AliasTableModel::MountColumn && index.data(items::MountRole).toString().isEmpty();
        return gone ? CellDelegate::Word{tr("mount gone"), Tone::Warning} : CellDelegate::Word();
    };
    m_table->setItemDelegate(new CellDelegate(
        {Content::Name, Content::Quiet, Content::Quiet, Content::Name, Content::QuietFixed, Content::Time}, wordOf,
        m_table));
    m_table->horizontalHeader()->setSortIndicator(AliasTableModel::NameColumn, Qt::AscendingOrder);
    const QDateTime now = QDateTime::currentDateTime();
    const QString name(20, QLatin1Char('n')); // or else columns that say less go first
    m_table->setColumns({{5, name},
                         {3, tr("mount gone") + QStringLiteral("    ")},
                         {0, QStringLiteral("kubernetes"), 2},
                         {5, name},
                         {0, QStringLiteral("auth_userpass_0a1b2c3d"), 1, ColumnsTable::Face::Fixed},
                         {0, ago(now.addSecs(-59 * 60), now), 3}});

    auto *title = new QLabel(tr("Aliases"), this);
    title->setFont(titleFont(font()));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setObjectName(QStringLiteral("aliasCount"));
    m_filter->setObjectName(QStringLiteral("aliasFilter"));
    m_filter->setAccessibleName(tr("Filter aliases"));
    m_filter->setPlaceholderText(tr("Filter by name …"));
    m_kinds->setObjectName(QStringLiteral("aliasKinds"));
    m_kinds->setAccessibleName(tr("Which aliases are shown"));
    m_kinds->addSegment(tr("All"));
    m_kinds->addSegment(tr("Mount gone"));
    m_mounts->setObjectName(QStringLiteral("aliasMounts"));
    m_mounts->setAccessibleName(tr("Of which mount"));
    m_mounts->view()->setAccessibleName(m_mounts->accessibleName());
    m_mounts->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // names can be long
    m_mounts->setMinimumContentsLength(static_cast<int>(tr("All mounts").size()) + 2);
    m_mounts->addItem(tr("All mounts"), QString());
    m_removeButton->setObjectName(QStringLiteral("removeAliases"));
    auto *side = new Pane(this);
    side->head().addWidget(title);
    side->head().addWidget(m_count);
    side->head().addStretch(1);
    side->head().addWidget(m_filter, 4);
    m_filter->setMaximumWidth(48 * fontMetrics().averageCharWidth());
    QHBoxLayout &tools = side->addToolRow();
    tools.addWidget(m_kinds);
    tools.addWidget(m_mounts);
    tools.addStretch(1);
    tools.addWidget(m_removeButton);
    side->setContent(m_table);
    return side;
}

void AliasesPage::buildActions()
{
    m_open = new QAction(tr("&Go to the entity"), this);
    m_open->setObjectName(QStringLiteral("openAliasOwner"));
    m_remove = new QAction(tr("&Remove"), this);
    m_remove->setObjectName(QStringLiteral("removeAliasesAction"));
    m_remove->setShortcuts({Qt::Key_Delete, Qt::SHIFT | Qt::Key_Delete});
    m_remove->setShortcutContext(Qt::WidgetShortcut);
    m_table->addActions({m_open, m_remove});
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_remove, &QAction::triggered, this, &AliasesPage::removeChosen);
    connect(m_removeButton, &QPushButton::clicked, this, &AliasesPage::removeChosen);
    const auto open = [this] {
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        const QModelIndex row = rows.size() == 1 ? rows.front() : m_table->currentIndex();
        if (const auto *alias = m_model.valuesAt(row.row()))
            Q_EMIT openWanted(ObjectRef::of(alias->entity));
    };
    connect(m_open, &QAction::triggered, this, open);
    connect(m_table, &ColumnsTable::enterPressed, this, open);
    connect(m_table, &QTableView::doubleClicked, this, open);
}

void AliasesPage::join()
{
    connect(&m_editor.permissions(), &Permissions::changed, this, &AliasesPage::updateState);
    connect(m_filter, &QLineEdit::textChanged, this, &AliasesPage::ask);
    connect(m_kinds, &SegmentedControl::currentChanged, this, &AliasesPage::ask);
    connect(m_mounts, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_mounts->setToolTip(plainToolTip(visibleName(nameOfChoice(*m_mounts, index)))); });
    connect(m_mounts, &QComboBox::activated, this, [this] {
        Q_EMIT chosen({Page::Aliases, {}, {}, m_mounts->currentData().toString()});
    });
    connect(m_table, &ColumnsTable::selectionWasChanged, this, &AliasesPage::chose);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &AliasesPage::tellChosen);
    for (auto signal : {&AliasTableModel::loaded, &AliasTableModel::countChanged, &AliasTableModel::loadingChanged})
        connect(&m_model, signal, this, &AliasesPage::updateState);
    connect(&m_model, &AliasTableModel::failed, this, [this](const Error &error) {
        if (m_model.hasFirstRows()) // as they were before
            return Q_EMIT said(errorText(error));
        m_failed = true;
        updateState();
        m_empty->say(tr("The aliases can’t be read"), errorText(error), tr("Try again"),
                     [this] { m_model.askAgain(); });
    });
    connect(&m_connection, &connection::Connection::changed, this, [this](const ChangeSet &changes) {
        if (isVisible() && !m_changing.isActive() &&
            (changes.everything || changes.mounts || !changes.entities.empty()))
            m_changing.start();
    });
    connect(&m_changing, &QTimer::timeout, this, [this] {
        if (m_asking > 0)
            return m_changing.start(); // the answers are older than the change
        if (!isVisible())
            return;
        readMounts();
        countOrphans();
    });
}

void AliasesPage::ask()
{
    AliasQuery query = m_model.query();
    query.filter = m_filter->text().trimmed();
    query.kinds = m_kinds->current() == 1 ? AliasKinds::Orphaned : AliasKinds::All;
    m_model.setQuery(std::move(query));
    updateState();
}

void AliasesPage::setMount(const QString &accessor)
{
    const int index = m_mounts->findData(accessor);
    if (index >= 0)
        m_mounts->setCurrentIndex(index);
    AliasQuery query = m_model.query();
    query.accessor = accessor;
    m_model.setQuery(std::move(query));
    updateState();
}

void AliasesPage::readMounts()
{
    ++m_asking;
    whenReady(m_connection.directory().mounts(), this, [this](const auto &mounts) {
        --m_asking;
        if (mounts)
            fillMounts(*mounts);
    });
}

void AliasesPage::fillMounts(const std::vector<connection::MountRow> &mounts)
{
    bool same = m_mounts->count() == static_cast<int>(mounts.size()) + 1;
    for (int i = 1; same && i < m_mounts->count(); ++i) {
        const connection::MountRow &mount = mounts[static_cast<std::size_t>(i) - 1];
        same = nameOfChoice(*m_mounts, i) == mount.path && m_mounts->itemData(i).toString() == mount.accessor;
    }
    if (!same) { // else it may be open, with the mouse over one of them
        m_mounts->clear();
        m_mounts->addItem(tr("All mounts"), QString());
        for (const connection::MountRow &mount : mounts)
            addNameChoice(*m_mounts, mount.path, mount.accessor);
        QAbstractItemView *list = m_mounts->view(); // which may be wider than the box
        list->setMinimumWidth(list->sizeHintForColumn(0) + list->style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    }
    m_mounts->setCurrentIndex(std::max(0, m_mounts->findData(m_model.query().accessor)));
}

void AliasesPage::countOrphans()
{
    AliasQuery query;
    query.kinds = AliasKinds::Orphaned;
    ++m_asking;
    whenReady(m_connection.directory().aliasRows(query), this, [this](const auto &rows) {
        --m_asking;
        if (rows)
            m_kinds->setSegmentText(1, rows->size() == 0 ? tr("Mount gone")
                                                         : tr("Mount gone %1").arg(QLocale().toString(rows->size())));
    });
}

void AliasesPage::show(const Place &place)
{
    setMount(place.name);
    const QModelIndexList rows = m_table->selectionModel()->selectedRows(); // the current row may be another
    if (rows.isEmpty())
        return;
    const auto *alias = m_model.valuesAt(rows.front().row());
    if (!place.object || (alias && alias->entity != place.object.entity()))
        m_table->clearSelection();
}

void AliasesPage::chose()
{
    m_untold = false;
    if (m_table->selectedCount() == 1) {
        const auto *alias = m_model.valuesAt(m_table->selectionModel()->selectedRows().front().row());
        m_untold = !alias;
        if (alias)
            Q_EMIT chosen({Page::Aliases, {}, ObjectRef::of(alias->entity), m_model.query().accessor});
    }
    updateState();
}

/// Whom an alias belongs to comes after its row, which may be chosen by then.
void AliasesPage::tellChosen(const QModelIndex &first, const QModelIndex &last)
{
    if (!m_untold || !isVisible())
        return;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (!rows.isEmpty() && rows.front().row() >= first.row() && rows.front().row() <= last.row())
        chose();
}

void AliasesPage::removeChosen()
{
    const std::vector<AliasId> chosen = m_model.aliasesIn(m_table->selectionModel()->selection());
    if (chosen.empty() || !m_remove->isEnabled())
        return;
    whenReady(m_connection.directory().aliases(chosen), this, [this](const auto &aliases) {
        if (!aliases)
            Q_EMIT m_editor.failed(errorText(aliases.error()));
        else if (!aliases->empty())
            m_editor.removeAliases(*aliases);
    });
}

void AliasesPage::updateState()
{
    m_failed = m_failed && !m_model.isLoading(); // anew
    const QLocale locale;
    showCount();
    const int selected = m_table->selectedCount();
    const QString refusal = m_editor.permissions().aliasRefusal(Act::Delete, ObjectKind::Entity);
    m_open->setEnabled(selected == 1);
    m_remove->setEnabled(selected > 0 && refusal.isEmpty());
    m_removeButton->setEnabled(m_remove->isEnabled());
    m_removeButton->setText(selected > 1 ? tr("Remove %1").arg(locale.toString(selected)) : tr("Remove"));
    m_removeButton->setToolTip(refusal.isEmpty() ? tr("Remove the chosen aliases (Del)") : refusal);
    if (!m_failed) // which it says
        showWhyEmpty();
    Q_EMIT selectionChanged();
}

void AliasesPage::showCount()
{
    const AliasQuery &query = m_model.query();
    const bool filtered = !query.filter.isEmpty() || query.kinds != AliasKinds::All || !query.accessor.isEmpty();
    const QString count = QLocale().toString(m_model.rowCount());
    if (m_failed)
        m_count->clear(); // there are some all the same
    else if (!m_model.isLoading() && m_model.hasRead())
        m_count->setText(filtered ? tr("%1 found").arg(count) : count);
    else if (!m_model.hasRead() || m_count->text().isEmpty())
        m_count->setText(tr("Reading …"));
}

void AliasesPage::showWhyEmpty()
{
    const AliasQuery &query = m_model.query();
    if (m_model.rowCount() > 0 || m_model.isLoading() || !m_model.hasRead())
        m_empty->clear();
    else if (!query.filter.isEmpty())
        m_empty->say(tr("No alias matches"), tr("No name holds “%1”.").arg(query.filter), tr("Clear the filter"),
                     [this] { m_filter->clear(); });
    else if (query.kinds == AliasKinds::Orphaned)
        m_empty->say(
            tr("Every alias has its mount"),
            tr("When an auth method is disabled, aliases that named it stay behind. Here they would be found."));
    else if (!query.accessor.isEmpty())
        m_empty->say(tr("Nobody logs in there yet"), tr("This mount has no aliases."));
    else
        m_empty->say(tr("No aliases are here yet"),
                     tr("An alias is a name under which a person or a program logs in at an auth method. The first "
                        "login makes it, or it is added to an entity by hand."));
}

QString AliasesPage::selectionText() const
{
    const QLocale locale;
    const int selected = m_table->selectedCount();
    const QString all = locale.toString(m_model.rowCount());
    return selected == 0 ? tr("%1 shown").arg(all) : tr("%1 selected of %2").arg(locale.toString(selected), all);
}

void AliasesPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void AliasesPage::focusContent()
{
    m_table->setFocus();
}

bool AliasesPage::isReady() const
{
    return m_failed || (m_model.hasRead() && !m_model.isLoading() &&
                        (m_model.rowCount() == 0 || !m_model.index(0, 0).data(items::LoadingRole).toBool()));
}

void AliasesPage::showEvent(QShowEvent *event)
{
    ObjectsPage::showEvent(event);
    m_model.setWatching(true);
    readMounts();
    countOrphans();
}

void AliasesPage::hideEvent(QHideEvent *event)
{
    ObjectsPage::hideEvent(event);
    m_model.setWatching(false);
}

ColumnsTable *AliasesPage::table()
{
    return m_table;
}

std::optional<ShownTable> AliasesPage::shown() const
{
    const auto fetch = [this](std::vector<AliasId> ids) { return m_connection.directory().aliases(std::move(ids)); };
    return shownRows<AliasId>(QStringLiteral("aliases"), *m_table, m_model, fetch, &AliasTableModel::valueOf);
}

void AliasesPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("aliases/columns"), m_table->saveColumns());
}

void AliasesPage::restore(const QSettings &settings)
{
    m_table->restoreColumns(settings.value(QStringLiteral("aliases/columns")).toByteArray());
}

} // namespace kith::views
