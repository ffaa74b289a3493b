// SPDX-License-Identifier: Apache-2.0
#include "core/Housekeeping.h"

#include "auth/Lockouts.h"
#include "auth/SecretIds.h"
#include "auth/SignIns.h"
#include "auth/TokenTidying.h"
#include "auth/Tokens.h"
#include "identity/Identities.h"
#include "oidc/Oidc.h"

#include <chrono>

namespace kith::core {

namespace {

constexpr std::chrono::seconds Round{10};

/// Values sealed with one key are counted; past a limit the next ones get a key of their own.
Result<void> beginTermIfDue(store::Keyring &keyring)
{
    const auto status = keyring.status();
    if (!status)
        return status.error();
    if (status->state != store::Keyring::State::Unsealed || status->sealings < store::Keyring::MostSealings)
        return {};
    return keyring.beginTerm();
}

Result<void> rotateSigningKeys(Engine &engine)
{
    const auto seal = engine.keyring.seal();
    const auto mounts = engine.identities->mounts();
    if (!seal || !mounts)
        return mounts ? Result<void>() : mounts.error();
    if (!engine.oidc->apiAddress().empty()) // a server: its first RSA key isn't to be waited for
        engine.oidc->maker().stockUp();
    Result<void> outcome; // the first failure: keys of other namespaces are rotated all the same
    for (const identity::MountEntry &mount : (*mounts)->all())
        if (mount.type == "identity")
            if (auto rotated = engine.oidc->runPeriodically(engine.store, *seal, mount.id); !rotated && outcome)
                outcome = rotated;
    return outcome;
}

} // namespace

Housekeeping::Housekeeping(Engine &engine)
    : m_engine(engine), m_thread([this](const std::stop_token &stopping) { run(stopping); })
{}

Result<void> Housekeeping::tidy()
{
    m_engine.signIns->tidy(m_engine.store.clock().now());
    if (!m_engine.store.canWrite())
        return {};
    if (auto begun = beginTermIfDue(m_engine.keyring); !begun)
        return begun;
    const auto rotated = rotateSigningKeys(m_engine); // what fails there must not keep tokens from being tidied
    const auto removed = removeWhatIsOver();
    return removed ? rotated : removed;
}

/// A round costs the same however many tokens there are, but for the one after the clock was set back.
Result<void> Housekeeping::removeWhatIsOver()
{
    const Nanoseconds now = m_engine.store.clock().now();
    const Nanoseconds steady = std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
    const bool back = m_watch.wasSetBack(now, steady);
    enum class Due { Nothing, WhatIsOver, All };
    const auto due = m_engine.store.read([&](store::Session &session) -> Result<Due> {
        if (back && (auth::needsTidying(session, now) || auth::anySecretIdIsAhead(session, now)))
            return Due::All;
        const bool over = auth::anyTokenIsOver(session, now) || auth::anySecretIdHasExpired(session, now) ||
                          auth::Lockouts::needsTidying(session);
        return over ? Due::WhatIsOver : Due::Nothing;
    });
    if (!due)
        return due.error();
    Result<void> tidied;
    if (*due != Due::Nothing)
        tidied = m_engine.store.write([&](store::WriteSession &session) -> Result<void> {
            if (*due == Due::All) {
                auth::tidyTokens(session);
                auth::tidySecretIds(session);
            } else {
                auth::removeTokensThatAreOver(session);
                auth::removeExpiredSecretIds(session);
            }
            auth::Lockouts::tidy(session);
            return {};
        });
    if (tidied && back)
        m_watch.settle(now, steady);
    return tidied;
}

void Housekeeping::run(const std::stop_token &stopping)
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stopping, Round, [&] { return stopping.stop_requested(); })) {
        // A round that fails (a full disk, say) is made up for by the next one.
        try {
            [[maybe_unused]] const auto tidied = tidy();
        } catch (const std::exception &) {
            continue;
        }
    }
}

} // namespace kith::core
