// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Seal.h"
#include "store/Shamir.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith::core {

/// The shares of the root key that their holders have given so far for one purpose. Wiped when it goes. Not
/// thread-safe.
class ShareCollector
{
public:
    ShareCollector() = default;
    ~ShareCollector() { clear(); }
    ShareCollector(const ShareCollector &) = delete;
    ShareCollector &operator=(const ShareCollector &) = delete;

    int count() const { return static_cast<int>(m_shares.size()); }
    /// False: it was given already.
    bool add(std::string share);
    /// What the shares make together, and forgets them. InvalidRequest: they can't be put together.
    Result<std::string> combine(int threshold);
    void clear();

private:
    std::vector<std::string> m_shares;
};

/// A share as people give it: hexadecimal or base64. Fails with the real server's text.
Result<std::string> decodeShare(std::string_view text);

/// Why it can't be a share by its length ("key is shorter than minimum 16 bytes"); empty: it can.
std::string whyNoShare(std::string_view share);

/// The root key, if it has the length of one; else the error of a key that doesn't fit.
Result<store::SecretKey> toRootKey(std::string &secret);

/// What a key that opens nothing is answered with.
inline constexpr std::string_view WrongKey =
    "invalid key: failed to decrypt keys from storage: cipher: message authentication failed";

} // namespace kith::core
