// SPDX-License-Identifier: Apache-2.0
#include "oidc/KeyPair.h"

#include "jose/PublicKey.h"
#include "store/Base64.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <stdexcept>
#include <vector>

namespace kith::oidc {

namespace {

struct Free {
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    void operator()(BIGNUM *number) const { BN_free(number); }
    void operator()(ECDSA_SIG *signature) const { ECDSA_SIG_free(signature); }
    void operator()(PKCS8_PRIV_KEY_INFO *info) const { PKCS8_PRIV_KEY_INFO_free(info); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

[[noreturn]] void fail(const char *what)
{
    throw std::runtime_error(std::string("OpenSSL: ") + what);
}

const unsigned char *bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

unsigned char *bytes(std::string &text)
{
    return reinterpret_cast<unsigned char *>(text.data());
}

/// What an i2d function writes.
template <class Write>
std::string encoded(Write &&write)
{
    const int size = write(nullptr);
    if (size <= 0)
        fail("key can't be written");
    std::string der(static_cast<std::size_t>(size), '\0');
    unsigned char *place = bytes(der);
    if (write(&place) != size)
        fail("key can't be written");
    return der;
}

/// A number of a key, of `size` bytes; 0: as many as it has.
std::string number(const EVP_PKEY *key, const char *name, std::size_t size)
{
    BIGNUM *read = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &read) != 1)
        fail(name);
    const Owned<BIGNUM> value(read);
    std::string text(size ? size : static_cast<std::size_t>(BN_num_bytes(read)), '\0');
    if (BN_bn2binpad(read, bytes(text), static_cast<int>(text.size())) < 0)
        fail(name);
    return text;
}

/// ECDSA's two numbers out of DER.
std::string joined(std::string_view der, std::size_t size)
{
    const unsigned char *place = bytes(der);
    const Owned<ECDSA_SIG> signature(d2i_ECDSA_SIG(nullptr, &place, static_cast<long>(der.size())));
    std::string text(2 * size, '\0');
    const int half = static_cast<int>(size);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes(text), half) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes(text) + size, half) < 0)
        fail("signature can't be read");
    return text;
}

} // namespace

KeyPair KeyPair::make(Algorithm algorithm)
{
    constexpr std::size_t RsaBits = 2048;
    EVP_PKEY *key = isRsa(algorithm) ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", RsaBits)
                    : coordinateSize(algorithm) == 0
                        ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                        : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", std::string(curveName(algorithm)).c_str());
    if (!key)
        fail("no key could be made");
    return {algorithm, std::shared_ptr<EVP_PKEY>(key, Free())};
}

Result<KeyPair> KeyPair::fromPrivateDer(Algorithm algorithm, std::string_view der)
{
    const unsigned char *place = bytes(der);
    std::shared_ptr<EVP_PKEY> key(d2i_AutoPrivateKey(nullptr, &place, static_cast<long>(der.size())), Free());
    if (!key || !jose::PublicKey(key).fits(algorithm))
        return Error{ErrorCode::Damaged, 500, "a signing key can't be read", {}};
    return KeyPair(algorithm, std::move(key));
}

Result<KeyPair> KeyPair::fromPublicDer(Algorithm algorithm, std::string_view der)
{
    const unsigned char *place = bytes(der);
    std::shared_ptr<EVP_PKEY> key(d2i_PUBKEY(nullptr, &place, static_cast<long>(der.size())), Free());
    if (!key || !jose::PublicKey(key).fits(algorithm))
        return Error{ErrorCode::Damaged, 500, "a public key can't be read", {}};
    return KeyPair(algorithm, std::move(key));
}

std::string KeyPair::privateDer() const
{
    const Owned<PKCS8_PRIV_KEY_INFO> info(EVP_PKEY2PKCS8(m_key.get()));
    if (!info)
        fail("key can't be written");
    return encoded([&](unsigned char **place) { return i2d_PKCS8_PRIV_KEY_INFO(info.get(), place); });
}

std::string KeyPair::publicDer() const
{
    return encoded([&](unsigned char **place) { return i2d_PUBKEY(m_key.get(), place); });
}

boost::json::object KeyPair::publicJwk(std::string_view kid) const
{
    boost::json::object jwk{{"use", "sig"}, {"kty", isRsa(m_algorithm) ? "RSA" : "EC"}, {"kid", kid}};
    const std::size_t size = coordinateSize(m_algorithm);
    const auto add = [&](const char *name, std::string_view value) { jwk[name] = store::toBase64Url(value); };
    if (!isRsa(m_algorithm))
        jwk["crv"] = curveName(m_algorithm);
    jwk["alg"] = algorithmName(m_algorithm);
    if (isRsa(m_algorithm)) {
        add("n", number(m_key.get(), OSSL_PKEY_PARAM_RSA_N, 0));
        add("e", number(m_key.get(), OSSL_PKEY_PARAM_RSA_E, 0));
    } else if (size > 0) {
        add("x", number(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_X, size));
        add("y", number(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_Y, size));
    } else {
        jwk["kty"] = "OKP";
        std::size_t length = 32;
        std::string raw(length, '\0');
        if (EVP_PKEY_get_raw_public_key(m_key.get(), bytes(raw), &length) != 1)
            fail("public key");
        add("x", raw);
    }
    return jwk;
}

std::string KeyPair::sign(std::string_view text) const
{
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    std::size_t size = 0;
    if (!context ||
        EVP_DigestSignInit_ex(context.get(), nullptr, jose::digestName(m_algorithm), nullptr, nullptr, m_key.get(),
                              nullptr) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes(text), text.size()) != 1)
        fail("can't sign");
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), bytes(signature), &size, bytes(text), text.size()) != 1)
        fail("can't sign");
    signature.resize(size);
    const std::size_t half = coordinateSize(m_algorithm);
    return half == 0 ? signature : joined(signature, half);
}

bool KeyPair::verifies(std::string_view text, std::string_view signature) const
{
    return jose::PublicKey(m_key).verifies(m_algorithm, text, signature);
}

} // namespace kith::oidc
