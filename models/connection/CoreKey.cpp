// SPDX-License-Identifier: Apache-2.0
#include "connection/CoreKey.h"

#include "connection/Async.h"
#include "connection/Conversions.h"
#include "store/Text.h"

#include <QtConcurrent/QtConcurrentRun>

namespace kith::connection {

using Kind = core::RootKeyPlace::Kind;

namespace {

Result<store::SecretKey> keyIn(const QByteArray &bytes)
{
    if (bytes.size() != static_cast<qsizetype>(store::SecretKey::Size))
        return Error{ErrorCode::Damaged, 500, "what the keychain has isn't a key", {}};
    return store::SecretKey(std::string_view(bytes.data(), store::SecretKey::Size));
}

} // namespace

CoreKey::CoreKey(LocalConnection &connection, Secrets &secrets, QObject *parent)
    : QObject(parent), m_connection(connection), m_secrets(secrets)
{
    m_pool.setMaxThreadCount(1);
}

CoreKey::~CoreKey()
{
    m_pool.waitForDone();
}

void CoreKey::become(State state, Error problem)
{
    m_problem = std::move(problem);
    m_state = state;
    Q_EMIT stateChanged();
}

void CoreKey::look(bool mayAsk)
{
    m_mayAsk = mayAsk;
    become(State::Looking);
    whenReady(QtConcurrent::run(&m_pool, [core = &m_connection.core()] { return core->rootKey(); }), this,
              [this](const Result<core::Core::RootKey> &key) { found(key); });
}

void CoreKey::found(const Result<core::Core::RootKey> &key)
{
    if (!key)
        return become(State::Failed, key.error());
    m_place = key->place;
    if (key->state == store::Keyring::State::Unsealed)
        return become(State::Unsealed);
    if (key->state == store::Keyring::State::New)
        return m_connection.otherWriter().isEmpty() ? useKeychain([this] { makeKeys(); }) : become(State::OtherProgram);
    switch (m_place.kind) {
    case Kind::Keychain:
        return useKeychain([this] { readKeychain(); });
    case Kind::Passphrase:
        return become(State::Passphrase);
    case Kind::Shares:
        return become(State::Shares);
    }
}

void CoreKey::useKeychain(std::function<void()> use)
{
    if (m_mayAsk)
        return use();
    // A question of the desktop takes the keyboard away from whoever has just begun to work.
    whenReady(m_secrets.wouldAsk(), this, [this, use = std::move(use)](const Result<bool> &asks) {
        if (asks && *asks)
            become(State::Closed);
        else
            use();
    });
}

void CoreKey::readKeychain()
{
    whenReady(m_secrets.read(Secrets::rootKeyOf(toQt(m_place.keychainId))), this,
              [this](const Result<QByteArray> &key) {
                  if (key)
                      unsealWith(*key, m_place);
                  else
                      become(State::Missing, key.error());
              });
}

/// In the keychain before in the core: a core whose key is nowhere would be the worse half.
void CoreKey::makeKeys()
{
    const core::RootKeyPlace place{Kind::Keychain, newUuid(), {}};
    const store::SecretKey key = store::SecretKey::random();
    const QByteArray bytes(key.bytes().data(), static_cast<qsizetype>(key.bytes().size()));
    const QString name = Secrets::rootKeyOf(toQt(place.keychainId));
    whenReady(m_secrets.write(name, bytes), this, [this, name, place, bytes](const Result<void> &written) {
        if (!written)
            return become(State::NoKeychain, written.error());
        // What it gives back is what counts.
        whenReady(m_secrets.read(name), this, [this, place, bytes](const Result<QByteArray> &kept) {
            if (!kept || *kept != bytes)
                return become(State::NoKeychain, kept ? Error() : kept.error());
            unsealWith(bytes, place);
        });
    });
}

void CoreKey::unsealWith(const QByteArray &bytes, const core::RootKeyPlace &place)
{
    const auto key = keyIn(bytes);
    if (!key)
        return become(State::Missing, key.error());
    whenReady(QtConcurrent::run(&m_pool,
                                [core = &m_connection.core(), key = *key, place] { return core->unseal(key, place); }),
              this, [this](const Result<void> &unsealed) {
                  if (unsealed)
                      become(State::Unsealed);
                  else
                      become(unsealed.error().code == ErrorCode::Damaged ? State::Missing : State::Failed,
                             unsealed.error());
              });
}

void CoreKey::usePassphrase(const QString &passphrase)
{
    core::RootKeyPlace place = m_place;
    if (m_state == State::NoKeychain)
        place = {Kind::Passphrase, {}, store::Scrypt::withNewSalt()};
    else if (m_state != State::Passphrase)
        return;
    // Composed, so that the same letters are the same passphrase on every keyboard.
    std::string text = toStd(passphrase.normalized(QString::NormalizationForm_C));
    const auto unsealing = QtConcurrent::run(
        &m_pool, [core = &m_connection.core(), text = std::move(text), place = std::move(place)]() mutable {
            const auto key = store::keyFromPassphrase(text, place.scrypt);
            store::wipe(text);
            return key ? core->unseal(*key, place) : Result<void>(key.error());
        });
    whenReady(unsealing, this, [this](const Result<void> &unsealed) {
        if (unsealed)
            become(State::Unsealed);
        else
            Q_EMIT passphraseRefused(unsealed.error());
    });
}

} // namespace kith::connection
