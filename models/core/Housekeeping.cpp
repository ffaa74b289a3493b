// SPDX-License-Identifier: Apache-2.0
#include "core/Housekeeping.h"

#include "auth/Tokens.h"

#include <chrono>

namespace kith::core {

namespace {

constexpr std::chrono::seconds Round{10};

} // namespace

Housekeeping::Housekeeping(Engine &engine)
    : m_engine(engine), m_thread([this](const std::stop_token &stopping) { run(stopping); })
{}

Result<void> Housekeeping::tidy(Engine &engine)
{
    const auto needed = engine.store.read([&](store::Session &session) -> Result<bool> {
        return auth::needsTidying(session, engine.store.clock().now());
    });
    if (!needed)
        return needed.error();
    if (!*needed || !engine.store.canWrite())
        return {};
    return engine.store.write([](store::WriteSession &session) -> Result<void> {
        auth::tidyTokens(session);
        return {};
    });
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
