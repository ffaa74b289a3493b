// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Profiles.h"
#include "connection/RemoteConnection.h"
#include "connection/Secrets.h"
#include "views/LockWatcher.h"
#include "views/MainWindow.h"
#include "views/SignInDialog.h"

#include <chrono>
#include <map>
#include <memory>
#include <utility>
#include <vector>

/// The windows on servers: a profile is signed in at, then its window opens. Locking closes the window and its
/// connection, with the token, and asks to sign in again. A change that is under way then comes to its end before the
/// connection goes, unseen; what became of it is said in the next window of the same person.
class RemoteWindows : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive it.
    RemoteWindows(kith::connection::Profiles &profiles, kith::connection::Secrets &secrets);
    ~RemoteWindows() override;

    /// Raises the window that is open already.
    void open(const kith::connection::Profile &profile);
    /// Of nobody's being there; zero: never.
    void setLockAfter(std::chrono::milliseconds idle) { m_watcher.setIdle(idle); }
    kith::views::MainWindow *window(const QString &profileId) const; ///< Null: none is open.
    /// Of that window.
    kith::connection::RemoteConnection *connection(const QString &profileId) const;

Q_SIGNALS:
    void connectionsWanted(QWidget *beside);
    void copyWanted(kith::connection::Connection &source, kith::views::MainWindow &window);
    void shown(const QString &profileId);  ///< Somebody signed in: the window is there.
    void locked(const QString &profileId); ///< Its window; empty: everything.

private:
    struct Remote;
    struct Ending;
    /// What somebody could take back when their window was locked.
    struct History;
    void signIn(const kith::connection::Profile &profile, kith::views::SignInDialog::Start start, const QString &why);
    void show(std::unique_ptr<kith::connection::RemoteConnection> connection);
    void drop(QWidget *window, const QString &why);
    void ended(const std::shared_ptr<Ending> &ending);
    void bringBack(const Ending &ending);
    void keep(const std::shared_ptr<Ending> &ending);
    void lockAll(kith::views::LockWatcher::Reason reason);
    Remote *find(const QString &profileId) const;

    kith::connection::Profiles &m_profiles;
    kith::connection::Secrets &m_secrets;
    kith::views::LockWatcher m_watcher;
    std::vector<std::shared_ptr<Remote>> m_remotes;
    std::vector<std::shared_ptr<Ending>> m_endings; ///< Closed or locked, with a change under way.
    /// By the profile's id and the person, until they sign in there again.
    std::map<std::pair<QString, QString>, History> m_histories;
};

/// Shows it before the others, also when it is minimized.
void bringToFront(QWidget &window);
