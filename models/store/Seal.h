// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_md_ctx_st; // OpenSSL's EVP_MD_CTX

namespace kith::store {

/// A key of AES-256 or of HMAC-SHA256. Wiped when it goes.
class SecretKey
{
public:
    static constexpr std::size_t Size = 32;

    SecretKey() = default; ///< All zero: no key.
    /// Throws std::logic_error unless there are exactly Size bytes.
    explicit SecretKey(std::string_view bytes);
    static SecretKey random();
    ~SecretKey();
    SecretKey(const SecretKey &) = default;
    SecretKey &operator=(const SecretKey &) = default;

    std::string_view bytes() const;
    /// A key of its own for a purpose (HKDF-SHA256, RFC 5869), so that no key serves two ends.
    SecretKey derive(std::string_view purpose) const;

private:
    std::array<char, Size> m_bytes{};
};

/// Seals what must not be readable in a copy of the core file: AES-256-GCM with a random nonce. Immutable and usable
/// by many threads. Whoever holds one can read every secret, so it exists only while a core is unsealed.
class Seal
{
public:
    explicit Seal(const SecretKey &key) : Seal(std::vector<SecretKey>{key}) {}
    /// The keys of all terms, oldest first, at least one: the last one seals, each opens what it sealed. The first one
    /// makes the digests, which therefore stay the same.
    explicit Seal(const std::vector<SecretKey> &terms);

    /// Sealed bytes: version, term, nonce, ciphertext, tag. `place` says what it is and of whom ("user/3/alice"):
    /// opening it elsewhere fails, so rows can't be swapped.
    std::string seal(std::string_view plain, std::string_view place) const;
    /// Damaged: not sealed with this key for this place, or changed since.
    Result<std::string> open(std::string_view sealed, std::string_view place) const;

    /// 32 bytes that stand for a secret (a token, a role's secret id): HMAC-SHA256 with a key of its own. The same
    /// text has the same digest in the same core, and gives nothing away without the key.
    std::string digest(std::string_view secret) const;

    std::int64_t term() const { return static_cast<std::int64_t>(m_encryption.size()); } ///< Of the key that seals.
    std::int64_t sealings() const { return m_sealings; } ///< How often this one has sealed.

private:
    struct FreeHash {
        void operator()(evp_md_ctx_st *hash) const;
    };
    using Hash = std::unique_ptr<evp_md_ctx_st, FreeHash>;
    static Hash hashBegunWith(const SecretKey &key, unsigned char mask);

    std::vector<SecretKey> m_encryption; ///< By term, which counts from 1.
    Hash m_inner;                        ///< The two hashes of HMAC, each with its block of the key already in.
    Hash m_outer;
    mutable std::atomic<std::int64_t> m_sealings = 0;
};

/// Compares in a time that depends on the lengths only.
bool equalSecrets(std::string_view left, std::string_view right);

/// Overwrites a secret that isn't needed any more, and empties it.
void wipe(std::string &secret);

/// `count` random bytes from the system's cryptographic generator.
std::string randomBytes(std::size_t count);
/// `count` random letters and digits, each of 62 as likely as the others.
std::string randomBase62(std::size_t count);

} // namespace kith::store
