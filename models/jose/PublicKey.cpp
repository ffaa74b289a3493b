// SPDX-License-Identifier: Apache-2.0
#include "jose/PublicKey.h"

#include "store/Base64.h"
#include "store/Json.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <cstring>
#include <limits>

namespace kith::jose {

namespace json = boost::json;

namespace {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freed<Free>>;

using Bio = Owned<BIO, BIO_free_all>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Number = Owned<BIGNUM, BN_free>;
using Builder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = Owned<OSSL_PARAM, OSSL_PARAM_free>;

const unsigned char *bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

/// The kinds that the algorithms know; another kind is none of ours.
bool isUsable(const EVP_PKEY *key)
{
    const int kind = EVP_PKEY_get_base_id(key);
    return kind == EVP_PKEY_RSA || kind == EVP_PKEY_EC || kind == EVP_PKEY_ED25519;
}

/// The curve of a key by its number, 0 when it is given by numbers of its own.
int curveOf(const EVP_PKEY *key)
{
    int isExplicit = 0;
    if (EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &isExplicit) == 1 &&
        isExplicit != 0)
        return NID_undef;
    std::array<char, 64> name{};
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr) != 1)
        return NID_undef;
    const int number = OBJ_sn2nid(name.data());
    return number != NID_undef ? number : EC_curve_nist2nid(name.data());
}

/// The curve that an algorithm signs on; those of other makers have numbers of the same size.
int curveOf(SignatureAlgorithm algorithm)
{
    switch (coordinateSize(algorithm)) {
    case 32:
        return NID_X9_62_prime256v1;
    case 48:
        return NID_secp384r1;
    default:
        return NID_secp521r1;
    }
}

/// Whether the real server can read such a key at all: it knows these curves and not all kinds.
bool isReadable(const EVP_PKEY *key)
{
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_EC: {
        const int curve = curveOf(key);
        return curve == NID_X9_62_prime256v1 || curve == NID_secp384r1 || curve == NID_secp521r1 ||
               curve == NID_secp224r1;
    }
    case EVP_PKEY_RSA_PSS:
    case EVP_PKEY_ED448:
    case EVP_PKEY_X448:
        return false;
    default:
        return true;
    }
}

Error unreadable(std::string why)
{
    return invalidRequest(std::move(why));
}

Result<std::string> member(const json::object &jwk, std::string_view name)
{
    const std::string text = store::textIn(jwk, name);
    auto bytes = store::fromBase64Url(text);
    if (text.empty() || !bytes)
        return unreadable("invalid JWK: " + std::string(name) + " is missing or no base64url");
    return std::move(*bytes);
}

Result<Key> built(const char *kind, OSSL_PARAM_BLD *builder)
{
    const Params params(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY *key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) <= 0 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) <= 0)
        return unreadable("invalid JWK: its numbers are no public key");
    Key made(key);
    const KeyContext check(EVP_PKEY_CTX_new(made.get(), nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) <= 0)
        return unreadable("invalid JWK: its numbers are no public key");
    return made;
}

/// The real server takes some numbers into a set that no key has: nothing is signed by them.
Error useless(const char *why)
{
    return {ErrorCode::NotFound, 400, std::string("invalid JWK: ") + why, {}};
}

Result<Key> rsaKey(const json::object &jwk)
{
    for (const char *name : {"n", "e"})
        if (const json::value *sent = jwk.if_contains(name); sent && sent->is_string() && sent->get_string().empty())
            return useless("an empty number");
    const auto n = member(jwk, "n");
    if (!n)
        return n.error();
    const auto e = member(jwk, "e");
    if (!e)
        return e.error();
    const auto number = [](const std::string &bytes) {
        return Number(BN_bin2bn(bytesOf(bytes), static_cast<int>(bytes.size()), nullptr));
    };
    const Number modulus = number(*n);
    const Number exponent = number(*e);
    const Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    auto key = built("RSA", builder.get());
    return key ? std::move(key) : Result<Key>(useless("its numbers are no public key"));
}

Result<Key> ecKey(const json::object &jwk)
{
    const std::string curve = store::textIn(jwk, "crv");
    const std::size_t size = curve == "P-256" ? 32 : curve == "P-384" ? 48 : curve == "P-521" ? 66 : 0;
    if (size == 0)
        return unreadable("unsupported elliptic curve '" + curve + "'");
    const auto x = member(jwk, "x");
    if (!x)
        return x.error();
    const auto y = member(jwk, "y");
    if (!y)
        return y.error();
    if (x->size() != size || y->size() != size)
        return unreadable("invalid JWK: a coordinate of " + curve + " has " + std::to_string(size) + " bytes");
    const std::string point = "\x04" + *x + *y; // uncompressed
    const Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.data(), curve.size());
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return built("EC", builder.get());
}

Result<Key> edKey(const json::object &jwk)
{
    if (store::textIn(jwk, "crv") != "Ed25519")
        return unreadable("unknown curve '" + store::textIn(jwk, "crv") + "'");
    const auto x = member(jwk, "x");
    if (!x)
        return x.error();
    Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(*x), x->size()));
    if (!key)
        return useless("x is no Ed25519 key");
    return key;
}

/// ECDSA of a JWS, both numbers one after the other, as OpenSSL wants it; empty: it has another length.
std::string derSignature(std::string_view signature, std::size_t size)
{
    if (signature.size() != 2 * size)
        return {};
    const Owned<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
    BIGNUM *r = BN_bin2bn(bytesOf(signature), static_cast<int>(size), nullptr);
    BIGNUM *s = BN_bin2bn(bytesOf(signature) + size, static_cast<int>(size), nullptr);
    ECDSA_SIG_set0(pair.get(), r, s); // which owns them now
    unsigned char *bytes = nullptr;
    const int length = i2d_ECDSA_SIG(pair.get(), &bytes);
    std::string der(reinterpret_cast<const char *>(bytes), length > 0 ? static_cast<std::size_t>(length) : 0);
    OPENSSL_free(bytes);
    return der;
}

