// SPDX-License-Identifier: Apache-2.0
#include "store/Keyring.h"

namespace kith::store {

namespace {

constexpr std::string_view DataKeyPlace = "keyring/data key";

Result<std::optional<std::string>> sealedDataKey(Store &store)
{
    return store.read([](Session &session) -> Result<std::optional<std::string>> {
        Query rows = session.query("SELECT data_key FROM keyring");
        if (!rows.step())
            return std::optional<std::string>();
        return std::optional(std::string(rows.blob(0)));
    });
}

} // namespace

Result<Keyring::State> Keyring::state() const
{
    if (seal())
        return State::Unsealed;
    const auto key = sealedDataKey(m_store);
    if (!key)
        return key.error();
    return *key ? State::Sealed : State::New;
}

std::shared_ptr<const Seal> Keyring::seal() const
{
    const std::lock_guard lock(m_mutex);
    return m_seal;
}

Result<void> Keyring::create(const SecretKey &rootKey)
{
    const SecretKey dataKey = SecretKey::random();
    const std::string sealed = Seal(rootKey).seal(dataKey.bytes(), DataKeyPlace);
    auto written = m_store.write([&](WriteSession &session) -> Result<void> {
        if (session.integer("SELECT 1 FROM keyring"))
            return invalidRequest("the core has its keys already");
        session.run("INSERT INTO keyring (id, data_key) VALUES (1, ?)", Blob{sealed});
        return {};
    });
    if (!written)
        return written.error();
    hold(dataKey);
    return {};
}

Result<void> Keyring::unseal(const SecretKey &rootKey)
{
    const auto sealed = sealedDataKey(m_store);
    if (!sealed)
        return sealed.error();
    if (!*sealed)
        return invalidRequest("the core has no keys yet");
    const auto dataKey = Seal(rootKey).open(**sealed, DataKeyPlace);
    if (!dataKey)
        return dataKey.error();
    hold(SecretKey(*dataKey));
    return {};
}

void Keyring::lock()
{
    const std::lock_guard lock(m_mutex);
    m_seal.reset();
}

void Keyring::hold(const SecretKey &dataKey)
{
    auto seal = std::make_shared<const Seal>(dataKey);
    const std::lock_guard lock(m_mutex);
    m_seal = std::move(seal);
}

} // namespace kith::store
