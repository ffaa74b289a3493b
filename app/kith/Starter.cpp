// SPDX-License-Identifier: Apache-2.0
#include "Starter.h"

#include "Visit.h"
#include "connection/Async.h"
#include "store/DefaultFile.h"
#include "views/ConnectionsDialog.h"
#include "views/CopyDialog.h"
#include "views/CopyTargetDialog.h"
#include "views/Editor.h"
#include "views/ErrorPage.h"
#include "views/LocalCoreGuide.h"
#include "views/MessageBar.h"
#include "views/WindowActions.h"

#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QFileInfo>
#include <QPixmap>
#include <QPointer>

#include <algorithm>
#include <cstdio>
#include <utility>

using namespace kith;

/// Also before the application runs.
static void leave(int status)
{
    QMetaObject::invokeMethod(
        qApp, [status] { QApplication::exit(status); }, Qt::QueuedConnection);
}

Starter::Starter(Options options, QString coreFile)
    : m_options(std::move(options))
    , m_file(std::move(coreFile))
    , m_settings(QFileInfo(m_profiles.file()).path() + QStringLiteral("/settings.ini"))
    , m_remotes(m_profiles, m_secrets)
{
    m_remotes.setLockAfter(m_settings.lockAfter());
    connect(&m_remotes, &RemoteWindows::connectionsWanted, this, &Starter::showConnections);
    connect(&m_remotes, &RemoteWindows::copyWanted, this,
            [this](connection::Connection &source, views::MainWindow &window) {
                views::startCopy(source, copyTargets(source), window);
            });
    connect(&m_remotes, &RemoteWindows::locked, this, &Starter::lock);
    connect(&m_remotes, &RemoteWindows::shown, this, [this](const QString &id) {
        if (const auto wish = m_wishes.extract(id); !wish.empty())
            lead(*m_remotes.window(id), *m_remotes.connection(id), wish.mapped());
    });
}

Starter::~Starter() = default;

static Wish wishOf(const Options &options)
{
    return {options.page, options.select, qgetenv("XDG_ACTIVATION_TOKEN")};
}

void Starter::start()
{
    if (!m_options.connection.isEmpty())
        return openNamed();
    m_wish = wishOf(m_options);
    openCore();
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
        openRemote(*profile, wishOf(m_options));
}

/// The same by whatever way one comes to the file, also before it is made.
static QString wholePath(const QString &file)
{
    const QFileInfo info(file);
    if (info.exists())
        return info.canonicalFilePath();
    const QString folder = QFileInfo(info.absolutePath()).canonicalFilePath();
    return folder.isEmpty() ? info.absoluteFilePath() : folder + QLatin1Char('/') + info.fileName();
}

bool Starter::claim(const QString &what, const Wish &wish, std::function<void(const Wish &)> show)
{
    auto &claimed = m_claims[what];
    if (claimed || !m_options.picture.isEmpty()) // a picture shows nobody a window
        return true;
    claimed = std::make_unique<SingleInstance>(what);
    switch (claimed->start(wish)) {
    case SingleInstance::Role::First:
        connect(claimed.get(), &SingleInstance::wished, this, [show = std::move(show)](const Wish &wished) {
            if (!wished.token.isEmpty())
                qputenv("XDG_ACTIVATION_TOKEN", wished.token); // Qt takes it when a window is activated
            show(wished);
        });
        return true;
    case SingleInstance::Role::HandedOver:
        m_claims.erase(what);
        return false;
    case SingleInstance::Role::Alone:
        std::fputs("kith: another one may be open on this: it doesn't answer.\n", stderr);
        return true;
    }
    return true;
}

void Starter::openRemote(const connection::Profile &profile, const Wish &wish)
{
    const bool ours = claim(QStringLiteral("connection ") + profile.id, wish,
                            [this, id = profile.id](const Wish &wished) { showWished(id, wished); });
    if (ours)
        showRemote(profile, wish);
    else if (QApplication::topLevelWidgets().isEmpty())
        leave(0);
}

void Starter::showRemote(const connection::Profile &profile, const Wish &wish)
{
    const QString id = profile.id;
    m_remotes.open(profile);
    if (views::MainWindow *window = m_remotes.window(id))
        lead(*window, *m_remotes.connection(id), wish);
    else
        m_wishes[id] = wish;
}

/// What another process was asked for. It may know of a connection that was made since our list was read.
void Starter::showWished(const QString &profileId, const Wish &wish)
{
    if (!m_profiles.find(profileId)) {
        // A list that can't be read is told where it is shown: File, Connections.
        [[maybe_unused]] const auto loaded = m_profiles.load();
    }
    if (const connection::Profile *wanted = m_profiles.find(profileId))
        showRemote(*wanted, wish);
    else if (const connection::RemoteConnection *open = m_remotes.connection(profileId))
        showRemote(connection::Profile(open->profile()), wish);
    else
        std::fputs("kith: the connection that was asked for isn't there any more.\n", stderr);
}

