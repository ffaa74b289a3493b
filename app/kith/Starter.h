// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Options.h"
#include "RemoteWindows.h"
#include "SingleInstance.h"
#include "connection/LocalConnection.h"
#include "connection/Profiles.h"
#include "connection/Secrets.h"
#include "views/CopyTarget.h"
#include "views/MainWindow.h"
#include "views/Settings.h"

#include <functional>
#include <map>
#include <memory>

class Visit;

/// Joins the parts of the program: opens the core, then shows its window, or what keeps it from opening; and opens
/// connections to servers, each in a window of its own. What another process has open already is shown there.
class Starter : public QObject
{
    Q_OBJECT
public:
    Starter(Options options, QString coreFile);
    ~Starter() override;

    void start();

private:
    void openCore();
    void openNamed();
    void openRemote(const kith::connection::Profile &profile, const Wish &wish);
    void showRemote(const kith::connection::Profile &profile, const Wish &wish);
    void showWished(const QString &profileId, const Wish &wish);
    void lock(const QString &profileId);
    /// False: another process has it, and was asked to show it.
    bool claim(const QString &what, const Wish &wish, std::function<void(const Wish &)> show);
    void opened(kith::Result<std::unique_ptr<kith::connection::LocalConnection>> result);
    void showWindow();
    void showError(const kith::Error &error);
    void chooseOther();
    void showLocal();
    void lead(kith::views::MainWindow &window, kith::connection::Connection &connection, const Wish &wish);
    void showConnections(QWidget *beside);
    std::vector<kith::views::CopyTarget> copyTargets(const kith::connection::Connection &source);
    void fail(const QString &reason);

    Options m_options;
    QString m_file;
    kith::connection::Secrets m_secrets;
    kith::connection::Profiles m_profiles;
    kith::views::Settings m_settings;
    std::unique_ptr<kith::connection::LocalConnection> m_connection; ///< Outlives all windows: they may copy into it.
    RemoteWindows m_remotes;
    std::unique_ptr<kith::views::MainWindow> m_window;
    std::unique_ptr<QWidget> m_errorPage;
    std::map<QString, std::unique_ptr<SingleInstance>> m_claims;
    QString m_coreClaim;              ///< Of the core; empty: none.
    Wish m_wish;                      ///< For the core's window, which isn't there yet.
    std::map<QString, Wish> m_wishes; ///< Likewise for those on servers, by their profiles' ids.
    bool m_opening = false;
};
