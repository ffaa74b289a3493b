// SPDX-License-Identifier: Apache-2.0
#include "audit/Hasher.h"

#include "store/Base64.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <stdexcept>

namespace kith::audit {

namespace {

using Context = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

void require(bool worked)
{
    if (!worked)
        throw std::runtime_error("OpenSSL failed");
}

} // namespace

/// A computation that has taken the key in and nothing else: each hash goes on from a copy of it, which is much
/// quicker than beginning anew.
struct Hasher::Keyed {
    Context context{nullptr, &EVP_MAC_CTX_free};
};

Hasher::Hasher(const store::SecretKey &salt) : m_keyed(std::make_unique<Keyed>())
{
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free);
    require(mac != nullptr);
    m_keyed->context.reset(EVP_MAC_CTX_new(mac.get()));
    require(m_keyed->context != nullptr);
    std::string digest = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                     OSSL_PARAM_construct_end()};
    require(EVP_MAC_init(m_keyed->context.get(), reinterpret_cast<const unsigned char *>(salt.bytes().data()),
                         salt.bytes().size(), parameters) == 1);
}

Hasher::~Hasher() = default;

std::string Hasher::hash(std::string_view text) const
{
    const Context context(EVP_MAC_CTX_dup(m_keyed->context.get()), &EVP_MAC_CTX_free);
    require(context != nullptr);
    std::string bytes(store::SecretKey::Size, '\0');
    std::size_t size = 0;
    require(EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char *>(text.data()), text.size()) == 1);
    require(EVP_MAC_final(context.get(), reinterpret_cast<unsigned char *>(bytes.data()), &size, bytes.size()) == 1);
    return "hmac-sha256:" + store::toHex(bytes);
}

} // namespace kith::audit
