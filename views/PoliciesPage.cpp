// SPDX-License-Identifier: Apache-2.0
#include "PoliciesPage.h"

#include "CellDelegate.h"
#include "ColumnsTable.h"
#include "Editor.h"
#include "EmptyState.h"
#include "ErrorText.h"
#include "FilterField.h"
#include "Pane.h"
#include "PolicyOverview.h"
#include "PolicyPane.h"
#include "SegmentedControl.h"
#include "ShownRows.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSettings>
#include <QSplitter>
#include <QToolButton>

namespace kith::views {

using items::PolicyKinds;
using items::PolicyTableModel;

PoliciesPage::PoliciesPage(connection::Connection &connection, Editor &editor, QAction *create, QWidget *parent)
    : ObjectsPage(parent)
    , m_model(connection)
    , m_table(new ColumnsTable(m_model, this))
    , m_filter(new FilterField(m_table, this))
    , m_kinds(new SegmentedControl(this))
    , m_count(new QLabel(this))
    , m_overview(new PolicyOverview(this))
    , m_pane(new PolicyPane(connection, editor, m_overview, this))
    , m_splitter(new QSplitter(this))
{
    setObjectName(QStringLiteral("policiesPage"));
    m_splitter->setObjectName(QStringLiteral("policiesSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(buildTable(create));
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_empty = new EmptyState(m_table);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_splitter);
    join();
    updateState();
}

PoliciesPage::~PoliciesPage() = default;

QWidget *PoliciesPage::buildTable(QAction *create)
{
    using Content = CellDelegate::Content;
    m_table->setObjectName(QStringLiteral("policyTable"));
    m_table->setAccessibleName(tr("Policies"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    const auto wordOf = [this](const QModelIndex &index) -> CellDelegate::Word {
        if (index.column() != PolicyTableModel::NameColumn)
            return {};
        if (m_pane->isEdited(index.data(items::PolicyRole).toString()))
            return {tr("not saved"), Tone::Accent};
        return index.data(items::DefinedRole).toBool() ? CellDelegate::Word()
                                                       : CellDelegate::Word{tr("not defined"), Tone::Warning};
    };
    m_table->setItemDelegate(
        new CellDelegate({Content::Fixed, Content::Number, Content::Number, Content::Number}, wordOf, m_table));
    m_table->horizontalHeader()->setSortIndicator(PolicyTableModel::NameColumn, Qt::AscendingOrder);
    m_table->setColumns({{1, {}}, {0, {}, 1}, {0, {}, 2}, {0, {}, 3}});

    auto *title = new QLabel(tr("Policies"), this);
    title->setFont(titleFont(font()));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setObjectName(QStringLiteral("policyCount"));
    m_filter->setObjectName(QStringLiteral("policiesFilter"));
    m_filter->setAccessibleName(tr("Filter policies"));
    m_filter->setPlaceholderText(tr("Filter by name or path …"));
    m_kinds->setObjectName(QStringLiteral("policyKinds"));
    m_kinds->setAccessibleName(tr("Which policies are shown"));
    m_kinds->addSegment(tr("All"));
    m_kinds->addSegment(tr("Not defined"));
    m_kinds->addSegment(tr("Unused"));
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("newPolicyButton"));
    button->setDefaultAction(create);
    button->setText(tr("+ New"));
    button->setAccessibleName(tr("New policy"));
    connect(
        create, &QAction::changed, button, [button] { button->setText(tr("+ New")); }, Qt::QueuedConnection);
    auto *side = new Pane(this);
    side->head().addWidget(title);
    side->head().addWidget(m_count);
    side->head().addStretch(1);
    side->head().addWidget(button);
    QHBoxLayout &tools = side->addToolRow();
    tools.addWidget(m_kinds);
    tools.addWidget(m_filter, 1);
    side->setContent(m_table);
    return side;
}

void PoliciesPage::join()
{
    connect(m_filter, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_model.setFilter(text.trimmed()); });
    connect(m_kinds, &SegmentedControl::currentChanged, this,
            [this](int index) { m_model.setKinds(static_cast<PolicyKinds>(index)); });
    connect(m_overview, &PolicyOverview::kindsWanted, this, [this](PolicyKinds kinds) {
        m_kinds->setCurrent(static_cast<int>(kinds));
        m_filter->clear();
        focusContent();
    });
    connect(m_table, &ColumnsTable::selectionWasChanged, this, &PoliciesPage::chose);
    connect(m_table, &QTableView::doubleClicked, this, [this] { m_pane->focusText(); });
    connect(m_table, &ColumnsTable::enterPressed, this, [this] { m_pane->focusText(); });
    for (auto signal : {&PolicyTableModel::loaded, &PolicyTableModel::countChanged, &PolicyTableModel::loadingChanged})
        connect(&m_model, signal, this, &PoliciesPage::updateState);
    connect(&m_model, &PolicyTableModel::loaded, this, &PoliciesPage::showWanted);
    connect(&m_model, &PolicyTableModel::countChanged, this, &PoliciesPage::showWanted);
    connect(&m_model, &PolicyTableModel::loaded, this, [this] { m_failed = false; });
    connect(&m_model, &PolicyTableModel::failed, this, [this](const Error &error) {
        if (m_model.hasRead()) // as they were before
            return Q_EMIT said(errorText(error));
        m_failed = true;
        m_empty->say(tr("The policies can’t be read"), errorText(error), tr("Try again"), [this] {
            m_failed = false;
            m_model.setWatching(true);
        });
    });
    connect(m_pane, &PolicyPane::openObject, this, &PoliciesPage::openWanted);
    connect(m_pane, &PolicyPane::editedChanged, m_table->viewport(), qOverload<>(&QWidget::update));
    connect(m_pane, &PolicyPane::left, this, &PoliciesPage::focusContent);
    connect(m_pane, &PolicyPane::created, this, [this](const QString &name) {
        Q_EMIT chosen({Page::Policies, {}, {}, name});
    });
    auto *remove = new QAction(tr("&Delete"), this);
    remove->setObjectName(QStringLiteral("deletePolicyAction"));
    remove->setShortcuts({Qt::Key_Delete, Qt::SHIFT | Qt::Key_Delete});
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, m_pane, &PolicyPane::removePolicy);
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void PoliciesPage::show(const Place &place)
{
    m_wanted = place.name;
    if (m_wanted.isEmpty()) {
        m_following = true;
        m_table->clearSelection();
        m_following = false;
        if (!m_pane->isNew())
            m_pane->setPolicy({});
        return;
    }
    m_pane->setPolicy(m_wanted); // also where the filter hides it
    showWanted();
}

void PoliciesPage::showWanted()
{
    if (m_wanted.isEmpty())
        return;
    m_following = true;
    if (m_table->chooseRow(m_model.rowOfName(m_wanted)))
        m_wanted.clear();
    m_following = false;
}

void PoliciesPage::chose()
{
    if (!m_following && m_table->selectedCount() == 1)
        Q_EMIT chosen({Page::Policies, {}, {}, m_model.nameAt(m_table->currentIndex().row())});
    Q_EMIT selectionChanged();
}

void PoliciesPage::startNew()
{
    m_wanted.clear();
    m_following = true;
    m_table->clearSelection();
    m_following = false;
    m_pane->startNew();
}

bool PoliciesPage::hasEdited() const
{
    return m_pane->hasEdited();
}

PolicyDrafts PoliciesPage::giveDrafts()
{
    return m_pane->giveDrafts();
}

void PoliciesPage::takeDrafts(const PolicyDrafts &drafts)
{
    m_pane->takeDrafts(drafts);
}

void PoliciesPage::updateState()
{
    const QLocale locale;
    const bool filtered = !m_model.query().filter.isEmpty() || m_model.query().kinds != PolicyKinds::All;
    m_count->setText(!m_model.hasRead() ? QString()
                     : filtered
                         ? tr("%1 of %2").arg(locale.toString(m_model.rowCount()), locale.toString(m_model.total()))
                         : locale.toString(m_model.total()));
    m_kinds->setSegmentText(1, m_model.undefinedCount() == 0
                                   ? tr("Not defined")
                                   : tr("Not defined %1").arg(locale.toString(m_model.undefinedCount())));
    m_overview->setCounts(m_model.total(), m_model.undefinedCount(), m_model.unusedCount());
    if (m_model.rowCount() > 0 || !m_model.hasRead() || m_model.isLoading())
        m_empty->clear();
    else if (!m_model.query().filter.isEmpty())
        m_empty->say(tr("No policy matches"), tr("No name and no text holds “%1”.").arg(m_model.query().filter),
                     tr("Clear the filter"), [this] { m_filter->clear(); });
    else if (m_model.query().kinds == PolicyKinds::Undefined)
        m_empty->say(tr("Every policy is defined"), tr("Whatever people and groups carry has been written."));
    else if (m_model.query().kinds == PolicyKinds::Unused)
        m_empty->say(tr("Every policy is used"), tr("Each is carried by a group or a person."));
    else
        m_empty->say(tr("No policies are here yet"),
                     tr("A policy says which paths may be read, written or listed. Groups and people carry them."),
                     tr("New policy …"), [this] { startNew(); });
    Q_EMIT selectionChanged();
}

QString PoliciesPage::selectionText() const
{
    return m_model.hasRead() ? tr("%1 shown").arg(QLocale().toString(m_model.rowCount())) : QString();
}

void PoliciesPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void PoliciesPage::focusContent()
{
    m_table->setFocus();
}

bool PoliciesPage::isReady() const
{
    return m_failed || (m_model.hasRead() && !m_model.isLoading() && m_pane->isReady());
}

void PoliciesPage::showEvent(QShowEvent *event)
{
    ObjectsPage::showEvent(event);
    m_model.setWatching(true);
}

void PoliciesPage::hideEvent(QHideEvent *event)
{
    ObjectsPage::hideEvent(event);
    m_model.setWatching(false);
}

ColumnsTable *PoliciesPage::table()
{
    return m_table;
}

std::optional<ShownTable> PoliciesPage::shown() const
{
    return shownValues(QStringLiteral("policies"), *m_table);
}

void PoliciesPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("policies/columns"), m_table->saveColumns());
    settings.setValue(QStringLiteral("policies/splitter"), m_splitter->saveState());
    m_pane->save(settings);
}

void PoliciesPage::restore(const QSettings &settings)
{
    m_table->restoreColumns(settings.value(QStringLiteral("policies/columns")).toByteArray());
    if (!m_splitter->restoreState(settings.value(QStringLiteral("policies/splitter")).toByteArray()))
        m_splitter->setSizes({1100, 1300}); // whatever the texts are that come first
    m_pane->restore(settings);
}

} // namespace kith::views