bool isPss(SignatureAlgorithm algorithm)
{
    return algorithmName(algorithm).front() == 'P';
}

} // namespace

Result<PublicKey> PublicKey::fromPem(std::string_view pem)
{
    if (pem.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return unreadable("data does not contain any valid public keys");
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    char *name = nullptr;
    char *header = nullptr;
    unsigned char *data = nullptr;
    long length = 0;
    if (PEM_read_bio(bio.get(), &name, &header, &data, &length) != 1)
        return unreadable("data does not contain any valid public keys");
    const std::string block = name;
    const unsigned char *at = data;
    Key key;
    if (block == "PUBLIC KEY") {
        key.reset(d2i_PUBKEY(nullptr, &at, length));
    } else {
        const Owned<X509, X509_free> certificate(d2i_X509(nullptr, &at, length));
        if (certificate)
            key.reset(X509_get_pubkey(certificate.get()));
    }
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
    if (!key)
        return unreadable("x509: malformed tbs certificate");
    if (!isReadable(key.get())) // the real server goes on to read it as a certificate, and tells what it misses then
        return unreadable(block == "PUBLIC KEY" ? "x509: malformed serial number" : "x509: unsupported public key");
    std::string rest(pem.size(), '\0');
    const int left = BIO_read(bio.get(), rest.data(), static_cast<int>(rest.size()));
    rest.resize(left > 0 ? static_cast<std::size_t>(left) : 0);
    if (rest.find_first_not_of(" \t\r\n") != std::string::npos)
        return unreadable("unexpected trailing data after parsed PEM block");
    if (!isUsable(key.get()))
        return unreadable("data does not contain any valid public keys");
    return PublicKey(std::shared_ptr<EVP_PKEY>(key.release(), EVP_PKEY_free));
}

Result<PublicKey> PublicKey::fromDer(std::string_view der)
{
    const unsigned char *at = bytesOf(der);
    Key key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
    if (!key)
        return Error{ErrorCode::Damaged, 500, "a public key can't be read", {}};
    return PublicKey(std::shared_ptr<EVP_PKEY>(key.release(), EVP_PKEY_free));
}

Result<PublicKey> PublicKey::fromJwk(const json::object &jwk)
{
    const std::string kind = store::textIn(jwk, "kty");
    auto key = kind == "RSA"   ? rsaKey(jwk)
               : kind == "EC"  ? ecKey(jwk)
               : kind == "OKP" ? edKey(jwk)
                               : Result<Key>(unreadable("unknown json web key type '" + kind + "'"));
    if (!key)
        return key.error();
    return PublicKey(std::shared_ptr<EVP_PKEY>(key->release(), EVP_PKEY_free));
}

bool PublicKey::fits(SignatureAlgorithm algorithm) const
{
    const int kind = EVP_PKEY_get_base_id(m_key.get());
    switch (keyKind(algorithm)) {
    case KeyKind::Rsa:
        return kind == EVP_PKEY_RSA;
    case KeyKind::Ed25519:
        return kind == EVP_PKEY_ED25519;
    case KeyKind::Ec:
        return kind == EVP_PKEY_EC && curveOf(m_key.get()) == curveOf(algorithm);
    }
    return false;
}

bool PublicKey::verifies(SignatureAlgorithm algorithm, std::string_view text, std::string_view signature) const
{
    if (!fits(algorithm))
        return false;
    std::string der;
    if (const std::size_t size = coordinateSize(algorithm); size > 0) {
        der = derSignature(signature, size);
        if (der.empty())
            return false;
        signature = der;
    } else if (keyKind(algorithm) == KeyKind::Rsa &&
               signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(m_key.get()))) {
        return false; // RFC 8017, 8.1.2: OpenSSL takes one of PSS without its leading zeros
    }
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *options = nullptr; // the context's
    if (!context || EVP_DigestVerifyInit_ex(context.get(), &options, digestName(algorithm), nullptr, nullptr,
                                            m_key.get(), nullptr) <= 0)
        return false;
    if (isPss(algorithm) && (EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) <= 0 ||
                             EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_AUTO) <= 0))
        return false;
    return EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(), bytesOf(text), text.size()) == 1;
}

bool holdsCertificates(std::string_view pem)
{
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const Owned<X509, X509_free> first(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    return first != nullptr;
}

Result<std::vector<NamedPublicKey>> keySet(const json::value &json)
{
    std::vector<NamedPublicKey> keys;
    if (json.is_null())
        return keys;
    const json::object *set = json.if_object();
    if (!set)
        return unreadable("it is no JSON object");
    const json::value *list = set->if_contains("keys");
    if (!list || list->is_null())
        return keys;
    if (!list->is_array())
        return unreadable("its keys are no list");
    for (const json::value &item : list->get_array()) {
        if (!item.is_object())
            return unreadable("one of its keys is no object");
        const json::object &jwk = item.get_object();
        for (const char *name : {"kid", "alg", "use"})
            if (const json::value *text = jwk.if_contains(name); text && !text->is_null() && !text->is_string())
                return unreadable("invalid JWK: " + std::string(name) + " is no text");
        if (store::textIn(jwk, "kty") == "oct" && !store::textIn(jwk, "k").empty())
            continue; // a secret, with which nobody signs for others
        auto key = PublicKey::fromJwk(jwk);
        if (key)
            keys.push_back({store::textIn(jwk, "kid"), std::move(*key)});
        else if (key.error().code != ErrorCode::NotFound)
            return key.error();
    }
    return keys;
}

} // namespace kith::jose
