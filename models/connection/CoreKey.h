// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/LocalConnection.h"
#include "connection/Secrets.h"

#include <QThreadPool>

#include <functional>

namespace kith::connection {

/// Brings the local core the key with which its secrets (tokens, passwords, role secrets) are sealed: from the
/// desktop's keychain, or made from a passphrase. A new core gets one without a question where a keychain is open.
/// Without it the core is open all the same: who is there, what they belong to and which policies follow is not sealed.
/// Belongs to the main thread; the slow parts run elsewhere.
class CoreKey : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Looking,
        Unsealed,
        NoKeychain,   ///< A new core, and no keychain here: it wants a passphrase.
        Passphrase,   ///< It has one: whoever knows it unseals.
        Closed,       ///< The keychain is locked, or has still to be made: open() lets the desktop ask for that.
        Missing,      ///< Its key was in a keychain which isn't here, is locked, or doesn't have it; see problem().
        Shares,       ///< It is unsealed by shares, over the API.
        OtherProgram, ///< A new core that another program writes to, which therefore can't get its keys now.
        Failed,       ///< See problem().
    };

    /// Both must outlive it.
    CoreKey(LocalConnection &connection, Secrets &secrets, QObject *parent = nullptr);
    ~CoreKey() override; ///< Waits for what it has under way.

    State state() const { return m_state; }
    const Error &problem() const { return m_problem; } ///< Of Missing and Failed.

    /// Looks for the key, from the start: also to try again. Nobody is asked anything.
    void find() { look(false); }
    /// As find(), and the desktop may ask the person to open the keychain, which takes as long as it takes.
    void open() { look(true); }
    /// Unseals a core in the state Passphrase, or gives one in the state NoKeychain its keys: the state is Unsealed
    /// then, or passphraseRefused comes. Nothing in other states.
    void usePassphrase(const QString &passphrase);

Q_SIGNALS:
    void stateChanged();
    void passphraseRefused(const kith::Error &error); ///< Damaged: it is another one.

private:
    void look(bool mayAsk);
    void found(const Result<core::Core::RootKey> &key);
    void useKeychain(std::function<void()> use);
    void readKeychain();
    void makeKeys();
    void unsealWith(const QByteArray &key, const core::RootKeyPlace &place);
    void become(State state, Error problem = {});

    LocalConnection &m_connection;
    Secrets &m_secrets;
    State m_state = State::Looking;
    Error m_problem;
    bool m_mayAsk = false;
    core::RootKeyPlace m_place;
    QThreadPool m_pool;
};

} // namespace kith::connection
