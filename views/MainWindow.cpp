// SPDX-License-Identifier: Apache-2.0
#include "MainWindow.h"

#include "EntitiesPage.h"
#include "ErrorText.h"
#include "ImportDialog.h"
#include "Inspector.h"
#include "Line.h"
#include "MainWindowPrivate.h"
#include "NavigationPane.h"
#include "ProductionBand.h"
#include "SearchField.h"
#include "TopBar.h"
#include "WindowPages.h"
#include "connection/Async.h"
#include "connection/LocalConnection.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QMenuBar>
#include <QScreen>
#include <QSplitter>

#include <chrono>
#include <utility>

namespace kith::views {

using connection::ObjectRef;
using connection::whenReady;

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
    , pages(new WindowPages(with, editor, actions, memory, &owner))
    , inspector(new Inspector(with, editor, &owner))
    , splitter(new QSplitter(&owner))
    , messages(new MessageBar(&owner))
    , editorMessages(with, editor, navigator, *messages)
    , places(with, navigator, memory)
    , closing(owner, editor, [this] { return pages->hasEdited(); })
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
    inspector->addTools({actions.inspectToken});
    inspector->setActionsOfSeveral({actions.addToGroup, actions.changeSeveral});
}

void MainWindow::Private::follow(const Place &place)
{
    pages->turnTo(place.page);
    ObjectsPage *page = pages->current();
    inspector->setVisible(page && page->usesInspector());
    navigation->setPage(place.page);
    commands.setPage(page);
    actions.columns->setEnabled(page);
    actions.exportShown->setEnabled(page);
    actions.groupsBeside->setEnabled(place.page == Page::Entities);
    actions.filterBy->setEnabled(place.page == Page::Entities);
    if (page)
        page->show(place);
    selection.start();
    places.note();
}

void MainWindow::Private::showSelection()
{
    ObjectsPage *page = pages->current();
    if (!page)
        return messages->setSelection({});
    messages->setSelection(page->selectionText());
    if (const auto people = page->selectedPeople(); people.size() > 1)
        return inspector->showPeople(people);
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
    m_d->follow(m_d->navigator.place());
    m_d->places.restore();
    m_d->pages->entities().focusContent(); // not the search, which takes the keys
    m_d->showWriter();
    m_d->readCounts();
}

/// The pages go first: they use the editor and the navigator, and what they last say must find those who hear it.
MainWindow::~MainWindow()
{
    m_d->commands.setPage(nullptr); // it asks its page what is selected
    delete takeCentralWidget();
}

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
    if (m_d->editor.confirmation())
        dialog->setConfirm([editor = &m_d->editor](const QString &what, std::function<void(bool)> answer) {
            editor->confirmation()(what, std::move(answer)); // which may be another by then
        });
    connect(dialog, &ImportDialog::imported, &m_d->editor, &Editor::imported);
    dialog->open();
}

bool MainWindow::isReady() const
{
    const ObjectsPage *page = m_d->pages->current();
    return m_d->hasCounts && !m_d->selection.isActive() &&
           (!page || (page->isReady() && (!page->usesInspector() || m_d->inspector->isReady())));
}

std::vector<ObjectRef> MainWindow::onScreen() const
{
    const Place &place = m_d->navigator.place();
    std::vector<ObjectRef> objects;
    if (place.object)
        objects.push_back(place.object);
    if (const ObjectsPage *page = m_d->pages->current())
        for (const ObjectRef object : page->onScreen())
            objects.push_back(object);
    return objects;
}

void MainWindow::remember()
{
    QSettings &settings = m_d->memory.settings();
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/splitter"), m_d->splitter->saveState());
    m_d->pages->save();
    m_d->places.save();
}

PolicyDrafts MainWindow::giveDrafts()
{
    return m_d->pages->giveDrafts();
}

void MainWindow::takeDrafts(const PolicyDrafts &drafts)
{
    m_d->pages->takeDrafts(drafts);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_d->closing.mayClose())
        return event->ignore();
    remember();
    QMainWindow::closeEvent(event);
    if (event->isAccepted())
        Q_EMIT closed();
}

} // namespace kith::views
