// SPDX-License-Identifier: Apache-2.0
// What the parts of the window tell each other.
#include "MainWindowPrivate.h"

#include "AboutBox.h"
#include "AliasesPage.h"
#include "ColumnsTable.h"
#include "DocumentDrop.h"
#include "EntitiesPage.h"
#include "Exporter.h"
#include "GroupsPage.h"
#include "Inspector.h"
#include "MountsPage.h"
#include "NavigationPane.h"
#include "PoliciesPage.h"
#include "SearchField.h"
#include "ShortcutsDialog.h"
#include "TopBar.h"
#include "WelcomePage.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QStackedWidget>

namespace kith::views {

using connection::ObjectKind;
using connection::ObjectRef;

void MainWindow::Private::connectPages()
{
    for (ObjectsPage *page : allPages()) {
        connect(page, &ObjectsPage::chosen, &navigator, &Navigator::choose);
        connect(page, &ObjectsPage::selectionChanged, &window, [this] { selection.start(); });
        connect(page, &ObjectsPage::changeRequested, &commands, &WindowCommands::apply);
        connect(page, &ObjectsPage::newWanted, &window, [this](ObjectKind kind) {
            QAction *create = kind == ObjectKind::Entity ? actions.newEntity : actions.newGroup;
            if (create->isEnabled())
                create->trigger();
            else
                note(WindowActions::refusalOf(create));
        });
        connect(page, &ObjectsPage::lookUpWanted, actions.find, &QAction::trigger);
        page->setPermissions(editor.permissions());
    }
    connect(entities, &EntitiesPage::openWanted, &navigator, &Navigator::open);
    connect(aliases, &AliasesPage::openWanted, &navigator, &Navigator::open);
    connect(policies, &PoliciesPage::openWanted, &navigator, &Navigator::open);
    connect(mounts, &MountsPage::aliasesWanted, &window, [this](const QString &accessor) {
        navigator.go({Page::Aliases, {}, {}, accessor});
        aliases->focusContent();
    });
    connect(&selection, &QTimer::timeout, &window, [this] { showSelection(); });
    connect(&navigator, &Navigator::placeChanged, &window, [this](const Place &place) { follow(place); });
    connect(&navigator, &Navigator::historyChanged, &window, [this] {
        actions.back->setEnabled(navigator.canGoBack());
        actions.forward->setEnabled(navigator.canGoForward());
    });
    connect(navigation, &NavigationPane::pageChosen, &navigator, &Navigator::showPage);
    connect(inspector, &Inspector::openObject, &navigator, &Navigator::open);
    connect(inspector, &Inspector::notice, &window, [this](const QString &text) { note(text); });
    connect(&top->search(), &SearchField::opened, &navigator, &Navigator::open);
    top->search().setCommands([this] {
        QList<QAction *> commands;
        for (const QAction *menu : window.menuBar()->actions())
            if (menu->menu())
                commands += menu->menu()->actions();
        commands.removeAll(actions.find); // one is there
        return commands;
    });
    connect(&top->search(), &SearchField::policyOpened, &navigator, &Navigator::openPolicy);
    connect(&top->search(), &SearchField::left, &window, [this] {
        if (ObjectsPage *page = pageOf(navigator.place().page))
            page->focusContent();
    });
    connect(&top->search(), &SearchField::lookUpWanted, &window, &MainWindow::lookUpWanted);
    connect(top, &TopBar::badgeClicked, &window, &MainWindow::badgeClicked);
    connect(new DocumentDrop(&window), &DocumentDrop::dropped, &window, [this](const QString &file) {
        if (actions.importDocument->isEnabled())
            window.import(file);
        else
            note(WindowActions::refusalOf(actions.importDocument));
    });
    connect(welcome, &WelcomePage::sampleWanted, &window, [this] { window.import(QStringLiteral(":/sample.json")); });
    connect(welcome, &WelcomePage::importWanted, &window, [this] { window.import({}); });
    connect(welcome, &WelcomePage::emptyWanted, &window, [this] { navigator.go({Page::Entities, {}, {}}); });
}

void MainWindow::Private::connectEditor()
{
    connect(&editor, &Editor::made, &window, [this](ObjectRef object) {
        const Place place = navigator.place();
        if (place.page == Page::Groups && place.group && object.kind == ObjectKind::Entity)
            navigator.go({Page::Groups, place.group, object}); // it was made for this group
        else
            navigator.open(object);
    });
    connect(&commands, &WindowCommands::said, &window, [this](const QString &text) { note(text); });
    connect(&commands, &WindowCommands::renameWanted, inspector, &Inspector::startRename);
}

void MainWindow::Private::exportShown()
{
    const ObjectsPage *page = pageOf(navigator.place().page);
    auto table = page ? page->shown() : std::nullopt;
    if (!table)
        return note(tr("There is nothing to export here."));
    auto *exporter = new TableExport(std::move(*table), &window);
    auto time = std::make_shared<QElapsedTimer>();
    connect(exporter, &TableExport::progress, &window, [this, exporter, time](int done, int total) {
        constexpr qint64 Noticed = 1000; // ms
        if (!time->isValid())
            return time->start();
        if (time->elapsed() < Noticed || done == total)
            return;
        time->restart();
        const QLocale locale;
        messages->say({Message::Kind::Note,
                       tr("Exporting: %1 of %2 rows").arg(locale.toString(done), locale.toString(total)),
                       {{tr("Cancel"), [exporter = QPointer(exporter)] {
                             if (exporter)
                                 exporter->cancel();
                         }}}});
    });
    connect(exporter, &TableExport::done, &window, [this](const QString &file, int rows) {
        messages->say({Message::Kind::Done, tr("%Ln row(s) exported to %1", nullptr, rows).arg(file), {}});
    });
    connect(exporter, &TableExport::failed, &window, [this](const QString &reason) {
        if (reason.isEmpty())
            note(tr("The export was cancelled; no file was written."));
        else
            messages->say({Message::Kind::Problem, reason, {}});
    });
    exporter->start();
}

void MainWindow::Private::connectMenu()
{
    const auto on = [this](QAction *action, auto run) { connect(action, &QAction::triggered, &window, run); };
    for (const auto &[action, page] :
         {std::pair(actions.entities, Page::Entities), std::pair(actions.groups, Page::Groups),
          std::pair(actions.aliases, Page::Aliases), std::pair(actions.policies, Page::Policies),
          std::pair(actions.mounts, Page::Mounts)})
        on(action, [this, page = page] {
            navigator.showPage(page);
            pageOf(page)->focusContent();
        });
    on(actions.newPolicy, [this] {
        navigator.go({Page::Policies, {}, {}});
        policies->startNew();
    });
    on(actions.back, [this] { navigator.back(); });
    on(actions.forward, [this] { navigator.forward(); });
    on(actions.find, [this] {
        top->search().setFocus(Qt::ShortcutFocusReason);
        top->search().selectAll();
    });
    on(actions.filter, [this] {
        if (ObjectsPage *page = pageOf(navigator.place().page))
            page->focusFilter();
    });
    on(actions.importDocument, [this] { window.import({}); });
    on(actions.exportDocument, [this] {
        auto *exporter = new Exporter(connection, &window);
        connect(exporter, &Exporter::done, &window, [this](const QString &file) {
            messages->say({Message::Kind::Done, tr("Exported to %1").arg(file), {}});
        });
        connect(exporter, &Exporter::failed, &window, [this](const QString &reason) {
            messages->say({Message::Kind::Problem, reason, {}});
        });
        exporter->start();
    });
    on(actions.exportShown, [this] { exportShown(); });
    on(actions.columns, [this] {
        if (ObjectsPage *page = pageOf(navigator.place().page); page && page->table())
            page->table()->askForColumns();
    });
    on(actions.shortcuts, [this] { (new ShortcutsDialog(*window.menuBar(), &window))->show(); });
    on(actions.quit, [this] { window.close(); });
    on(actions.about, [this] { showAbout(&window, connection.location()); });
    actions.back->setEnabled(false);
    actions.forward->setEnabled(false);
}

} // namespace kith::views
