// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Problem.h"

#include <boost/json.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace kith::identity {

/// The largest document that is read. An import takes about 15 times as much memory as its document has bytes
/// (measured: 1.5 GB for 815,000 entities in 100 MB).
inline constexpr std::size_t LargestDocument = std::size_t{256} << 20;

/// Reads JSON in UTF-8, with or without a byte order mark. What can't be read is said with line and column (counted in
/// characters from 1): other encodings, truncation, a missing comma, a key that stands twice in one object. Nothing is
/// returned then. The value lives in `storage`, which it must not outlive.
std::optional<boost::json::value> readJsonText(std::string_view bytes, const boost::json::storage_ptr &storage,
                                               Problems &problems);

} // namespace kith::identity
