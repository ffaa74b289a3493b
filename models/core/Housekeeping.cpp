// SPDX-License-Identifier: Apache-2.0
#include "core/Housekeeping.h"

#include "auth/SecretIds.h"
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

Result<void> Housekeeping::tidy(Engine &engine)
{
    Result<void> rotated;
    if (engine.store.canWrite()) {
        if (auto begun = beginTermIfDue(engine.keyring); !begun)
            return begun;
        rotated = rotateSigningKeys(engine); // what fails there must not keep tokens from being tidied
    }
    const auto needed = engine.store.read([&](store::Session &session) -> Result<bool> {
        const Nanoseconds now = engine.store.clock().now();
        return auth::needsTidying(session, now) || auth::secretIdsNeedTidying(session, now);
    });
    if (!needed)
        return needed.error();
    if (!*needed || !engine.store.canWrite())
        return rotated;
    auto tidied = engine.store.write([](store::WriteSession &session) -> Result<void> {
        auth::tidyTokens(session);
        auth::tidySecretIds(session);
        return {};
    });
    return tidied ? rotated : tidied;
}

void Housekeeping::run(const std::stop_token &stopping)
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stopping, Round, [&] { return stopping.stop_requested(); })) {
        // A round that fails (a full disk, say) is made up for by the next one.
        try {
            [[maybe_unused]] const auto tidied = tidy(m_engine);
        } catch (const std::exception &) {
            continue;
        }
    }
}

} // namespace kith::core
