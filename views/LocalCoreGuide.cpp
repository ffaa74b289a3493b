// SPDX-License-Identifier: Apache-2.0
#include "LocalCoreGuide.h"

#include "ErrorText.h"
#include "MainWindow.h"
#include "MessageBar.h"
#include "PassphraseDialog.h"
#include "ShareDialog.h"
#include "WindowActions.h"

#include <QUrl>

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
    action->setVisible(state == State::NoKeychain || state == State::Passphrase || state == State::Missing);
    action->setText(state == State::NoKeychain   ? tr("Choose a &passphrase …")
                    : state == State::Passphrase ? tr("Unlock &secrets …")
                                                 : tr("Look for the &key again"));
    if (state == State::Passphrase && !std::exchange(m_asked, true)) {
        unlock();
    } else if (state == State::NoKeychain && !std::exchange(m_asked, true)) {
        m_window.showMessage({Message::Kind::Note,
                              tr("There is no keychain here: to keep tokens and passwords, this core needs a "
                                 "passphrase."),
                              {{tr("Choose one …"), [this] { unlock(); }}}});
    } else if (state == State::Missing) {
        const QString text = m_key.problem().code == ErrorCode::Unreachable
                                 ? tr("There is no keychain here, but the key of this core was in one: people and "
                                      "groups can be changed, tokens and passwords can’t be used.")
                                 : tr("The keychain doesn’t give the key of this core: people and groups can be "
                                      "changed, tokens and passwords can’t be used.");
        m_window.showMessage({Message::Kind::Problem, text, {{tr("Look again"), [this] { m_key.find(); }}}});
    } else if (state == State::Failed) {
        m_window.showMessage({Message::Kind::Problem, errorText(m_key.problem()), {}});
    }
}

void LocalCoreGuide::unlock()
{
    if (m_key.state() == CoreKey::State::Missing)
        return m_key.find();
    if (m_key.state() == CoreKey::State::NoKeychain || m_key.state() == CoreKey::State::Passphrase)
        (new PassphraseDialog(m_key, &m_window))->open();
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
