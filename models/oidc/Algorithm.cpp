// SPDX-License-Identifier: Apache-2.0
#include "oidc/Algorithm.h"

#include "store/Base64.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace kith::oidc {

namespace {

struct Traits {
    std::string_view name;
    const char *digest;
    std::string_view curve;
    std::size_t coordinate;
};

// RFC 8037 leaves the hash of EdDSA's at_hash open; SHA-512 is what Ed25519 itself uses.
constexpr std::array<Traits, AllAlgorithms.size()> table{{{"RS256", "SHA256", "", 0},
                                                          {"RS384", "SHA384", "", 0},
                                                          {"RS512", "SHA512", "", 0},
                                                          {"ES256", "SHA256", "P-256", 32},
                                                          {"ES384", "SHA384", "P-384", 48},
                                                          {"ES512", "SHA512", "P-521", 66},
                                                          {"EdDSA", "SHA512", "Ed25519", 0}}};

const Traits &traits(Algorithm algorithm)
{
    return table.at(static_cast<std::size_t>(algorithm));
}

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

std::string_view algorithmName(Algorithm algorithm)
{
    return traits(algorithm).name;
}

std::optional<Algorithm> algorithmOf(std::string_view name)
{
    for (const Algorithm algorithm : AllAlgorithms)
        if (traits(algorithm).name == name)
            return algorithm;
    return std::nullopt;
}

bool isRsa(Algorithm algorithm)
{
    return traits(algorithm).curve.empty();
}

const char *digestName(Algorithm algorithm)
{
    return traits(algorithm).digest;
}

std::string_view curveName(Algorithm algorithm)
{
    return traits(algorithm).curve;
}

std::size_t coordinateSize(Algorithm algorithm)
{
    return traits(algorithm).coordinate;
}

std::string halfHash(Algorithm algorithm, std::string_view text)
{
    const std::string hash = digest(digestName(algorithm), text);
    return store::toBase64Url(std::string_view(hash).substr(0, hash.size() / 2));
}

std::string sha256InBase64Url(std::string_view text)
{
    return store::toBase64Url(digest("SHA256", text));
}

} // namespace kith::oidc
