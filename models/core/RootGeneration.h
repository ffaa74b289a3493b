// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ShareCollector.h"
#include "store/Keyring.h"

#include <mutex>
#include <string>

namespace kith::core {

/// A new root token by the holders of the root key, for when the last one is lost. The token is given away only
/// covered by a one-time password, which the first of them knows. Thread-safe.
class RootGeneration
{
public:
    static constexpr std::size_t TokenLength = 26;

    struct Status {
        std::string nonce; ///< Empty: nobody has begun.
        int progress = 0;
        int required = 0;
        std::string encodedToken; ///< Once, with the last share: base64 of token XOR password.
        bool started() const { return !nonce.empty(); }
    };

    RootGeneration(store::Store &store, store::Keyring &keyring) : m_store(store), m_keyring(keyring) {}
    ~RootGeneration() { cancel(); }

    Result<Status> status();
    /// `password`: of TokenLength characters. Fails with status 400.
    Result<Status> start(std::string password);
    Result<Status> update(std::string share, const std::string &nonce);
    void cancel();

private:
    Result<std::string> encodedToken(int threshold);
    Result<int> threshold() const;

    store::Store &m_store;
    store::Keyring &m_keyring;
    std::mutex m_mutex; // guards all below
    ShareCollector m_shares;
    std::string m_nonce;
    std::string m_password;
};

/// A root token that never expires.
Result<std::string> makeRootToken(store::WriteSession &session, const store::Seal &seal);

/// A one-time password for start().
std::string newOneTimePassword();

} // namespace kith::core
