// SPDX-License-Identifier: Apache-2.0
// What the parts of the window tell each other.
#include "MainWindowPrivate.h"

#include "AboutBox.h"
#include "DocumentDrop.h"
#include "EntitiesPage.h"
#include "Exporter.h"
#include "GroupsPage.h"
#include "Inspector.h"
#include "NavigationPane.h"
#include "PolicyHoldersDialog.h"
#include "SearchField.h"
#include "TopBar.h"
#include "WelcomePage.h"

#include <QStackedWidget>

namespace kith::views {

using connection::ObjectKind;
using connection::ObjectRef;

void MainWindow::Private::connectPages()
{
    for (ObjectsPage *page : {static_cast<ObjectsPage *>(entities), static_cast<ObjectsPage *>(groups)}) {
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
    connect(&top->search(), &SearchField::policyOpened, &window, [this](const QString &policy) {
        auto *holders = new PolicyHoldersDialog(connection, policy, &window);
        connect(holders, &PolicyHoldersDialog::openObject, &navigator, &Navigator::open);
        holders->show();
    });
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

void MainWindow::Private::connectMenu()
{
    const auto on = [this](QAction *action, auto run) { connect(action, &QAction::triggered, &window, run); };
    on(actions.entities, [this] {
        navigator.showPage(Page::Entities);
        entities->focusContent();
    });
    on(actions.groups, [this] {
        navigator.showPage(Page::Groups);
        groups->focusContent();
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
    on(actions.quit, [this] { window.close(); });
    on(actions.about, [this] { showAbout(&window, connection.location()); });
    actions.back->setEnabled(false);
    actions.forward->setEnabled(false);
}

} // namespace kith::views
