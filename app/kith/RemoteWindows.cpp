// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindows.h"

#include "views/Conflict.h"
#include "views/Editor.h"
#include "views/ImportPane.h"
#include "views/MessageBar.h"
#include "views/RemoteGuide.h"
#include "views/Settings.h"
#include "views/WindowActions.h"

#include <QCoreApplication>
#include <QDialog>
#include <QEventLoopLocker>
#include <QPointer>

#include <algorithm>

using namespace kith;
using views::SignInDialog;

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(RemoteWindows)
};

} // namespace

struct RemoteWindows::Remote {
    std::unique_ptr<connection::RemoteConnection> connection; ///< Outlives the window.
    std::unique_ptr<views::MainWindow> window;
};

struct RemoteWindows::History {
    std::unique_ptr<QUndoStack> steps;
    views::PolicyDrafts drafts; ///< What they typed and didn't save.
    views::Message news;        ///< What became of what was under way; without text: there is nothing to say.
};

/// A window that is seen no more, until what it was about to change is changed.
struct RemoteWindows::Ending {
    std::shared_ptr<Remote> remote;
    bool locked = false; ///< Else it was closed.
    int dropped = 0;     ///< Changes that hadn't begun.
    int imports = 0;     ///< Under way.
    bool failed = false;
    views::PolicyDrafts drafts;             ///< When it was locked: what was typed and isn't saved.
    QString result;                         ///< A sentence.
    std::vector<QPointer<QDialog>> stopped; ///< Imports that aren't done.
    QEventLoopLocker stays;                 ///< The program doesn't end before.
    QObject here;                           ///< What listens ends with this: the window may outlive it.

    void listen();
    bool isOver() const { return imports == 0 && !remote->window->editor().isBusy(); }
    views::Message news() const;
};

/// What the editor says of it is said later, or nowhere.
void RemoteWindows::Ending::listen()
{
    using views::Editor;
    Editor *editor = &remote->window->editor();
    const auto told = [this](const QString &text, bool bad) {
        result = text;
        failed = bad;
    };
    QObject::connect(editor, &Editor::done, &here, [told](const QString &text) { told(text, false); });
    QObject::connect(editor, &Editor::failed, &here, [told](const QString &text) { told(text, true); });
    QObject::connect(editor, &Editor::undoFailed, &here, [told](const QString &text) { told(text, true); });
    QObject::connect(editor, &Editor::conflict, &here, [told](const views::Conflict &met) {
        told(Texts::tr("Nothing was changed: %1", "why").arg(met.text), true);
    });
    QObject::connect(editor, &Editor::partlyDone, &here,
                     [told](const views::PartlyDone &done) { told(done.summary(), true); });
}

views::Message RemoteWindows::Ending::news() const
{
    QStringList sentences;
    if (!result.isEmpty())
        sentences += locked ? Texts::tr("While it was locked: %1", "what was done").arg(result) : result;
    if (dropped > 0)
        sentences += Texts::tr("%Ln change(s) waited and were not begun.", nullptr, dropped);
    if (!drafts.empty())
        sentences += Texts::tr("What you typed in policies is still there, and isn’t saved yet.");
    const bool bad = failed || dropped > 0;
    return {bad ? views::Message::Kind::Problem : views::Message::Kind::Done, sentences.join(QStringLiteral(". ")), {}};
}

static QString personOf(const connection::RemoteConnection &connection)
{
    const connection::SignedIn &signedIn = connection.token().signedIn();
    // Tokens without an entity are told apart by themselves: their names may be anybody's.
    const QString who = signedIn.entityUuid.isEmpty() ? signedIn.accessor : signedIn.entityUuid;
    return connection.location() + QLatin1Char('\n') + who;
}

RemoteWindows::RemoteWindows(connection::Profiles &profiles, connection::Secrets &secrets)
    : m_profiles(profiles), m_secrets(secrets), m_watcher(views::Settings::LockAfter)
{
    connect(&m_watcher, &views::LockWatcher::left, this, &RemoteWindows::lockAll);
}

