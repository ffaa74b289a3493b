// SPDX-License-Identifier: Apache-2.0
#include "support/SigningKey.h"

#include "store/Base64.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace kith::test {

namespace {

const char *curveName(SigningKey::Kind kind)
{
    switch (kind) {
    case SigningKey::Kind::P256:
        return "P-256";
    case SigningKey::Kind::P384:
        return "P-384";
    case SigningKey::Kind::P521:
        return "P-521";
    default:
        return nullptr;
    }
}

std::size_t coordinateSize(const EVP_PKEY *key)
{
    return (static_cast<std::size_t>(EVP_PKEY_get_bits(key)) + 7) / 8;
}

std::string number(const EVP_PKEY *key, const char *name, std::size_t size)
{
    BIGNUM *value = nullptr;
    EVP_PKEY_get_bn_param(key, name, &value);
    std::string bytes(size > 0 ? size : static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2binpad(value, reinterpret_cast<unsigned char *>(bytes.data()), static_cast<int>(bytes.size()));
    BN_free(value);
    return store::toBase64Url(bytes);
}

/// Both numbers of a DER signature one after the other.
std::string joined(const std::string &der, std::size_t size)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.data());
    ECDSA_SIG *pair = d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size()));
    std::string both(2 * size, '\0');
    auto *out = reinterpret_cast<unsigned char *>(both.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, static_cast<int>(size));
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + size, static_cast<int>(size));
    ECDSA_SIG_free(pair);
    return both;
}

} // namespace

SigningKey::SigningKey(Kind kind) : m_kind(kind)
{
    constexpr std::size_t RsaBits = 2048;
    EVP_PKEY *key = kind == Kind::Rsa       ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", RsaBits)
                    : kind == Kind::Ed25519 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                                            : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curveName(kind));
    m_key = {key, EVP_PKEY_free};
}

std::string SigningKey::pem() const
{
    BIO *bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PUBKEY(bio, m_key.get());
    const char *text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    std::string pem(text, static_cast<std::size_t>(size));
    BIO_free(bio);
    return pem;
}

boost::json::object SigningKey::jwk(std::string_view kid) const
{
    boost::json::object jwk{{"kid", kid}};
    if (m_kind == Kind::Rsa) {
        jwk["kty"] = "RSA";
        jwk["n"] = number(m_key.get(), OSSL_PKEY_PARAM_RSA_N, 0);
        jwk["e"] = number(m_key.get(), OSSL_PKEY_PARAM_RSA_E, 0);
    } else if (m_kind == Kind::Ed25519) {
        std::string bytes(32, '\0');
        std::size_t size = bytes.size();
        EVP_PKEY_get_raw_public_key(m_key.get(), reinterpret_cast<unsigned char *>(bytes.data()), &size);
        jwk["kty"] = "OKP";
        jwk["crv"] = "Ed25519";
        jwk["x"] = store::toBase64Url(bytes);
    } else {
        jwk["kty"] = "EC";
        jwk["crv"] = curveName(m_kind);
        jwk["x"] = number(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_X, coordinateSize(m_key.get()));
        jwk["y"] = number(m_key.get(), OSSL_PKEY_PARAM_EC_PUB_Y, coordinateSize(m_key.get()));
    }
    return jwk;
}

std::string SigningKey::signature(std::string_view text, std::string_view algorithm) const
{
    const std::string digest = "SHA" + std::string(algorithm.substr(2));
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *options = nullptr;
    EVP_DigestSignInit_ex(context, &options, m_kind == Kind::Ed25519 ? nullptr : digest.c_str(), nullptr, nullptr,
                          m_key.get(), nullptr);
    if (algorithm.front() == 'P') {
        EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST);
    }
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.data());
    std::size_t size = 0;
    EVP_DigestSign(context, nullptr, &size, bytes, text.size());
    std::string signature(size, '\0');
    EVP_DigestSign(context, reinterpret_cast<unsigned char *>(signature.data()), &size, bytes, text.size());
    EVP_MD_CTX_free(context);
    signature.resize(size);
    return curveName(m_kind) ? joined(signature, coordinateSize(m_key.get())) : signature;
}

std::string SigningKey::sign(const boost::json::object &claims, std::string_view algorithm,
                             const boost::json::object &header) const
{
    boost::json::object whole{{"alg", algorithm}, {"typ", "JWT"}};
    for (const auto &[name, value] : header)
        whole[name] = value;
    const std::string text =
        store::toBase64Url(boost::json::serialize(whole)) + "." + store::toBase64Url(boost::json::serialize(claims));
    return text + "." + store::toBase64Url(signature(text, algorithm));
}

} // namespace kith::test
