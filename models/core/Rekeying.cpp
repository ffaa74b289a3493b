// SPDX-License-Identifier: Apache-2.0
#include "core/Rekeying.h"

#include "store/Text.h"

namespace kith::core {

RekeyWords RekeyWords::rekey()
{
    return {"rekey already in progress",
            "no barrier rekey in progress",
            "no rekey configuration found",
            "no rekey in progress",
            "no rekey in progress",
            "this rekey operation",
            "given key has already been provided during this generation operation"};
}

RekeyWords RekeyWords::rotation()
{
    return {"rotation already in progress",
            "no rotation in progress",
            "no rotation configuration found",
            "no rotation in progress",
            "no rotation verification in progress",
            "rotation",
            "given key has already been provided during this rotation"};
}

Result<int> Rekeying::threshold() const
{
    const auto keys = m_keyring.status();
    if (!keys)
        return keys.error();
    return keys->shares.threshold;
}

Rekeying::Status Rekeying::statusNow(int required) const
{
    Status status;
    status.required = required;
    if (m_nonce.empty())
        return status;
    status.nonce = m_nonce;
    status.shares = m_shares;
    status.progress = m_given.count();
    status.verify = m_verify;
    status.verificationNonce = m_verificationNonce;
    status.earlyNonce = m_earlyNonce;
    status.verified = m_verified.count();
    return status;
}

Result<Rekeying::Status> Rekeying::status()
{
    const auto required = threshold();
    if (!required)
        return required.error();
    const std::lock_guard lock(m_mutex);
    return statusNow(*required);
}

Result<Rekeying::Status> Rekeying::start(const store::KeyShares &shares, bool verify)
{
    const auto required = threshold();
    if (!required)
        return required.error();
    const std::lock_guard lock(m_mutex);
    if (!m_nonce.empty())
        return invalidRequest(m_words.already);
    m_nonce = newUuid();
    m_shares = shares;
    m_verify = verify;
    return statusNow(*required);
}

/// The shares are complete: what they make must be the root key, and gives its place to a new one.
Result<Rekeying::Status> Rekeying::takeOver(Status status)
{
    const Error wrong{ErrorCode::Damaged, 500, "failed to read root key: " + std::string(WrongKey), {}};
    auto secret = m_given.combine(status.required);
    if (!secret)
        return Error{ErrorCode::Damaged, 500, "failed to compute combined key: " + secret.error().wire, {}};
    const auto oldKey = toRootKey(*secret);
    if (!oldKey)
        return wrong;
    const store::SecretKey newKey = store::SecretKey::random();
    if (m_verify) {
        if (auto right = m_keyring.check(*oldKey); !right)
            return right.error().code == ErrorCode::Damaged ? wrong : right.error();
        m_oldKey = *oldKey;
        m_newKey = newKey;
        m_verificationNonce = newUuid();
        status.verificationNonce = m_verificationNonce;
    } else {
        if (auto changed = m_keyring.changeRootKey(*oldKey, newKey, m_shares); !changed)
            return changed.error().code == ErrorCode::Damaged ? wrong : changed.error();
        status.done = true;
    }
    status.newShares = store::splitSecret(newKey.bytes(), m_shares);
    if (status.done)
        reset();
    return status;
}

Result<Rekeying::Status> Rekeying::update(std::string share, const std::string &nonce)
{
    const auto required = threshold();
    if (!required)
        return required.error();
    const std::string wrong = whyNoShare(share);
    const std::lock_guard lock(m_mutex);
    if (m_nonce.empty())
        return invalidRequest(m_words.none);
    if (!m_verificationNonce.empty())
        return invalidRequest("rekey operation already finished; verification must be performed; nonce for the "
                              "verification operation is \"" +
                              m_verificationNonce + "\"");
    if (nonce != m_nonce)
        return invalidRequest("incorrect nonce supplied; nonce for " + m_words.nonce + " is \"" + m_nonce + "\"");
    if (!wrong.empty())
        return invalidRequest(wrong);
    if (!m_given.add(std::move(share)))
        return invalidRequest(m_words.given);
    Status status = statusNow(*required);
    return status.progress < *required ? Result<Status>(status) : takeOver(std::move(status));
}

Result<Rekeying::Status> Rekeying::verificationStatus()
{
    const std::lock_guard lock(m_mutex);
    if (m_nonce.empty())
        return invalidRequest(m_words.noneToVerify);
    return statusNow(0);
}

Result<Rekeying::Status> Rekeying::verify(std::string share, const std::string &nonce)
{
    const std::string wrong = whyNoShare(share);
    const std::lock_guard lock(m_mutex);
    if (m_nonce.empty() || m_verificationNonce.empty())
        return invalidRequest(m_nonce.empty() ? m_words.noShares : m_words.noVerification);
    if (nonce != m_verificationNonce)
        return invalidRequest("incorrect nonce supplied; nonce for this verify operation is \"" + m_verificationNonce +
                              "\"");
    if (!wrong.empty())
        return invalidRequest(wrong);
    if (!m_verified.add(std::move(share)))
        return invalidRequest("given key has already been provided during this verify operation");
    Status status = statusNow(0);
    if (status.verified < m_shares.threshold)
        return status;
    auto secret = m_verified.combine(m_shares.threshold);
    if (!secret || !store::equalSecrets(*secret, m_newKey->bytes())) {
        m_verificationNonce = newUuid();
        return invalidRequest("rekey verification failed; incorrect key shares supplied");
    }
    store::wipe(*secret);
    if (auto changed = m_keyring.changeRootKey(*m_oldKey, *m_newKey, m_shares); !changed)
        return changed.error();
    status.done = true;
    reset();
    return status;
}

Result<Rekeying::Status> Rekeying::restartVerification()
{
    const std::lock_guard lock(m_mutex);
    if (m_nonce.empty())
        return invalidRequest(m_words.noneToVerify);
    m_verified.clear();
    if (!m_verificationNonce.empty())
        m_verificationNonce = newUuid();
    else
        m_earlyNonce = newUuid();
    return statusNow(0);
}

void Rekeying::reset()
{
    m_nonce.clear();
    m_given.clear();
    m_verificationNonce.clear();
    m_earlyNonce.clear();
    m_verified.clear();
    m_oldKey.reset();
    m_newKey.reset();
}

void Rekeying::cancel()
{
    const std::lock_guard lock(m_mutex);
    reset();
}

} // namespace kith::core