/// Copies to servers have a token of their own, or are about to take one.
void Starter::lock(const QString &profileId)
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *asking = qobject_cast<views::CopyTargetDialog *>(widget); asking && profileId.isEmpty())
            asking->reject();
        else if (auto *copy = qobject_cast<views::CopyDialog *>(widget))
            copy->lock(profileId);
    }
}

/// Also one that isn't seen: a change may come to its end there, which ends the program then.
static bool hasWindows()
{
    const QWidgetList widgets = QApplication::topLevelWidgets();
    return std::any_of(widgets.begin(), widgets.end(), [](const QWidget *widget) {
        return !widget->parentWidget() &&
               (qobject_cast<const views::MainWindow *>(widget) || qobject_cast<const QDialog *>(widget));
    });
}

void Starter::openCore()
{
    m_coreClaim = QStringLiteral("core ") + wholePath(m_file);
    const bool ours = claim(m_coreClaim, m_wish, [this](const Wish &wish) {
        if (!m_window)
            m_wish = wish;
        showLocal();
        if (m_window)
            lead(*m_window, *m_connection, wish);
    });
    if (!ours) {
        if (!hasWindows())
            return leave(0);
        if (m_errorPage) { // its button may be what brought us here
            m_errorPage->hide();
            m_errorPage.release()->deleteLater();
        }
        return;
    }
    m_opening = true;
    connection::LocalOptions open;
    open.file = m_file;
    if (m_file != QString::fromStdString(store::defaultFile().string()))
        open.name = QFileInfo(m_file).fileName(); // windows of several cores are told apart
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
        QAction *copy = m_window->actions().copyTo;
        copy->setVisible(true);
        connect(copy, &QAction::triggered, this,
                [this] { views::startCopy(*m_connection, copyTargets(*m_connection), *m_window); });
        lead(*m_window, *m_connection, std::exchange(m_wish, {}));
        return;
    }
    auto *visit = new Visit(*m_connection, *m_window, m_options.page, m_options.select);
    connect(visit, &Visit::failed, this, &Starter::fail);
    connect(visit, &Visit::arrived, this, [this] {
        if (m_window->grab().save(m_options.picture, "PNG"))
            leave(0);
        else
            fail(QStringLiteral("%1 could not be written.").arg(m_options.picture));
    });
    visit->start();
}

void Starter::lead(views::MainWindow &window, connection::Connection &connection, const Wish &wish)
{
    if (wish.page.isEmpty() && wish.select.isEmpty())
        return;
    auto *visit = new Visit(connection, window, wish.page, wish.select);
    connect(visit, &Visit::failed, &window, [&window](const QString &reason) {
        window.showMessage({views::Message::Kind::Problem, reason, {}});
    });
    visit->start();
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
        m_claims.erase(m_coreClaim); // whoever wants that one is shown it by another process
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
    bringToFront(*m_window);
}

void Starter::showConnections(QWidget *beside)
{
    auto *dialog = beside->findChild<views::ConnectionsDialog *>();
    if (!dialog) {
        dialog = new views::ConnectionsDialog(m_profiles, m_secrets, beside);
        connect(dialog, &views::ConnectionsDialog::openWanted, this, [this](const QString &id) {
            if (const connection::Profile *profile = m_profiles.find(id))
                openRemote(*profile, {});
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

/// The local core, and every server but the source itself.
std::vector<views::CopyTarget> Starter::copyTargets(const connection::Connection &source)
{
    std::vector<views::CopyTarget> targets;
    if (m_connection && m_connection.get() != &source) {
        targets.push_back(views::targetOpen(*m_connection));
        targets.back().told = [editor = QPointer(&m_window->editor())](const QString &document, const QString &summary,
                                                                       const QString &undo) {
            if (editor)
                editor->imported(document, summary, undo);
        };
    } else if (!m_connection) {
        targets.push_back(views::targetIn(m_file));
    }
    // A list that can't be read is told where it is shown: File, Connections.
    [[maybe_unused]] const auto loaded = m_profiles.load();
    const auto *from = qobject_cast<const connection::RemoteConnection *>(&source);
    for (const connection::Profile &profile : m_profiles.all()) {
        if (from && from->profile().id == profile.id)
            continue;
        QPointer<connection::RemoteConnection> open = m_remotes.connection(profile.id);
        targets.push_back(views::targetAt(profile, m_profiles, m_secrets));
        if (open) // the token is asked for when it is used: it is gone when the window is locked
            targets.back().open = [open, profile, signIn = targets.back().open](QWidget *parent, const auto &opened) {
                if (open)
                    views::targetAs(profile, open->token().signedIn().token).open(parent, opened);
                else
                    signIn(parent, opened);
            };
        targets.back().told = [open](const QString &, const QString &, const QString &) {
            if (open)
                open->refresh(); // what its window shows
        };
    }
    return targets;
}

void Starter::fail(const QString &reason)
{
    std::fprintf(stderr, "kith: %s\n", qUtf8Printable(reason));
    leave(1);
}
