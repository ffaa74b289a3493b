// SPDX-License-Identifier: Apache-2.0
// What the parts of the window tell each other.
#include "MainWindowPrivate.h"

#include "AboutBox.h"
#include "AliasesPage.h"
#include "ColumnsTable.h"
#include "Direction.h"
#include "DocumentDrop.h"
#include "EntitiesPage.h"
#include "Exporter.h"
#include "HierarchyPane.h"
#include "Inspector.h"
#include "MountsPage.h"
#include "NavigationPane.h"
#include "NewsDialog.h"
#include "PoliciesPage.h"
#include "SearchField.h"
#include "ShortcutsDialog.h"
#include "TopBar.h"
#include "WelcomePage.h"
#include "WindowPages.h"
#include "WorkBar.h"

#include <QMenu>
#include <QMenuBar>

namespace kith::views {

using connection::ObjectKind;
using connection::ObjectRef;

/// A page that was made: what it tells the others.
void MainWindow::Private::join(ObjectsPage *page)
{
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
    connect(page, &ObjectsPage::said, &window, [this](const QString &text) {
        messages->sayAside({Message::Kind::Problem, text, {}});
    });
    if (auto *entities = qobject_cast<EntitiesPage *>(page)) {
        connect(entities, &EntitiesPage::openWanted, &navigator, &Navigator::open);
        for (const HierarchyPane *groups : entities->findChildren<HierarchyPane *>())
            connect(groups, &HierarchyPane::said, entities, &EntitiesPage::said);
    } else if (auto *aliases = qobject_cast<AliasesPage *>(page)) {
        connect(aliases, &AliasesPage::openWanted, &navigator, &Navigator::open);
    } else if (auto *policies = qobject_cast<PoliciesPage *>(page)) {
        connect(policies, &PoliciesPage::openWanted, &navigator, &Navigator::open);
    } else if (auto *mounts = qobject_cast<MountsPage *>(page)) {
        connect(mounts, &MountsPage::aliasesWanted, &window, [this](const QString &accessor) {
            navigator.go({Page::Aliases, {}, {}, accessor});
            pages->current()->focusContent();
        });
    }
}

void MainWindow::Private::connectPages()
{
    connect(pages, &WindowPages::made, &window, [this](ObjectsPage *page) { join(page); });
    connect(&selection, &QTimer::timeout, &window, [this] { showSelection(); });
    connect(&navigator, &Navigator::placeChanged, &window, [this](const Place &place) { follow(place); });
    connect(&navigator, &Navigator::historyChanged, &window, [this] {
        actions.back->setEnabled(navigator.canGoBack());
        actions.forward->setEnabled(navigator.canGoForward());
    });
    connect(navigation, &NavigationPane::pageChosen, &navigator, &Navigator::showPage);
    connect(inspector, &Inspector::openObject, &navigator, &Navigator::open);
    connect(inspector, &Inspector::notice, &window, [this](const QString &text) { note(text); });
    const auto focusPage = [this] {
        if (ObjectsPage *page = pages->current())
            page->focusContent();
    };
    connect(&top->search(), &SearchField::opened, &window, [this, focusPage](ObjectRef object) {
        navigator.open(object);
        focusPage();
    });
    top->search().setCommands([this] {
        QList<QAction *> commands;
        for (const QAction *menu : window.menuBar()->actions())
            if (menu->menu())
                commands += menu->menu()->actions();
        commands.removeAll(actions.find); // one is there
        return commands;
    });
    connect(&top->search(), &SearchField::policyOpened, &window, [this, focusPage](const QString &name) {
        navigator.openPolicy(name);
        focusPage();
    });
    connect(&top->search(), &SearchField::left, &window, focusPage);
    connect(&top->search(), &SearchField::lookUpWanted, &window, &MainWindow::lookUpWanted);
    connect(top, &TopBar::badgeClicked, &window, &MainWindow::badgeClicked);
    connect(new DocumentDrop(&window), &DocumentDrop::dropped, &window, [this](const QString &file) {
        if (actions.importDocument->isEnabled())
            window.import(file);
        else
            note(WindowActions::refusalOf(actions.importDocument));
    });
    const WelcomePage *welcome = &pages->welcome();
    connect(welcome, &WelcomePage::sampleWanted, &window, [this] { window.import(QStringLiteral(":/sample.json")); });
    connect(welcome, &WelcomePage::importWanted, &window, [this] { window.import({}); });
    connect(welcome, &WelcomePage::emptyWanted, &window, [this] { navigator.go({Page::Entities, {}, {}}); });
}

void MainWindow::Private::connectEditor()
{
    connect(&editor, &Editor::begun, &window, [this] { placeOfBegun = navigator.place(); });
    connect(&editor, &Editor::made, &window, [this](ObjectRef object) {
        const Place place = navigator.place();
        const bool stayed = place.page == placeOfBegun.page && place.group == placeOfBegun.group;
        if (!stayed && placeOfBegun.page != Page::Welcome)
            return; // it took long, and one has gone elsewhere since
        if (place.page == Page::Groups && place.group && object.kind == ObjectKind::Entity)
            navigator.go({Page::Groups, place.group, object}); // it was made for this group
        else
            navigator.open(object);
    });
    connect(&commands, &WindowCommands::said, &window, [this](const QString &text) { note(text); });
    connect(&commands, &WindowCommands::renameWanted, inspector, &Inspector::startRename);
}

/// What a file that is being written says in the window, beside that it is done.
void MainWindow::Private::watch(FileExport *exporter)
{
    connect(exporter, &FileExport::begun, &window,
            [this](const auto &progress) { messages->work().add(progress, tr("Exporting")); });
    connect(exporter, &FileExport::failed, &window, [this](const QString &reason) {
        if (reason.isEmpty())
            return note(tr("The export was cancelled; no file was written."));
        closing.keepOpen();
        messages->say({Message::Kind::Problem, reason, {}});
    });
}

void MainWindow::Private::exportAll()
{
    auto *exporter = new Exporter(connection, &window);
    watch(exporter);
    connect(exporter, &Exporter::done, &window, [this](const QString &file) {
        messages->say({Message::Kind::Done, tr("Exported to %1").arg(isolated(file)), {}});
    });
    exporter->start();
}

void MainWindow::Private::exportShown()
{
    const ObjectsPage *page = pages->current();
    auto table = page ? page->shown() : std::nullopt;
    if (!table)
        return note(tr("There is nothing to export here."));
    auto *exporter = new TableExport(std::move(*table), &window);
    watch(exporter);
    connect(exporter, &TableExport::done, &window, [this](const QString &file, int rows) {
        messages->say({Message::Kind::Done, tr("%Ln row(s) exported to %1", nullptr, rows).arg(isolated(file)), {}});
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
            pages->page(page)->focusContent();
        });
    on(actions.newPolicy, [this] {
        navigator.go({Page::Policies, {}, {}});
        pages->policies().startNew();
    });
    on(actions.back, [this] { navigator.back(); });
    on(actions.forward, [this] { navigator.forward(); });
    on(actions.find, [this] {
        top->search().setFocus(Qt::ShortcutFocusReason);
        top->search().selectAll();
    });
    on(actions.filter, [this] {
        if (ObjectsPage *page = pages->current())
            page->focusFilter();
    });
    on(actions.filterBy, [this] { pages->entities().openFilters(); });
    on(actions.importDocument, [this] { window.import({}); });
    on(actions.exportDocument, [this] { exportAll(); });
    on(actions.exportShown, [this] { exportShown(); });
    on(actions.columns, [this] {
        if (ObjectsPage *page = pages->current())
            page->table()->askForColumns();
    });
    on(actions.shortcuts, [this] { (new ShortcutsDialog(*window.menuBar(), &window))->show(); });
    on(actions.news, [this] { (new NewsDialog(&window))->show(); });
    on(actions.quit, [this] { window.close(); });
    connect(&closing, &CloseGuard::unsavedMet, &window, [this] { navigator.showPage(Page::Policies); });
    on(actions.about, [this] { showAbout(&window, connection.location()); });
    actions.back->setEnabled(false);
    actions.forward->setEnabled(false);
}

} // namespace kith::views
