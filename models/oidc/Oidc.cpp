// SPDX-License-Identifier: Apache-2.0
#include "oidc/Oidc.h"

namespace kith::oidc {

namespace {

constexpr std::size_t MostSigners = 256;
/// The keys are looked at at least so often, in case another process or a clock set back changed what is due.
constexpr Nanoseconds LongestRest = 60'000'000'000;

/// When something of the key is due; 0: nothing will be.
Nanoseconds dueTime(const NamedKey &key)
{
    Nanoseconds due = key.signing ? key.nextRotation : 0;
    for (const NamedKey::Public &each : key.ring)
        if (each.expires != 0 && (due == 0 || each.expires < due))
            due = each.expires;
    return due;
}

} // namespace

std::string Oidc::apiAddress() const
{
    const std::lock_guard lock(m_mutex);
    return m_apiAddress;
}

void Oidc::setApiAddress(std::string address)
{
    while (address.ends_with('/'))
        address.pop_back();
    const std::lock_guard lock(m_mutex);
    m_apiAddress = std::move(address);
}

Result<KeyPair> Oidc::signer(const NamedKey::Signer &signer, std::uint64_t readIn)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_signers.find(signer.kid); known != m_signers.end())
            return known->second;
    }
    auto pair = KeyPair::fromPrivateDer(signer.algorithm, signer.der);
    if (!pair)
        return pair;
    const std::lock_guard lock(m_mutex);
    if (m_generation != readIn)
        return pair;
    if (m_signers.size() >= MostSigners)
        m_signers.clear();
    m_signers.insert_or_assign(signer.kid, *pair);
    return pair;
}

std::size_t Oidc::signersKept() const
{
    const std::lock_guard lock(m_mutex);
    return m_signers.size();
}

void Oidc::forget()
{
    m_codes.clear();
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    m_signers.clear();
    m_nextRun.clear();
}

void Oidc::changed()
{
    m_settled = false;
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    m_nextRun.clear();
}

Result<std::vector<std::string>> Oidc::dueKeys(store::Store &store, const store::Seal &seal, MountId mount)
{
    const std::uint64_t readIn = m_generation;
    const Nanoseconds now = store.clock().now();
    {
        const std::lock_guard lock(m_mutex);
        if (const auto next = m_nextRun.find(mount); next != m_nextRun.end() && now < next->second)
            return std::vector<std::string>();
    }
    m_settled = true; // what is changed from here on unsettles it again
    auto keys = store.read([&](store::Session &session) -> Result<std::vector<NamedKey>> {
        return NamedKeys(store::Entries(session, seal, mount)).all();
    });
    if (!keys)
        return keys.error();
    std::vector<std::string> due;
    Nanoseconds next = now + LongestRest;
    for (const NamedKey &key : *keys) {
        if (key.isDue(now))
            due.push_back(key.name);
        else if (const Nanoseconds time = dueTime(key); time != 0)
            next = std::min(next, time);
    }
    const std::lock_guard lock(m_mutex);
    if (m_generation == readIn)
        m_nextRun[mount] = due.empty() ? next : now;
    return due;
}

Result<void> Oidc::runPeriodically(store::Store &store, const store::Seal &seal, MountId mount)
{
    const auto due = dueKeys(store, seal, mount);
    if (!due)
        return due.error();
    for (const std::string &name : *due) {
        auto done = withKeys(m_maker, [&](KeySupply &supply) {
            return store.write([&](store::WriteSession &session) -> Result<void> {
                const store::Entries entries(session, seal, mount);
                auto key = NamedKeys(entries).find(name);
                if (!key)
                    return key.error();
                if (!*key || !(*key)->isDue(session.now)) // meanwhile somebody else did it
                    return {};
                if ((*key)->signing && (*key)->nextRotation <= session.now)
                    if (auto rotated = (*key)->rotate(supply, session.now, (*key)->verificationTtl); !rotated)
                        return rotated;
                (*key)->dropExpired(session.now);
                saveKey(entries, **key);
                return {};
            });
        });
        if (!done)
            return done;
    }
    return {};
}

} // namespace kith::oidc