RemoteWindows::~RemoteWindows() = default;

RemoteWindows::Remote *RemoteWindows::find(const QString &profileId) const
{
    const auto found = std::find_if(m_remotes.begin(), m_remotes.end(),
                                    [&](const auto &remote) { return remote->connection->profile().id == profileId; });
    return found == m_remotes.end() ? nullptr : found->get();
}

views::MainWindow *RemoteWindows::window(const QString &profileId) const
{
    const Remote *remote = find(profileId);
    return remote ? remote->window.get() : nullptr;
}

connection::RemoteConnection *RemoteWindows::connection(const QString &profileId) const
{
    const Remote *remote = find(profileId);
    return remote ? remote->connection.get() : nullptr;
}

void RemoteWindows::open(const connection::Profile &profile)
{
    Remote *there = find(profile.id);
    if (!there)
        return signIn(profile, SignInDialog::Start::WithKept, {});
    bringToFront(*there->window);
}

void RemoteWindows::signIn(const connection::Profile &profile, SignInDialog::Start start, const QString &why)
{
    auto *dialog = new SignInDialog(
        m_profiles, m_secrets, profile, start, why,
        [this](std::unique_ptr<connection::RemoteConnection> connection) { show(std::move(connection)); });
    dialog->show();
}

void RemoteWindows::show(std::unique_ptr<connection::RemoteConnection> connection)
{
    auto remote = std::make_shared<Remote>();
    remote->connection = std::move(connection);
    remote->window = std::make_unique<views::MainWindow>(*remote->connection);
    views::MainWindow *window = remote->window.get();
    auto *guide = new views::RemoteGuide(*remote->connection, *window);
    connect(guide, &views::RemoteGuide::signInWanted, this, [this, window](const QString &why) { drop(window, why); });
    connect(guide, &views::RemoteGuide::lockWanted, this, [this, window, id = remote->connection->profile().id] {
        Q_EMIT locked(id);
        drop(window, Texts::tr("Locked."));
    });
    QAction *connections = window->actions().connections;
    connections->setVisible(true);
    connect(connections, &QAction::triggered, this, [this, window] { Q_EMIT connectionsWanted(window); });
    QAction *copy = window->actions().copyTo;
    copy->setVisible(true);
    connect(copy, &QAction::triggered, this,
            [this, window, source = remote->connection.get()] { Q_EMIT copyWanted(*source, *window); });
    connect(window, &views::MainWindow::closed, this, [this, window] { drop(window, {}); });
    const QString id = remote->connection->profile().id;
    if (const auto kept = m_histories.extract({id, personOf(*remote->connection)}); !kept.empty()) {
        window->editor().takeHistory(std::move(kept.mapped().steps));
        window->takeDrafts(kept.mapped().drafts);
        if (!kept.mapped().news.text.isEmpty())
            window->showMessage(kept.mapped().news);
    }
    window->show();
    m_remotes.push_back(std::move(remote));
    Q_EMIT shown(id);
}

/// A locked window asks nothing any more: what isn't decided yet isn't done.
static void silence(const connection::RemoteConnection &connection, views::Editor &editor)
{
    if (connection.profile().production)
        editor.setConfirm([](const QString &, const std::function<void(bool)> &answer) { answer(false); });
    QObject::disconnect(&editor, &views::Editor::conflict, nullptr, nullptr);
}

