// SPDX-License-Identifier: Apache-2.0
#include "MainWindow.h"

#include "AboutBox.h"
#include "DocumentDrop.h"
#include "Editor.h"
#include "EditorMessages.h"
#include "EntitiesPage.h"
#include "ErrorText.h"
#include "Exporter.h"
#include "GroupsPage.h"
#include "ImportDialog.h"
#include "Inspector.h"
#include "Line.h"
#include "MessageBar.h"
#include "NavigationPane.h"
#include "Navigator.h"
#include "PlaceMemory.h"
#include "PolicyHoldersDialog.h"
#include "ProductionBand.h"
#include "SearchField.h"
#include "TopBar.h"
#include "WelcomePage.h"
#include "WindowActions.h"
#include "WindowCommands.h"
#include "connection/Async.h"
#include "connection/LocalConnection.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QMenuBar>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include <chrono>

namespace kith::views {

using connection::ObjectKind;
using connection::ObjectRef;
using connection::whenReady;

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
    void note(const QString &text) { messages->say({Message::Kind::Note, text, {}}); }
    ObjectsPage *pageOf(Page page) const;

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
    Inspector *inspector;
    QSplitter *splitter;
    MessageBar *messages;
    EditorMessages editorMessages;
    PlaceMemory places;
    QTimer selection; ///< The inspector follows when the selection stands still.
    QTimer counting;
    bool hasCounts = false;
};

MainWindow::Private::Private(MainWindow &owner, connection::Connection &with)
    : window(owner)
    , connection(with)
    , editor(with)
    , actions(&owner)
    , commands(&owner, with, editor, actions)
    , memory(with.location())
    , band(new ProductionBand(&owner))
    , top(new TopBar(with, actions, &owner))
    , navigation(new NavigationPane(&owner))
    , pages(new QStackedWidget(&owner))
    , welcome(new WelcomePage(with.location(), pages))
    , entities(new EntitiesPage(with, pages))
    , groups(new GroupsPage(with, pages))
    , inspector(new Inspector(with, editor, &owner))
    , splitter(new QSplitter(&owner))
    , messages(new MessageBar(&owner))
    , editorMessages(with, editor, navigator, *messages)
    , places(with, navigator, memory)
{
    using namespace std::chrono_literals;
    for (auto [timer, delay] : {std::pair(&selection, 30ms), std::pair(&counting, 60ms)}) {
        timer->setSingleShot(true);
        timer->setInterval(delay);
    }
}

