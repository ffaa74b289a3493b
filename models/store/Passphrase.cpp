// SPDX-License-Identifier: Apache-2.0
#include "store/Passphrase.h"

#include "store/Base64.h"
#include "store/Json.h"

#include <boost/json.hpp>

#include <bit>
#include <openssl/evp.h>

namespace kith::store {

namespace json = boost::json;

namespace {

constexpr std::size_t SaltSize = 16;
constexpr std::int64_t MostMemory = std::int64_t{1} << 30; ///< Bytes.
constexpr std::int64_t MostParallelism = 16;

bool isBearable(const Scrypt &scrypt)
{
    return scrypt.cost > 1 && std::has_single_bit(static_cast<std::uint64_t>(scrypt.cost)) && scrypt.blockSize > 0 &&
           scrypt.parallelism > 0 && scrypt.parallelism <= MostParallelism && scrypt.blockSize <= MostMemory / 128 &&
           scrypt.cost < MostMemory / 128 / scrypt.blockSize;
}

} // namespace

Scrypt Scrypt::withNewSalt()
{
    Scrypt scrypt;
    scrypt.salt = randomBytes(SaltSize);
    return scrypt;
}

json::object Scrypt::toJson() const
{
    return {{"salt", toBase64(salt)}, {"n", cost}, {"r", blockSize}, {"p", parallelism}};
}

Result<Scrypt> Scrypt::fromJson(const json::object &object)
{
    const json::value *salt = object.if_contains("salt");
    Scrypt scrypt{salt && salt->is_string() ? fromBase64(std::string_view(salt->get_string())).value_or("") : "",
                  numberIn(object, "n"), numberIn(object, "r"), numberIn(object, "p")};
    if (scrypt.salt.empty() || !isBearable(scrypt))
        return Error{ErrorCode::BadDocument, 400, "parameters of scrypt that can't be used", {}};
    return scrypt;
}

Result<SecretKey> keyFromPassphrase(std::string_view passphrase, const Scrypt &scrypt)
{
    std::string bytes(SecretKey::Size, '\0');
    const auto *salt = reinterpret_cast<const unsigned char *>(scrypt.salt.data());
    auto *out = reinterpret_cast<unsigned char *>(bytes.data());
    // OpenSSL counts a little more than N * r * 128 bytes.
    if (EVP_PBE_scrypt(passphrase.data(), passphrase.size(), salt, scrypt.salt.size(),
                       static_cast<std::uint64_t>(scrypt.cost), static_cast<std::uint64_t>(scrypt.blockSize),
                       static_cast<std::uint64_t>(scrypt.parallelism), static_cast<std::uint64_t>(MostMemory) * 2, out,
                       bytes.size()) != 1)
        return Error{ErrorCode::Internal, 500, "there is no memory to make a key from the passphrase", {}};
    const SecretKey key(bytes);
    wipe(bytes);
    return key;
}

} // namespace kith::store
