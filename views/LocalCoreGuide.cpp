// SPDX-License-Identifier: Apache-2.0
#include "LocalCoreGuide.h"

#include "ErrorText.h"
#include "MainWindow.h"
#include "MessageBar.h"
#include "PassphraseDialog.h"
#include "ShareDialog.h"
#include "WindowActions.h"

#include <QUrl>

#include <utility>

namespace kith::views {

using connection::CoreKey;
using connection::Sharing;

LocalCoreGuide::LocalCoreGuide(connection::LocalConnection &connection, connection::Secrets &secrets,
                               MainWindow &window)
    : QObject(&window), m_window(window), m_key(connection, secrets), m_sharing(connection)
{
    WindowActions &actions = window.actions();
    actions.share->setVisible(true);
    connect(actions.share, &QAction::triggered, this, &LocalCoreGuide::share);
    connect(actions.unlock, &QAction::triggered, this, &LocalCoreGuide::unlock);
    connect(&m_key, &CoreKey::stateChanged, this, &LocalCoreGuide::showKey);
    connect(&m_sharing, &Sharing::stateChanged, this, &LocalCoreGuide::showSharing);
    connect(&window, &MainWindow::badgeClicked, this, &LocalCoreGuide::share);
    connect(&connection, &connection::Connection::writerChanged, this, [this] {
        if (m_key.state() == CoreKey::State::OtherProgram)
            m_key.find();
    });
}

void LocalCoreGuide::showKey()
{
    using State = CoreKey::State;
    const State state = m_key.state();
    QAction *action = m_window.actions().unlock;
    action->setVisible(state == State::NoKeychain || state == State::Passphrase || state == State::Missing ||
                       state == State::Closed);
    action->setText(state == State::NoKeychain   ? tr("Choose a &passphrase …")
                    : state == State::Passphrase ? tr("Unlock &secrets …")
                    : state == State::Closed     ? tr("Open the &keychain …")
                                                 : tr("Look for the &key again"));
    if (state == State::Looking)
        return;
    const bool waited = std::exchange(m_waiting, false);
    if (waited) { // what it said is to be answered
        m_told = State::Looking;
        if (state == State::Unsealed)
            m_window.showMessage(
                {Message::Kind::Done, tr("The keychain is open: tokens and passwords can be used."), {}});
    }
    if (state == State::Missing) {
        const QString text = m_key.problem().code == ErrorCode::Unreachable
                                 ? tr("There is no keychain here, but the key of this core was in one: people and "
                                      "groups can be changed, tokens and passwords can’t be used.")
                                 : tr("The keychain doesn’t give the key of this core: people and groups can be "
                                      "changed, tokens and passwords can’t be used.");
        m_window.showMessage({Message::Kind::Problem, text, {{tr("Look again"), [this] { unlock(); }}}});
    } else if (state == State::Failed) {
        m_window.showMessage({Message::Kind::Problem, errorText(m_key.problem()), {}});
    } else if (waited && state == State::OtherProgram) {
        m_window.showMessage({Message::Kind::Note,
                              tr("Another program is writing to this core: it gets its keys when that one has ended."),
                              {}});
    } else if (waited && state == State::Shares) {
        m_window.showMessage(
            {Message::Kind::Note, tr("This core is unsealed by shares, over its API: it needs no keychain."), {}});
    } else if (action->isVisible() && std::exchange(m_told, state) != state) {
        tell(state);
    }
}

/// Told, not asked: whoever has just opened the window has begun to work in it, and most of it needs no key.
void LocalCoreGuide::tell(CoreKey::State state)
{
    QString text;
    QString way;
    if (state == CoreKey::State::Passphrase) {
        text = tr("Tokens and passwords of this core are locked; people and groups can be changed.");
        way = tr("Unlock …");
    } else if (state == CoreKey::State::Closed) {
        text = tr("The desktop’s keychain isn’t open: to keep tokens and passwords, this core needs it.");
        way = tr("Open it …");
    } else {
        text = tr("There is no keychain here: to keep tokens and passwords, this core needs a passphrase.");
        way = tr("Choose one …");
    }
    m_window.showMessage({Message::Kind::Note, text, {{way, [this] { unlock(); }}}});
}

void LocalCoreGuide::unlock()
{
    switch (m_key.state()) {
    case CoreKey::State::Closed:
    case CoreKey::State::Missing:
        return openKeychain();
    case CoreKey::State::NoKeychain:
    case CoreKey::State::Passphrase:
        return (new PassphraseDialog(m_key, &m_window))->open();
    default:
        return;
    }
}

/// The desktop puts its question wherever it likes, and nothing but the answer ends it.
void LocalCoreGuide::openKeychain()
{
    m_waiting = true;
    m_window.showMessage(
        {Message::Kind::Waiting, tr("Waiting for the desktop’s keychain: it may ask for its password …"), {}});
    m_key.open();
}

void LocalCoreGuide::share()
{
    auto *dialog = m_window.findChild<ShareDialog *>();
    if (!dialog) {
        dialog = new ShareDialog(m_sharing, m_key, &m_window);
        connect(dialog, &ShareDialog::unlockWanted, this, &LocalCoreGuide::unlock);
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void LocalCoreGuide::showSharing()
{
    switch (m_sharing.state()) {
    case Sharing::State::Off:
    case Sharing::State::Starting:
        return m_window.setBadge({});
    case Sharing::State::On:
        return m_window.setBadge(tr("shared on %1").arg(QUrl(m_sharing.url()).authority()),
                                 tr("Programs on this machine can use this core at %1").arg(m_sharing.url()));
    case Sharing::State::Stopping:
        return m_window.setBadge(tr("stops sharing …"));
    }
}

} // namespace kith::views
