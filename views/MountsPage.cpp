// SPDX-License-Identifier: Apache-2.0
#include "MountsPage.h"

#include "CellDelegate.h"
#include "ColumnsTable.h"
#include "Editor.h"
#include "EmptyState.h"
#include "ErrorText.h"
#include "MountDialog.h"
#include "Pane.h"
#include "ShownRows.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QToolButton>

namespace kith::views {

using connection::MountRow;
using items::MountTableModel;

MountsPage::MountsPage(connection::Connection &connection, Editor &editor, QWidget *parent)
    : ObjectsPage(parent)
    , m_editor(editor)
    , m_model(connection)
    , m_table(new ColumnsTable(m_model, this))
    , m_count(new QLabel(this))
{
    setObjectName(QStringLiteral("mountsPage"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(buildTable());
    m_empty = new EmptyState(m_table);
    join();
    updateState();
}

MountsPage::~MountsPage() = default;

QWidget *MountsPage::buildTable()
{
    using Content = CellDelegate::Content;
    m_table->setObjectName(QStringLiteral("mountTable"));
    m_table->setAccessibleName(tr("Mounts"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    const auto wordOf = [this](const QModelIndex &index) -> CellDelegate::Word {
        const MountRow *mount = m_model.mountAt(index.row());
        return index.column() == MountTableModel::PathColumn && mount && mount->local
                   ? CellDelegate::Word{tr("this cluster only"), Tone::Quiet}
                   : CellDelegate::Word();
    };
    m_table->setItemDelegate(new CellDelegate(
        {Content::Name, Content::Quiet, Content::Number, Content::Number, Content::QuietFixed, Content::Quiet}, wordOf,
        m_table));
    m_table->horizontalHeader()->setSortIndicator(MountTableModel::PathColumn, Qt::AscendingOrder);
    m_table->setColumns({{4, {}},
                         {0, QStringLiteral("kubernetes")},
                         {0, QStringLiteral("1,000,000")},
                         {0, QStringLiteral("10,000"), 2},
                         {0, QStringLiteral("auth_userpass_0a1b2c3d"), 1, ColumnsTable::Face::Fixed},
                         {6, {}}});
    auto *title = new QLabel(tr("Mounts"), this);
    title->setFont(titleFont(font()));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setObjectName(QStringLiteral("mountCount"));
    auto *side = new Pane(this);
    side->head().addWidget(title);
    side->head().addWidget(m_count);
    side->head().addStretch(1);
    QHBoxLayout &tools = side->addToolRow();
    buildActions(tools);
    tools.addStretch(1);
    side->setContent(m_table);
    return side;
}

void MountsPage::buildActions(QHBoxLayout &tools)
{
    const auto make = [&](const char *name, const QString &text, auto run) {
        auto *action = new QAction(text, this);
        action->setObjectName(QString::fromLatin1(name));
        connect(action, &QAction::triggered, this, run);
        auto *button = new QToolButton(this);
        button->setObjectName(QString::fromLatin1(name) + QStringLiteral("Button"));
        button->setDefaultAction(action);
        button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
        tools.addWidget(button);
        return action;
    };
    m_aliases = make("mountAliases", tr("Its &aliases"), [this] {
        if (const MountRow *mount = chosenMount())
            Q_EMIT aliasesWanted(mount->accessor);
    });
    m_describe = make("describeMount", tr("&Describe …"), [this] { describe(); });
    m_disable = make("disableMount", tr("D&isable …"), [this] { disable(); });
    m_enable = make("enableMount", tr("&Enable …"), [this] { enableOne(); });
    m_describe->setShortcut(Qt::Key_F2);
    m_describe->setShortcutContext(Qt::WidgetShortcut);
    m_disable->setShortcut(Qt::Key_Delete);
    m_disable->setShortcutContext(Qt::WidgetShortcut);
    m_table->addActions({m_aliases, m_describe, m_disable});
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void MountsPage::join()
{
    connect(&m_editor.permissions(), &Permissions::changed, this, &MountsPage::updateState);
    connect(m_table, &ColumnsTable::selectionWasChanged, this, &MountsPage::chose);
    connect(m_table, &ColumnsTable::enterPressed, m_aliases, &QAction::trigger);
    connect(m_table, &QTableView::doubleClicked, m_aliases, &QAction::trigger);
    for (auto signal : {&MountTableModel::loaded, &MountTableModel::countChanged, &MountTableModel::loadingChanged}) {
        connect(&m_model, signal, this, &MountsPage::updateState);
        connect(&m_model, signal, this, &MountsPage::showWanted);
    }
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &MountsPage::updateState);
    connect(&m_model, &MountTableModel::loaded, this, [this] { m_failed = false; });
    connect(&m_model, &MountTableModel::failed, this, [this](const Error &error) {
        if (m_model.hasRead()) // as they were before
            return Q_EMIT said(errorText(error));
        m_failed = true;
        m_empty->say(tr("The mounts can’t be read"), errorText(error), tr("Try again"), [this] {
            m_failed = false;
            m_model.setWatching(true);
        });
    });
}

const MountRow *MountsPage::chosenMount() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : m_model.mountAt(rows.front().row());
}

void MountsPage::show(const Place &place)
{
    m_wanted = place.name;
    if (m_wanted.isEmpty()) {
        m_following = true;
        m_table->clearSelection();
        m_following = false;
    }
    showWanted();
}

void MountsPage::showWanted()
{
    if (m_wanted.isEmpty())
        return;
    m_following = true;
    if (m_table->chooseRow(m_model.rowOfAccessor(m_wanted)))
        m_wanted.clear();
    m_following = false;
}

void MountsPage::chose()
{
    if (const MountRow *mount = chosenMount(); mount && !m_following)
        Q_EMIT chosen({Page::Mounts, {}, {}, mount->accessor});
    updateState();
}

void MountsPage::updateState()
{
    const MountRow *mount = chosenMount();
    const bool any = mount != nullptr;
    const Permissions &may = m_editor.permissions();
    m_aliases->setEnabled(any);
    const auto offer = [](QAction *action, bool possible, const QString &refusal) {
        action->setEnabled(possible && refusal.isEmpty());
        action->setToolTip(refusal.isEmpty() ? action->text().remove(QLatin1Char('&')) : refusal);
    };
    offer(m_describe, any, any ? may.mountRefusal(Act::Change, mount->path) : may.mountRefusal(Act::Change));
    offer(m_disable, any, any ? may.mountRefusal(Act::Delete, mount->path) : may.mountRefusal(Act::Delete));
    offer(m_enable, true, may.mountRefusal(Act::Create));
    m_count->setText(m_model.hasRead() ? QLocale().toString(m_model.rowCount()) : QString());
    if (m_model.hasRead() ? m_model.rowCount() > 0 : !m_failed)
        m_empty->clear();
    else if (m_model.hasRead())
        m_empty->say(tr("Nobody can log in yet"),
                     tr("At an auth method people and programs prove who they are: with a password, in a directory, by "
                        "a signed token. The names under which they do become aliases."),
                     m_enable->isEnabled() ? tr("Enable a method …") : QString(), [this] { enableOne(); });
    Q_EMIT selectionChanged();
}

void MountsPage::enableOne()
{
    auto *dialog = new MountDialog(std::nullopt, m_editor, this);
    dialog->open();
}

void MountsPage::describe()
{
    if (const MountRow *mount = chosenMount(); mount && m_describe->isEnabled())
        (new MountDialog(*mount, m_editor, this))->open();
}

/// The one thing here that can't be taken back, so it is asked for.
void MountsPage::disable()
{
    const MountRow *mount = chosenMount();
    if (!mount || !m_disable->isEnabled())
        return;
    auto *question = new QMessageBox(this);
    question->setObjectName(QStringLiteral("disableQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Warning);
    question->setWindowTitle(tr("Disable %1").arg(mount->path));
    question->setText(tr("Disable %1? This can’t be taken back.").arg(shownName(mount->path, 60)));
    QStringList lost = {tr("What the method keeps is deleted: its users, roles and settings. Whoever has logged in "
                           "there is logged out.")};
    if (mount->aliases > 0)
        lost += tr("%Ln alias(es) of people stay behind without a mount. They don’t come back to a method that is "
                   "enabled here again.",
                   nullptr, mount->aliases);
    if (mount->groupAliases > 0)
        lost += tr("%Ln external group(s) have their members from there.", nullptr, mount->groupAliases);
    question->setInformativeText(lost.join(QStringLiteral("\n\n")));
    QPushButton *yes = question->addButton(tr("&Disable"), QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("disableYes"));
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(yes, &QPushButton::clicked, this, [this, path = mount->path] { m_editor.disableMount(path); });
    question->open();
}

QString MountsPage::selectionText() const
{
    return m_model.hasRead() ? tr("%1 shown").arg(QLocale().toString(m_model.rowCount())) : QString();
}

void MountsPage::focusContent()
{
    m_table->setFocus();
}

bool MountsPage::isReady() const
{
    return m_failed || (m_model.hasRead() && !m_model.isLoading());
}

void MountsPage::showEvent(QShowEvent *event)
{
    ObjectsPage::showEvent(event);
    m_model.setWatching(true);
}

void MountsPage::hideEvent(QHideEvent *event)
{
    ObjectsPage::hideEvent(event);
    m_model.setWatching(false);
}

ColumnsTable *MountsPage::table()
{
    return m_table;
}

std::optional<ShownTable> MountsPage::shown() const
{
    return shownValues(QStringLiteral("mounts"), *m_table);
}

void MountsPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("mounts/columns"), m_table->saveColumns());
}

void MountsPage::restore(const QSettings &settings)
{
    m_table->restoreColumns(settings.value(QStringLiteral("mounts/columns")).toByteArray());
}

} // namespace kith::views
