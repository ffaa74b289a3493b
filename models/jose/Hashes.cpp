// SPDX-License-Identifier: Apache-2.0
#include "jose/Hashes.h"

#include "store/Base64.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace kith::jose {

namespace {

std::string digest(const char *name, std::string_view text)
{
    std::string hash(EVP_MAX_MD_SIZE, '\0');
    std::size_t size = 0;
    if (EVP_Q_digest(nullptr, name, nullptr, text.data(), text.size(), reinterpret_cast<unsigned char *>(hash.data()),
                     &size) != 1)
        throw std::runtime_error("OpenSSL: no SHA-2");
    hash.resize(size);
    return hash;
}

} // namespace

std::string halfHash(SignatureAlgorithm algorithm, std::string_view text)
{
    // RFC 8037 leaves the hash of EdDSA's at_hash open; SHA-512 is what Ed25519 itself uses.
    const char *name = digestName(algorithm);
    const std::string hash = digest(name ? name : "SHA512", text);
    return store::toBase64Url(std::string_view(hash).substr(0, hash.size() / 2));
}

std::string sha256InBase64Url(std::string_view text)
{
    return store::toBase64Url(digest("SHA256", text));
}

} // namespace kith::jose