/// Takes the window away, and ends it and its connection later: it is what brought us here, and a change may be under
/// way. With a reason it is signed in again.
void RemoteWindows::drop(QWidget *window, const QString &why)
{
    const auto found = std::find_if(m_remotes.begin(), m_remotes.end(),
                                    [&](const auto &remote) { return remote->window.get() == window; });
    if (found == m_remotes.end())
        return;
    const auto ending = std::make_shared<Ending>();
    ending->remote = std::move(*found);
    ending->locked = !why.isEmpty();
    m_remotes.erase(found);
    m_endings.push_back(ending);
    views::MainWindow *going = ending->remote->window.get();
    going->disconnect(this);
    if (ending->locked) {
        going->remember();
        ending->drafts = going->giveDrafts();
        signIn(ending->remote->connection->profile(), SignInDialog::Start::ByPerson, why); // first: with the last
    }                                                                                      // window the program ends
    views::Editor &editor = going->editor();
    ending->dropped = editor.dropWaiting();
    if (ending->locked)
        silence(*ending->remote->connection, editor);
    ending->listen();
    const auto look = [this, weak = std::weak_ptr(ending)] {
        if (const auto still = weak.lock(); still && still->isOver())
            ended(still);
    };
    for (QDialog *dialog : going->findChildren<QDialog *>()) {
        const auto *import = dialog->findChild<views::ImportPane *>();
        if (!import || !import->isImporting()) {
            dialog->reject(); // a question that nobody sees is answered by no
            continue;
        }
        ++ending->imports;
        dialog->hide();
        connect(import, &views::ImportPane::ended, &ending->here,
                [ending = ending.get(), dialog, look](const QString &problem) {
                    --ending->imports;
                    if (!problem.isEmpty()) {
                        ending->result = problem;
                        ending->failed = true;
                        ending->stopped.emplace_back(dialog);
                    }
                    look();
                });
    }
    going->hide();
    ending->remote->connection->stopReading();
    connect(&editor, &views::Editor::historyChanged, this, look);
    look();
}

/// Nothing is under way there any more.
void RemoteWindows::ended(const std::shared_ptr<Ending> &ending)
{
    if (std::erase(m_endings, ending) == 0)
        return;
    ending->remote->window->editor().disconnect(this);
    if (ending->locked) {
        keep(ending);
    } else if (ending->failed && !find(ending->remote->connection->profile().id)) {
        // It was closed, and what it was about to do isn't done: one has to know.
        return bringBack(*ending);
    }
    QMetaObject::invokeMethod(
        this, [ending] { ending->remote->window.reset(); }, Qt::QueuedConnection);
}

/// As it was before it was closed.
void RemoteWindows::bringBack(const Ending &ending)
{
    views::MainWindow *window = ending.remote->window.get();
    connect(window, &views::MainWindow::closed, this, [this, window] { drop(window, {}); });
    m_remotes.push_back(ending.remote);
    ending.remote->connection->refresh();
    window->show();
    // What the editor couldn't do it has said there itself, with the way forward.
    if (ending.dropped > 0 || !ending.stopped.empty())
        window->showMessage(ending.news());
    // Later: one that was stopped by hand deletes itself.
    for (const auto &import : ending.stopped)
        if (import)
            QMetaObject::invokeMethod(import, &QDialog::open, Qt::QueuedConnection);
}

/// For the next window of the same person, which may be there already.
void RemoteWindows::keep(const std::shared_ptr<Ending> &ending)
{
    const connection::RemoteConnection &connection = *ending->remote->connection;
    const QString person = personOf(connection);
    History history{ending->remote->window->editor().giveHistory(), ending->drafts, ending->news()};
    const Remote *there = find(connection.profile().id);
    if (!there || personOf(*there->connection) != person) {
        m_histories[{connection.profile().id, person}] = std::move(history);
        return;
    }
    views::Editor &editor = there->window->editor();
    if (!editor.isBusy() && editor.lastStep().expired())
        editor.takeHistory(std::move(history.steps));
    there->window->takeDrafts(history.drafts);
    if (!history.news.text.isEmpty())
        there->window->showMessage(history.news);
}

void RemoteWindows::lockAll(views::LockWatcher::Reason reason)
{
    const QString why = reason == views::LockWatcher::Reason::Idle ? Texts::tr("Locked, since nobody was there.")
                                                                   : Texts::tr("Locked with the screen.");
    Q_EMIT locked({});
    std::vector<QWidget *> windows;
    for (const auto &remote : m_remotes)
        windows.push_back(remote->window.get());
    for (QWidget *window : windows)
        drop(window, why);
}

void bringToFront(QWidget &window)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}
