// SPDX-License-Identifier: Apache-2.0
#include "Starter.h"

#include "Picture.h"
#include "connection/Async.h"
#include "views/ConnectionsDialog.h"
#include "views/ErrorPage.h"
#include "views/LocalCoreGuide.h"
#include "views/WindowActions.h"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>

#include <cstdio>

using namespace kith;

Starter::Starter(Options options, QString coreFile)
    : m_options(std::move(options))
    , m_file(std::move(coreFile))
    , m_settings(QFileInfo(m_profiles.file()).path() + QStringLiteral("/settings.ini"))
    , m_remotes(m_profiles, m_secrets)
{
    m_remotes.setLockAfter(m_settings.lockAfter());
    connect(&m_remotes, &RemoteWindows::connectionsWanted, this, &Starter::showConnections);
}

Starter::~Starter() = default;

void Starter::start()
{
    if (m_options.connection.isEmpty())
        openCore();
    else
        openNamed();
}

void Starter::openNamed()
{
    const auto loaded = m_profiles.load();
    const connection::Profile *profile = m_profiles.findNamed(m_options.connection);
    if (!loaded)
        fail(QStringLiteral("%1: %2").arg(m_profiles.file(), QString::fromStdString(loaded.error().wire)));
    else if (!profile)
        fail(QStringLiteral("No connection is called “%1”.").arg(m_options.connection));
    else
        m_remotes.open(*profile);
}

void Starter::openCore()
{
    m_opening = true;
    connection::LocalOptions open;
    open.file = m_file;
    connection::whenReady(connection::LocalConnection::open(std::move(open)), this,
                          [this](auto result) { opened(std::move(result)); });
}

void Starter::opened(Result<std::unique_ptr<connection::LocalConnection>> result)
{
    m_opening = false;
    if (!result) {
        showError(result.error());
        return;
    }
    m_connection = std::move(*result);
    showWindow();
}

void Starter::showWindow()
{
    m_window = std::make_unique<views::MainWindow>(*m_connection);
    if (m_options.size.isValid())
        m_window->resize(m_options.size);
    m_window->show();
    m_errorPage.reset();
    if (m_options.picture.isEmpty()) {
        (new views::LocalCoreGuide(*m_connection, m_secrets, *m_window))->start();
        QAction *connections = m_window->actions().connections;
        connections->setVisible(true);
        connect(connections, &QAction::triggered, this, [this] { showConnections(m_window.get()); });
        return;
    }
    m_picture = std::make_unique<Picture>(m_options, *m_connection, *m_window);
    connect(m_picture.get(), &Picture::drawn, this, [] { QApplication::exit(0); });
    connect(m_picture.get(), &Picture::failed, this, &Starter::fail);
    m_picture->start();
}

void Starter::showError(const Error &error)
{
    if (!m_options.picture.isEmpty()) {
        const views::ErrorWords words = views::openErrorWords(error);
        fail(QStringLiteral("%1: %2. %3").arg(m_file, words.headline, words.explanation));
        return;
    }
    auto page = std::make_unique<views::ErrorPage>(error, m_file);
    page->setWindowTitle(QStringLiteral("Kith"));
    page->resize(900, 560);
    connect(page.get(), &views::ErrorPage::retryWanted, this, &Starter::openCore);
    connect(page.get(), &views::ErrorPage::openOtherWanted, this, &Starter::chooseOther);
    page->show();
    if (m_errorPage)
        m_errorPage.release()->deleteLater(); // Its button is what brought us here.
    m_errorPage = std::move(page);
}

void Starter::chooseOther()
{
    auto *dialog = new QFileDialog(m_errorPage.get(), QCoreApplication::translate("Starter", "Open another core"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDirectory(QFileInfo(m_file).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_file = file;
        openCore();
    });
    dialog->open();
}

void Starter::showLocal()
{
    if (!m_window) {
        if (!m_opening)
            openCore();
        return;
    }
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void Starter::showConnections(QWidget *beside)
{
    auto *dialog = beside->findChild<views::ConnectionsDialog *>();
    if (!dialog) {
        dialog = new views::ConnectionsDialog(m_profiles, m_secrets, beside);
        connect(dialog, &views::ConnectionsDialog::openWanted, this, [this](const QString &id) {
            if (const connection::Profile *profile = m_profiles.find(id))
                m_remotes.open(*profile);
        });
        connect(dialog, &views::ConnectionsDialog::localWanted, this, &Starter::showLocal);
        dialog->setLockAfter(m_settings.lockAfter());
        connect(dialog, &views::ConnectionsDialog::lockAfterChosen, this, [this](std::chrono::minutes time) {
            m_settings.setLockAfter(time);
            m_remotes.setLockAfter(time);
        });
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void Starter::fail(const QString &reason)
{
    std::fprintf(stderr, "kith: %s\n", qUtf8Printable(reason));
    QMetaObject::invokeMethod(
        qApp, [] { QApplication::exit(1); }, Qt::QueuedConnection); // also before it runs
}
