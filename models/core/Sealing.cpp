// SPDX-License-Identifier: Apache-2.0
#include "core/Sealing.h"

#include "auth/Tokens.h"
#include "core/Rekeying.h"
#include "core/RootGeneration.h"
#include "store/Text.h"

#include <boost/json.hpp>

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr std::string_view ClusterSetting = "cluster";

void nameCluster(store::WriteSession &session)
{
    const json::object names{{"name", "kith-cluster-" + randomHex(4)}, {"id", newUuid()}};
    session.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", ClusterSetting, json::serialize(names));
}

} // namespace

Sealing::Sealing(store::Store &store, store::Keyring &keyring)
    : m_store(store)
    , m_keyring(keyring)
    , m_rootGeneration(std::make_unique<RootGeneration>(store, keyring))
    , m_rekeying(std::make_unique<Rekeying>(keyring, RekeyWords::rekey()))
    , m_rotating(std::make_unique<Rekeying>(keyring, RekeyWords::rotation()))
{}

Sealing::~Sealing() = default;

Result<Cluster> Sealing::cluster()
{
    if (m_cluster)
        return *m_cluster;
    const auto stored = m_store.read([](store::Session &session) -> Result<std::optional<std::string>> {
        return session.text("SELECT value FROM setting WHERE name = ?", ClusterSetting);
    });
    if (!stored)
        return stored.error();
    const json::value names = *stored ? json::parse(**stored) : json::object{{"name", ""}, {"id", ""}};
    m_cluster = Cluster{json::value_to<std::string>(names.at("name")), json::value_to<std::string>(names.at("id"))};
    return *m_cluster;
}

Result<Sealing::Status> Sealing::status()
{
    auto keys = m_keyring.status();
    if (!keys)
        return keys.error();
    const std::lock_guard lock(m_mutex);
    Status status{std::move(*keys), m_shares.count(), m_nonce, {}};
    if (!status.sealed()) {
        auto names = cluster();
        if (!names)
            return names.error();
        status.cluster = std::move(*names);
    }
    return status;
}

Result<void> Sealing::createKeys(const store::SecretKey &rootKey, const store::KeyShares &shares,
                                 const RootKeyPlace &place, std::string *rootToken)
{
    return m_keyring.createSealed(rootKey, shares,
                                  [&](store::WriteSession &session, const store::Seal &seal) -> Result<void> {
                                      nameCluster(session);
                                      savePlace(session, place);
                                      if (!rootToken)
                                          return {};
                                      auto made = makeRootToken(session, seal);
                                      if (!made)
                                          return made.error();
                                      *rootToken = std::move(*made);
                                      return {};
                                  });
}

Result<FirstKeys> Sealing::initialise(const store::KeyShares &shares)
{
    const auto state = m_keyring.state();
    if (!state)
        return state.error();
    const Error already = invalidRequest("Vault is already initialized");
    if (*state != store::Keyring::State::New)
        return already;
    if (const std::string why = store::whyNotShareable(shares); !why.empty())
        return invalidRequest("invalid seal configuration: " + why);
    const store::SecretKey rootKey = store::SecretKey::random();
    FirstKeys keys;
    if (auto created = createKeys(rootKey, shares, {}, &keys.rootToken); !created)
        return created.error().status == 400 ? already : created.error();
    keys.shares = store::splitSecret(rootKey.bytes(), shares);
    return keys;
}

Result<void> Sealing::open(const store::SecretKey &rootKey, const RootKeyPlace &place)
{
    const auto state = m_keyring.state();
    if (!state)
        return state.error();
    if (*state == store::Keyring::State::New)
        if (auto created = createKeys(rootKey, {}, place, nullptr); !created)
            return created;
    return m_keyring.unseal(rootKey);
}

Result<RootKeyPlace> Sealing::place()
{
    const auto state = m_keyring.state();
    if (!state)
        return state.error();
    if (*state == store::Keyring::State::New)
        return RootKeyPlace{};
    return m_store.read([](store::Session &session) -> Result<RootKeyPlace> { return findPlace(session); });
}

Result<void> Sealing::unsealTogether(int threshold)
{
    m_nonce.clear();
    auto secret = m_shares.combine(threshold);
    if (!secret)
        return invalidRequest("failed to compute combined key: " + secret.error().wire);
    auto rootKey = toRootKey(*secret);
    if (rootKey)
        if (auto opened = m_keyring.unseal(*rootKey); opened || opened.error().code != ErrorCode::Damaged)
            return opened;
    return invalidRequest("unable to retrieve stored keys: " + std::string(WrongKey));
}

Result<Sealing::Status> Sealing::unseal(std::string share)
{
    const auto keys = m_keyring.status();
    if (!keys)
        return keys.error();
    if (keys->state == store::Keyring::State::New)
        return invalidRequest("Vault is not initialized");
    if (keys->state == store::Keyring::State::Sealed) {
        if (const std::string why = whyNoShare(share); !why.empty())
            return invalidRequest("invalid key: " + why);
        const std::lock_guard lock(m_mutex);
        if (m_nonce.empty())
            m_nonce = newUuid();
        m_shares.add(std::move(share));
        if (m_shares.count() >= keys->shares.threshold)
            if (auto opened = unsealTogether(keys->shares.threshold); !opened)
                return opened.error();
    }
    return status();
}

Result<Sealing::Status> Sealing::resetUnseal()
{
    const auto keys = m_keyring.state();
    if (!keys)
        return keys.error();
    if (*keys == store::Keyring::State::Unsealed)
        return invalidRequest("vault is unsealed");
    {
        const std::lock_guard lock(m_mutex);
        m_shares.clear();
        m_nonce.clear();
    }
    return status();
}

void Sealing::seal()
{
    m_rootGeneration->cancel();
    m_rekeying->cancel();
    m_rotating->cancel();
    m_keyring.lock();
}

} // namespace kith::core
