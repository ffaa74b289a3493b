// SPDX-License-Identifier: Apache-2.0
#include "store/Seal.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>

#include <array>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace kith::store {

namespace {

constexpr char SealVersion = 1;
constexpr std::size_t NonceSize = 12;
constexpr std::size_t TagSize = 16;
constexpr std::size_t TermSize = 4;
constexpr std::size_t NonceAt = 1 + TermSize;
constexpr std::size_t HeadSize = NonceAt + NonceSize;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char *bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

unsigned char *bytesOf(std::string &text, std::size_t offset = 0)
{
    return reinterpret_cast<unsigned char *>(text.data() + offset);
}

/// OpenSSL fails here only for want of memory or by a wrong call.
void require(int result)
{
    if (result != 1)
        throw std::runtime_error("OpenSSL failed");
}

Cipher newCipher()
{
    Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    if (!cipher)
        throw std::bad_alloc();
    return cipher;
}

std::size_t termOf(std::string_view sealed)
{
    std::size_t term = 0;
    for (std::size_t i = 1; i < NonceAt; ++i)
        term = term << 8U | static_cast<unsigned char>(sealed[i]);
    return term;
}

/// Looked up by name once: OpenSSL would do it for each value.
const EVP_CIPHER *aes256Gcm()
{
    static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher(
        EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), &EVP_CIPHER_free);
    if (!cipher)
        throw std::bad_alloc();
    return cipher.get();
}

Error notSealedHere(std::string_view place)
{
    return {ErrorCode::Damaged, 500, "a sealed value can't be opened", std::string(place)};
}

} // namespace

SecretKey::SecretKey(std::string_view bytes)
{
    if (bytes.size() != Size)
        throw std::logic_error("a key has 32 bytes");
    std::memcpy(m_bytes.data(), bytes.data(), Size);
}

SecretKey::~SecretKey()
{
    OPENSSL_cleanse(m_bytes.data(), Size);
}

SecretKey SecretKey::random()
{
    SecretKey key;
    require(RAND_priv_bytes(reinterpret_cast<unsigned char *>(key.m_bytes.data()), static_cast<int>(Size)));
    return key;
}

std::string_view SecretKey::bytes() const
{
    return {m_bytes.data(), Size};
}

SecretKey SecretKey::derive(std::string_view purpose) const
{
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr), &EVP_PKEY_CTX_free);
    if (!context)
        throw std::bad_alloc();
    require(EVP_PKEY_derive_init(context.get()));
    require(EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()));
    require(EVP_PKEY_CTX_set1_hkdf_key(context.get(), bytesOf(bytes()), static_cast<int>(Size)));
    require(EVP_PKEY_CTX_add1_hkdf_info(context.get(), bytesOf(purpose), static_cast<int>(purpose.size())));
    SecretKey key;
    std::size_t size = Size;
    require(EVP_PKEY_derive(context.get(), reinterpret_cast<unsigned char *>(key.m_bytes.data()), &size));
    return key;
}

void Seal::FreeHash::operator()(evp_md_ctx_st *hash) const
{
    EVP_MD_CTX_free(hash);
}

Seal::Hash Seal::hashBegunWith(const SecretKey &key, unsigned char mask)
{
    std::array<unsigned char, 64> block{}; // of SHA-256
    std::memcpy(block.data(), key.bytes().data(), SecretKey::Size);
    for (unsigned char &byte : block)
        byte ^= mask;
    Hash hash(EVP_MD_CTX_new());
    if (!hash)
        throw std::bad_alloc();
    require(EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr));
    require(EVP_DigestUpdate(hash.get(), block.data(), block.size()));
    OPENSSL_cleanse(block.data(), block.size());
    return hash;
}

Seal::Seal(const std::vector<SecretKey> &terms)
{
    const SecretKey digestKey = terms.at(0).derive("kith digest");
    m_inner = hashBegunWith(digestKey, 0x36);
    m_outer = hashBegunWith(digestKey, 0x5c);
    m_encryption.reserve(terms.size());
    for (const SecretKey &key : terms)
        m_encryption.push_back(key.derive("kith seal"));
}

