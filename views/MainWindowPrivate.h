// SPDX-License-Identifier: Apache-2.0
// The inside of MainWindow.
#pragma once

#include "CloseGuard.h"
#include "Editor.h"
#include "EditorMessages.h"
#include "MainWindow.h"
#include "MessageBar.h"
#include "Navigator.h"
#include "PlaceMemory.h"
#include "WindowActions.h"
#include "WindowCommands.h"

#include <QTimer>

class QSplitter;
class QStackedWidget;

namespace kith::views {

class AliasesPage;
class EntitiesPage;
class FileExport;
class GroupsPage;
class Inspector;
class MountsPage;
class NavigationPane;
class ObjectsPage;
class PoliciesPage;
class ProductionBand;
class TopBar;
class WelcomePage;

class MainWindow::Private
{
public:
    Private(MainWindow &owner, connection::Connection &with);

    void build();
    void connectPages();
    void connectEditor();
    void connectMenu();
    void follow(const Place &place);
    void showSelection();
    void changed(const ChangeSet &changes);
    void readCounts();
    void counted(const connection::Counts &counts);
    void showWriter();
    void watch(FileExport *exporter);
    void exportAll();
    void exportShown();
    void note(const QString &text) { messages->say({Message::Kind::Note, text, {}}); }
    ObjectsPage *pageOf(Page page) const;
    std::vector<ObjectsPage *> allPages() const;

    MainWindow &window;
    connection::Connection &connection;
    Editor editor;
    Navigator navigator;
    WindowActions actions;
    WindowCommands commands;
    WindowMemory memory;
    ProductionBand *band;
    TopBar *top;
    NavigationPane *navigation;
    QStackedWidget *pages;
    WelcomePage *welcome;
    EntitiesPage *entities;
    GroupsPage *groups;
    AliasesPage *aliases;
    PoliciesPage *policies;
    MountsPage *mounts;
    Inspector *inspector;
    QSplitter *splitter;
    MessageBar *messages;
    EditorMessages editorMessages;
    PlaceMemory places;
    QTimer selection; ///< The inspector follows when the selection stands still.
    QTimer counting;
    bool hasCounts = false;
    CloseGuard closing;
};

} // namespace kith::views
