// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ShareCollector.h"
#include "store/Keyring.h"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kith::core {

/// What the two ways of it are answered with where they differ: sys/rekey and sys/rotate/root.
struct RekeyWords {
    std::string already;        ///< Somebody has begun.
    std::string none;           ///< Nobody has.
    std::string noneToVerify;   ///< Nobody has, asked of the verification.
    std::string noShares;       ///< Nobody has, at a share for the verification.
    std::string noVerification; ///< It hasn't come to that yet.
    std::string nonce;          ///< "incorrect nonce supplied; nonce for … is "
    std::string given;          ///< The share was given already.

    static RekeyWords rekey();
    static RekeyWords rotation();
};

/// A new root key, in new shares, by the holders of the old one. With verification the new key counts only when its
/// holders have shown that they hold it. Thread-safe.
class Rekeying
{
public:
    struct Status {
        std::string nonce; ///< Empty: nobody has begun.
        store::KeyShares shares = {0, 0};
        int progress = 0;
        int required = 0;
        bool verify = false;
        std::string verificationNonce;
        std::string earlyNonce;             ///< [Q] Of a verification begun anew before there was one; it has no use.
        int verified = 0;                   ///< New shares given to verify.
        std::vector<std::string> newShares; ///< Once, with the last old share.
        bool done = false;                  ///< The new key counts.
        bool started() const { return !nonce.empty(); }
    };

    Rekeying(store::Keyring &keyring, RekeyWords words) : m_keyring(keyring), m_words(std::move(words)) {}
    ~Rekeying() { cancel(); }

    Result<Status> status();
    /// The shares must be possible (whyNotShareable). Fails with status 400.
    Result<Status> start(const store::KeyShares &shares, bool verify);
    Result<Status> update(std::string share, const std::string &nonce);
    void cancel();

    Result<Status> verificationStatus();
    Result<Status> verify(std::string share, const std::string &nonce);
    /// Begins the verification anew.
    Result<Status> restartVerification();

private:
    Status statusNow(int required) const;
    Result<int> threshold() const;
    Result<Status> takeOver(Status status);
    void reset();

    store::Keyring &m_keyring;
    RekeyWords m_words;
    std::mutex m_mutex; // guards all below
    std::string m_nonce;
    store::KeyShares m_shares;
    bool m_verify = false;
    ShareCollector m_given;
    std::string m_verificationNonce; ///< Not empty: the new key is made and waits to be verified.
    std::string m_earlyNonce;
    ShareCollector m_verified;
    std::optional<store::SecretKey> m_oldKey; ///< While the new one waits.
    std::optional<store::SecretKey> m_newKey;
};

} // namespace kith::core
