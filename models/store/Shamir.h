// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith::store {

/// How a root key is given to its holders: so many shares, so many of which restore it.
struct KeyShares {
    int count = 1;
    int threshold = 1;
};

/// Why a key can't be shared so ("threshold cannot be larger than shares"); empty: it can.
std::string whyNotShareable(const KeyShares &shares);

/// Shamir's secret sharing over GF(256) with the polynomial of AES, byte by byte: any `threshold` of the shares give
/// the secret, fewer tell nothing. A share is the values of the secret's polynomials at one point, and the point as
/// its last byte: what clients and share holders of Vault know. One share of one is the secret itself.
/// Computes without tables and branches that depend on secrets. Throws std::logic_error unless it is shareable.
std::vector<std::string> splitSecret(std::string_view secret, const KeyShares &shares);

/// The secret from as many shares as it takes; another one from wrong or too few shares, which only its use can tell.
/// InvalidRequest for shares of unequal length, fewer than two, or the same point twice.
Result<std::string> combineShares(const std::vector<std::string> &shares);

} // namespace kith::store
