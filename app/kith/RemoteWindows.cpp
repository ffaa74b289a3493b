// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindows.h"

#include "views/Editor.h"
#include "views/RemoteGuide.h"
#include "views/Settings.h"
#include "views/WindowActions.h"

#include <QCoreApplication>

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
    QString person; ///< Who made the changes: nobody else takes them back.
    std::unique_ptr<QUndoStack> steps;
};

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

void RemoteWindows::open(const connection::Profile &profile)
{
    Remote *there = find(profile.id);
    if (!there)
        return signIn(profile, SignInDialog::Start::WithKept, {});
    there->window->show();
    there->window->raise();
    there->window->activateWindow();
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
    auto remote = std::make_unique<Remote>();
    remote->connection = std::move(connection);
    remote->window = std::make_unique<views::MainWindow>(*remote->connection);
    views::MainWindow *window = remote->window.get();
    auto *guide = new views::RemoteGuide(*remote->connection, *window);
    connect(guide, &views::RemoteGuide::signInWanted, this, [this, window](const QString &why) { drop(window, why); });
    connect(guide, &views::RemoteGuide::lockWanted, this, [this, window] { drop(window, Texts::tr("Locked.")); });
    QAction *connections = window->actions().connections;
    connections->setVisible(true);
    connect(connections, &QAction::triggered, this, [this, window] { Q_EMIT connectionsWanted(window); });
    connect(window, &views::MainWindow::closed, this, [this, window] { drop(window, {}); });
    if (const auto kept = m_histories.extract(remote->connection->profile().id);
        !kept.empty() && kept.mapped().person == personOf(*remote->connection))
        window->editor().takeHistory(std::move(kept.mapped().steps));
    window->show();
    m_remotes.push_back(std::move(remote));
}

/// Ends the window and its connection, later: it is what brought us here. With a reason it is signed in again.
void RemoteWindows::drop(QWidget *window, const QString &why)
{
    const auto found = std::find_if(m_remotes.begin(), m_remotes.end(),
                                    [&](const auto &remote) { return remote->window.get() == window; });
    if (found == m_remotes.end())
        return;
    const connection::Profile profile = (*found)->connection->profile();
    std::shared_ptr<Remote> going = std::move(*found);
    m_remotes.erase(found);
    if (!why.isEmpty()) {
        going->window->remember();
        m_histories[profile.id] = {personOf(*going->connection), going->window->editor().giveHistory()};
        signIn(profile, SignInDialog::Start::ByPerson, why); // first: with the last window the program ends
    }
    going->window->hide();
    QMetaObject::invokeMethod(
        this, [going] { going->window.reset(); }, Qt::QueuedConnection);
}

void RemoteWindows::lockAll(views::LockWatcher::Reason reason)
{
    const QString why = reason == views::LockWatcher::Reason::Idle ? Texts::tr("Locked, since nobody was there.")
                                                                   : Texts::tr("Locked with the screen.");
    std::vector<QWidget *> windows;
    for (const auto &remote : m_remotes)
        windows.push_back(remote->window.get());
    for (QWidget *window : windows)
        drop(window, why);
}