std::string Seal::seal(std::string_view plain, std::string_view place) const
{
    std::string sealed(HeadSize + plain.size() + TagSize, SealVersion);
    for (std::size_t i = 0; i < TermSize; ++i)
        sealed[1 + i] = static_cast<char>(m_encryption.size() >> 8 * (TermSize - 1 - i) & 0xff);
    require(RAND_bytes(bytesOf(sealed, NonceAt), static_cast<int>(NonceSize)));
    const Cipher cipher = newCipher();
    int written = 0;
    require(EVP_EncryptInit_ex(cipher.get(), aes256Gcm(), nullptr, bytesOf(m_encryption.back().bytes()),
                               bytesOf(sealed, NonceAt)));
    require(EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytesOf(place), static_cast<int>(place.size())));
    require(EVP_EncryptUpdate(cipher.get(), bytesOf(sealed, HeadSize), &written, bytesOf(plain),
                              static_cast<int>(plain.size())));
    require(EVP_EncryptFinal_ex(cipher.get(), bytesOf(sealed, HeadSize + plain.size()), &written));
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(TagSize),
                                bytesOf(sealed, HeadSize + plain.size())));
    m_sealings.fetch_add(1, std::memory_order_relaxed);
    return sealed;
}

Result<std::string> Seal::open(std::string_view sealed, std::string_view place) const
{
    if (sealed.size() < HeadSize + TagSize || sealed.front() != SealVersion)
        return notSealedHere(place);
    const std::size_t term = termOf(sealed);
    if (term == 0 || term > m_encryption.size())
        return notSealedHere(place);
    const std::string_view body = sealed.substr(HeadSize, sealed.size() - HeadSize - TagSize);
    std::string tag(sealed.substr(sealed.size() - TagSize));
    std::string plain(body.size(), '\0');
    const Cipher cipher = newCipher();
    int written = 0;
    require(EVP_DecryptInit_ex(cipher.get(), aes256Gcm(), nullptr, bytesOf(m_encryption[term - 1].bytes()),
                               bytesOf(sealed.substr(NonceAt))));
    require(EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytesOf(place), static_cast<int>(place.size())));
    require(EVP_DecryptUpdate(cipher.get(), bytesOf(plain), &written, bytesOf(body), static_cast<int>(body.size())));
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(TagSize), tag.data()));
    if (EVP_DecryptFinal_ex(cipher.get(), bytesOf(plain, plain.size()), &written) != 1)
        return notSealedHere(place);
    return plain;
}

std::string Seal::digest(std::string_view secret) const
{
    std::string digest(SecretKey::Size, '\0');
    const Hash hash(EVP_MD_CTX_new());
    if (!hash)
        throw std::bad_alloc();
    require(EVP_MD_CTX_copy_ex(hash.get(), m_inner.get()));
    require(EVP_DigestUpdate(hash.get(), secret.data(), secret.size()));
    require(EVP_DigestFinal_ex(hash.get(), bytesOf(digest), nullptr));
    require(EVP_MD_CTX_copy_ex(hash.get(), m_outer.get()));
    require(EVP_DigestUpdate(hash.get(), digest.data(), digest.size()));
    require(EVP_DigestFinal_ex(hash.get(), bytesOf(digest), nullptr));
    return digest;
}

bool equalSecrets(std::string_view left, std::string_view right)
{
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

void wipe(std::string &secret)
{
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

std::string randomBytes(std::size_t count)
{
    std::string bytes(count, '\0');
    require(RAND_bytes(bytesOf(bytes), static_cast<int>(count)));
    return bytes;
}

std::string randomBase62(std::size_t count)
{
    constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::size_t fair = 256 / letters.size() * letters.size(); // what lies above would favour the first ones
    std::string text;
    text.reserve(count);
    while (text.size() < count)
        for (const char byte : randomBytes(count + count / 3))
            if (static_cast<unsigned char>(byte) < fair && text.size() < count)
                text += letters[static_cast<unsigned char>(byte) % letters.size()];
    return text;
}

} // namespace kith::store
