// SPDX-License-Identifier: Apache-2.0
#include "store/Keyring.h"

namespace kith::store {

namespace {

constexpr std::string_view DataKeyPlace = "keyring/data key";
constexpr std::string_view LaterKeysPlace = "keyring/later keys";

struct Row {
    std::string dataKey;
    std::string laterKeys;
    KeyShares shares;
    Nanoseconds termBegun = 0;
};

std::optional<Row> findRow(Session &session)
{
    Query rows = session.query("SELECT data_key, later_keys, shares, threshold, term_begun FROM keyring");
    if (!rows.step())
        return std::nullopt;
    return Row{std::string(rows.blob(0)), std::string(rows.blob(1)),
               KeyShares{static_cast<int>(rows.integer(2)), static_cast<int>(rows.integer(3))}, rows.integer(4)};
}

Result<std::optional<Row>> readRow(Store &store)
{
    return store.read([](Session &session) -> Result<std::optional<Row>> { return findRow(session); });
}

Result<SecretKey> openDataKey(const std::optional<Row> &row, const SecretKey &rootKey)
{
    if (!row)
        return invalidRequest("the core has no keys yet");
    auto dataKey = Seal(rootKey).open(row->dataKey, DataKeyPlace);
    if (!dataKey)
        return dataKey.error();
    const SecretKey key(*dataKey);
    wipe(*dataKey);
    return key;
}

} // namespace

Result<Keyring::State> Keyring::state() const
{
    if (seal())
        return State::Unsealed;
    const auto row = readRow(m_store);
    if (!row)
        return row.error();
    return *row ? State::Sealed : State::New;
}

Result<Keyring::Status> Keyring::status() const
{
    const auto row = readRow(m_store);
    if (!row)
        return row.error();
    Status status;
    if (!*row)
        return status;
    status.state = State::Sealed;
    status.shares = (*row)->shares;
    if (const auto keys = seal()) {
        status.state = State::Unsealed;
        status.term = keys->term();
        status.sealings = keys->sealings();
        status.termBegun = (*row)->termBegun;
    }
    return status;
}

Result<std::shared_ptr<const Seal>> Keyring::unsealed() const
{
    auto held = seal();
    if (!held)
        return Error{ErrorCode::InvalidRequest, 503, "Vault is sealed", {}};
    return held;
}

std::shared_ptr<const Seal> Keyring::seal() const
{
    const std::lock_guard lock(m_mutex);
    return m_seal;
}

Result<void> Keyring::create(const SecretKey &rootKey)
{
    if (auto created = createSealed(rootKey, {}); !created)
        return created;
    return unseal(rootKey);
}

Result<void> Keyring::createSealed(const SecretKey &rootKey, const KeyShares &shares, const Along &along)
{
    const SecretKey dataKey = SecretKey::random();
    const std::string sealed = Seal(rootKey).seal(dataKey.bytes(), DataKeyPlace);
    return m_store.write([&](WriteSession &session) -> Result<void> {
        if (session.integer("SELECT 1 FROM keyring"))
            return invalidRequest("the core has its keys already");
        session.run("INSERT INTO keyring (id, data_key, shares, threshold, term_begun) VALUES (1, ?, ?, ?, ?)",
                    Blob{sealed}, shares.count, shares.threshold, session.now);
        return along ? along(session, Seal(dataKey)) : Result<void>();
    });
}

Result<void> Keyring::unseal(const SecretKey &rootKey)
{
    const auto row = readRow(m_store);
    if (!row)
        return row.error();
    const auto dataKey = openDataKey(*row, rootKey);
    if (!dataKey)
        return dataKey.error();
    std::vector<SecretKey> keys{*dataKey};
    if (!(*row)->laterKeys.empty()) {
        auto later = Seal(*dataKey).open((*row)->laterKeys, LaterKeysPlace);
        if (!later)
            return later.error();
        for (std::string_view rest = *later; rest.size() >= SecretKey::Size; rest.remove_prefix(SecretKey::Size))
            keys.emplace_back(rest.substr(0, SecretKey::Size));
        wipe(*later);
    }
    hold(std::move(keys));
    return {};
}

Result<void> Keyring::check(const SecretKey &rootKey) const
{
    const auto row = readRow(m_store);
    if (!row)
        return row.error();
    const auto dataKey = openDataKey(*row, rootKey);
    return dataKey ? Result<void>() : dataKey.error();
}

Result<void> Keyring::changeRootKey(const SecretKey &rootKey, const SecretKey &newRootKey, const KeyShares &shares)
{
    return m_store.write([&](WriteSession &session) -> Result<void> {
        const auto dataKey = openDataKey(findRow(session), rootKey);
        if (!dataKey)
            return dataKey.error();
        session.run("UPDATE keyring SET data_key = ?, shares = ?, threshold = ?",
                    Blob{Seal(newRootKey).seal(dataKey->bytes(), DataKeyPlace)}, shares.count, shares.threshold);
        return {};
    });
}

Result<void> Keyring::beginTerm()
{
    std::vector<SecretKey> keys;
    // The keys that count are those in the file: two terms that begin at once are two terms.
    auto written = m_store.write([&](WriteSession &session) -> Result<void> {
        {
            const std::lock_guard lock(m_mutex);
            keys = m_keys;
        }
        const auto row = findRow(session);
        if (keys.empty() || !row)
            return invalidRequest("the core is sealed");
        const Seal first(keys.front());
        std::string later;
        if (!row->laterKeys.empty()) {
            auto known = first.open(row->laterKeys, LaterKeysPlace);
            if (!known)
                return known.error();
            later = std::move(*known);
        }
        later += SecretKey::random().bytes();
        session.run("UPDATE keyring SET later_keys = ?, term_begun = ?", Blob{first.seal(later, LaterKeysPlace)},
                    session.now);
        keys.resize(1);
        for (std::string_view rest = later; !rest.empty(); rest.remove_prefix(SecretKey::Size))
            keys.emplace_back(rest.substr(0, SecretKey::Size));
        wipe(later);
        return {};
    });
    if (!written)
        return written;
    const std::lock_guard lock(m_mutex);
    // Sealed meanwhile, or another term began after this one: then what is held, or not, is newer.
    if (!m_keys.empty() && m_keys.size() < keys.size()) {
        m_seal = std::make_shared<const Seal>(keys);
        m_keys = std::move(keys);
    }
    return {};
}

void Keyring::lock()
{
    const std::lock_guard lock(m_mutex);
    m_keys.clear();
    m_seal.reset();
}

void Keyring::hold(std::vector<SecretKey> keys)
{
    auto seal = std::make_shared<const Seal>(keys);
    const std::lock_guard lock(m_mutex);
    m_keys = std::move(keys);
    m_seal = std::move(seal);
}

} // namespace kith::store
