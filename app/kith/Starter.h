// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Options.h"
#include "RemoteWindows.h"
#include "connection/LocalConnection.h"
#include "connection/Profiles.h"
#include "connection/Secrets.h"
#include "views/MainWindow.h"
#include "views/Settings.h"

#include <memory>

class Picture;

/// Joins the parts of the program: opens the core, then shows its window, or what keeps it from opening; and opens
/// connections to servers, each in a window of its own.
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
    void opened(kith::Result<std::unique_ptr<kith::connection::LocalConnection>> result);
    void showWindow();
    void showError(const kith::Error &error);
    void chooseOther();
    void showLocal();
    void showConnections(QWidget *beside);
    void fail(const QString &reason);

    Options m_options;
    QString m_file;
    kith::connection::Secrets m_secrets;
    kith::connection::Profiles m_profiles;
    kith::views::Settings m_settings;
    RemoteWindows m_remotes;
    std::unique_ptr<kith::connection::LocalConnection> m_connection; ///< Outlives the window.
    std::unique_ptr<kith::views::MainWindow> m_window;
    std::unique_ptr<QWidget> m_errorPage;
    std::unique_ptr<Picture> m_picture;
    bool m_opening = false;
};