void MainWindow::Private::build()
{
    auto *central = new QWidget(&window);
    pages->addWidget(welcome);
    pages->addWidget(entities);
    pages->addWidget(groups);
    pages->setCurrentWidget(entities);
    splitter->setObjectName(QStringLiteral("mainSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(pages);
    splitter->addWidget(inspector);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(navigation);
    middle->addWidget(new Line(Qt::Vertical, central));
    middle->addWidget(splitter, 1);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(band);
    column->addWidget(top);
    column->addWidget(new Line(Qt::Horizontal, central));
    column->addLayout(middle, 1);
    column->addWidget(new Line(Qt::Horizontal, central));
    column->addWidget(messages);
    window.setCentralWidget(central);
    actions.fill(*window.menuBar());
    const QList<QAction *> forObjects = actions.forObjects();
    entities->setActions(forObjects);
    groups->setActions(forObjects);
    entities->setGroupsAction(actions.groupsBeside);
}

ObjectsPage *MainWindow::Private::pageOf(Page page) const
{
    switch (page) {
    case Page::Entities:
        return entities;
    case Page::Groups:
        return groups;
    case Page::Welcome:
        break;
    }
    return nullptr;
}

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

void MainWindow::Private::follow(const Place &place)
{
    ObjectsPage *page = pageOf(place.page);
    pages->setCurrentWidget(page ? static_cast<QWidget *>(page) : welcome);
    inspector->setVisible(page);
    navigation->setPage(place.page);
    commands.setPage(page);
    actions.groupsBeside->setEnabled(page == entities);
    if (page)
        page->show(place);
    selection.start();
    places.note();
}

void MainWindow::Private::showSelection()
{
    ObjectsPage *page = pageOf(navigator.place().page);
    if (!page)
        return messages->setSelection({});
    messages->setSelection(page->selectionText());
    std::vector<ObjectRef> refs = page->selectedRefs();
    if (refs.size() < 2) {
        refs.clear();
        if (navigator.place().object)
            refs.push_back(navigator.place().object);
    }
    inspector->showObjects(std::move(refs));
}

void MainWindow::Private::changed(const ChangeSet &changes)
{
    counting.start();
    const ObjectRef object = navigator.place().object;
    const auto has = [&](const auto &ids, auto id) { return id && std::find(ids.begin(), ids.end(), id) != ids.end(); };
    if (!object ||
        !(changes.everything || has(changes.entities, object.entity()) || has(changes.groups, object.group())))
        return;
    whenReady(connection.directory().uuids({object}), &window, [this, object](auto uuids) {
        if (uuids && !uuids->empty() && uuids->front().isEmpty())
            navigator.forget(object);
    });
}

void MainWindow::Private::readCounts()
{
    whenReady(connection.directory().counts(), &window, [this](auto counts) {
        if (counts)
            return counted(*counts);
        hasCounts = true; // there won't be any: nobody waits for them
        messages->say({Message::Kind::Problem, errorText(counts.error()), {}});
    });
}

void MainWindow::Private::counted(const connection::Counts &counts)
{
    navigation->setCounts(counts);
    const bool empty = counts.entities + counts.groups == 0;
    // A server is no place for samples, and its names may be on their way yet.
    if (empty && !hasCounts && qobject_cast<connection::LocalConnection *>(&connection))
        navigator.go({Page::Welcome, {}, {}});
    else if (!empty && navigator.place().page == Page::Welcome)
        navigator.go({Page::Groups, {}, {}}); // who has just come sees at once who belongs where
    hasCounts = true;
}

void MainWindow::Private::showWriter()
{
    commands.update();
    editorMessages.showWriter();
}

/// A good part of the screen, and never more of it than there is beside panels and the window's own frame.
static QSize firstSize(const QScreen &screen)
{
    const QSize room = screen.availableSize() - QSize(16, 56);
    return QSize(1280, 800).expandedTo(room * 4 / 5).boundedTo(QSize(1760, 1100)).boundedTo(room);
}

MainWindow::MainWindow(connection::Connection &connection, QWidget *parent)
    : QMainWindow(parent), m_d(std::make_unique<Private>(*this, connection))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("%1 – Kith").arg(connection.name()));
    m_d->build();
    m_d->connectPages();
    m_d->connectEditor();
    m_d->connectMenu();
    connect(&connection, &connection::Connection::changed, this, [this](const ChangeSet &set) { m_d->changed(set); });
    connect(&connection, &connection::Connection::writerChanged, this, [this] { m_d->showWriter(); });
    connect(&m_d->counting, &QTimer::timeout, this, [this] { m_d->readCounts(); });

    QSettings &settings = m_d->memory.settings();
    resize(firstSize(*screen()));
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    if (!m_d->splitter->restoreState(settings.value(QStringLiteral("window/splitter")).toByteArray()))
        m_d->splitter->setSizes({width() * 7 / 10, width() * 3 / 10});
    m_d->entities->restore(settings);
    m_d->groups->restore(settings);
    m_d->follow(m_d->navigator.place());
    m_d->places.restore();
    m_d->entities->focusContent(); // not the search, which takes the keys
    m_d->showWriter();
    m_d->readCounts();
}

MainWindow::~MainWindow() = default;

Navigator &MainWindow::navigator()
{
    return m_d->navigator;
}

Editor &MainWindow::editor()
{
    return m_d->editor;
}

WindowActions &MainWindow::actions()
{
    return m_d->actions;
}

void MainWindow::setMark(const QColor &colour, Weight weight)
{
    m_d->top->setMark(colour);
    m_d->band->setMark(colour, weight == Weight::Production);
}

void MainWindow::setRemark(const QString &text, Tone tone)
{
    m_d->inspector->setRemark(text, tone);
}

void MainWindow::offerLookUp(bool offered)
{
    m_d->top->search().setLookUp(offered);
}

void MainWindow::setBadge(const QString &text, const QString &toolTip)
{
    m_d->top->setBadge(text, toolTip);
}

void MainWindow::showMessage(Message message)
{
    m_d->messages->say(std::move(message));
}

void MainWindow::import(const QString &file)
{
    auto *dialog = new ImportDialog(m_d->connection, file, this);
    connect(dialog, &ImportDialog::imported, &m_d->editor, &Editor::imported);
    dialog->open();
}

bool MainWindow::isReady() const
{
    const ObjectsPage *page = m_d->pageOf(m_d->navigator.place().page);
    return m_d->hasCounts && !m_d->selection.isActive() && (!page || (page->isReady() && m_d->inspector->isReady()));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QSettings &settings = m_d->memory.settings();
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/splitter"), m_d->splitter->saveState());
    m_d->entities->save(settings);
    m_d->groups->save(settings);
    m_d->places.save();
    QMainWindow::closeEvent(event);
    if (event->isAccepted())
        Q_EMIT closed();
}

} // namespace kith::views
