// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Seal.h"

#include <boost/json/object.hpp>

namespace kith::store {

/// How a passphrase becomes a key: scrypt (RFC 7914). No secret: it is kept beside what the key opens.
struct Scrypt {
    std::string salt;
    std::int64_t cost = std::int64_t{1} << 17; ///< N: with the block size 128 MiB, and a few tenths of a second.
    std::int64_t blockSize = 8;                ///< r
    std::int64_t parallelism = 1;              ///< p

    static Scrypt withNewSalt();

    boost::json::object toJson() const;
    /// BadDocument: not that, or more memory and time than a reader should spend on what somebody else wrote.
    static Result<Scrypt> fromJson(const boost::json::object &json);
};

/// Takes a while, on purpose. Any text is a passphrase; another one makes another key.
Result<SecretKey> keyFromPassphrase(std::string_view passphrase, const Scrypt &scrypt);

} // namespace kith::store
