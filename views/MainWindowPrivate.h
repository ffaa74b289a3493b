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

namespace kith::views {

class FileExport;
class Inspector;
class NavigationPane;
class ObjectsPage;
class ProductionBand;
class TopBar;
class WindowPages;

class MainWindow::Private
{
public:
    Private(MainWindow &owner, connection::Connection &with);

    void build();
    void connectPages();
    void join(ObjectsPage *page);
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
    WindowPages *pages;
    Inspector *inspector;
    QSplitter *splitter;
    MessageBar *messages;
    EditorMessages editorMessages;
    PlaceMemory places;
    QTimer selection; ///< The inspector follows when the selection stands still.
    QTimer counting;
    bool hasCounts = false;
    Place placeOfBegun; ///< Where one was when the last change was begun.
    CloseGuard closing;
};

} // namespace kith::views
