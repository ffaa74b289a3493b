// SPDX-License-Identifier: Apache-2.0
#include "core/RootGeneration.h"

#include "auth/Tokens.h"
#include "store/Base64.h"
#include "store/Text.h"

namespace kith::core {

Result<std::string> makeRootToken(store::WriteSession &session, const store::Seal &seal)
{
    auth::Token token;
    token.policies = {"root"};
    token.path = "auth/token/root";
    token.displayName = "root";
    auto made = auth::createToken(session, seal, std::move(token));
    if (!made)
        return made.error();
    return std::move(made->secret);
}

std::string newOneTimePassword()
{
    constexpr std::string_view Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::size_t Even = 256 - 256 % Letters.size(); // above it some letters would come more often
    std::string password;
    while (password.size() < RootGeneration::TokenLength) {
        const auto byte = static_cast<unsigned char>(store::randomBytes(1)[0]);
        if (byte < Even)
            password.push_back(Letters[byte % Letters.size()]);
    }
    return password;
}

Result<int> RootGeneration::threshold() const
{
    const auto keys = m_keyring.status();
    if (!keys)
        return keys.error();
    return keys->shares.threshold;
}

Result<RootGeneration::Status> RootGeneration::status()
{
    const auto required = threshold();
    if (!required)
        return required.error();
    const std::lock_guard lock(m_mutex);
    return Status{m_nonce, m_shares.count(), *required, {}};
}

Result<RootGeneration::Status> RootGeneration::start(std::string password)
{
    if (password.size() != TokenLength)
        return invalidRequest("OTP string has incorrect length");
    {
        const std::lock_guard lock(m_mutex);
        if (!m_nonce.empty())
            return invalidRequest("root generation already in progress for this namespace");
        m_nonce = newUuid();
        m_password = std::move(password);
    }
    return status();
}

Result<std::string> RootGeneration::encodedToken(int threshold)
{
    const std::string aborted = "root generation aborted: unable to authenticate: ";
    auto secret = m_shares.combine(threshold);
    if (!secret)
        return invalidRequest(aborted + "failed to compute combined key: " + secret.error().wire);
    const auto rootKey = toRootKey(*secret);
    if (!rootKey || !m_keyring.check(*rootKey))
        return invalidRequest(aborted + "unable to retrieve stored keys: " + std::string(WrongKey));
    const auto seal = m_keyring.unsealed();
    if (!seal)
        return seal.error();
    auto token = m_store.write([&](store::WriteSession &session) { return makeRootToken(session, **seal); });
    if (!token)
        return token.error();
    for (std::size_t i = 0; i < token->size(); ++i)
        (*token)[i] = static_cast<char>((*token)[i] ^ m_password[i % m_password.size()]);
    std::string encoded = store::toBase64(*token);
    encoded.erase(encoded.find_last_not_of('=') + 1);
    return encoded;
}

Result<RootGeneration::Status> RootGeneration::update(std::string share, const std::string &nonce)
{
    const auto required = threshold();
    if (!required)
        return required.error();
    const std::string wrong = whyNoShare(share);
    const std::lock_guard lock(m_mutex);
    if (m_nonce.empty())
        return invalidRequest("no root generation in progress");
    if (nonce != m_nonce)
        return invalidRequest("incorrect nonce supplied; nonce for this root generation operation is \"" + m_nonce +
                              "\"");
    if (!wrong.empty())
        return invalidRequest("invalid key: " + wrong);
    if (!m_shares.add(std::move(share)))
        return invalidRequest("given key has already been provided during this generation operation");
    Status status{m_nonce, m_shares.count(), *required, {}};
    if (status.progress < *required)
        return status;
    auto encoded = encodedToken(*required);
    if (!encoded)
        return encoded.error();
    status.encodedToken = std::move(*encoded);
    m_nonce.clear();
    store::wipe(m_password);
    return status;
}

void RootGeneration::cancel()
{
    const std::lock_guard lock(m_mutex);
    m_shares.clear();
    m_nonce.clear();
    store::wipe(m_password);
}

} // namespace kith::core
