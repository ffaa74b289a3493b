// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tl/expected.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace kith::store {

/// RFC 4648 §4, with padding.
std::string toBase64(std::string_view bytes);
/// RFC 4648 §5, without padding: for what stands in tokens and addresses.
std::string toBase64Url(std::string_view bytes);

/// The bytes of padded base64; line breaks don't count. Fails with the offset of the first byte that is wrong.
tl::expected<std::string, std::size_t> fromBase64(std::string_view text);
/// The bytes of base64 for addresses, without padding. Fails in the same way.
tl::expected<std::string, std::size_t> fromBase64Url(std::string_view text);

std::string toHex(std::string_view bytes); ///< Lower case.
/// Fails with the offset of the first byte that is wrong.
tl::expected<std::string, std::size_t> fromHex(std::string_view text);

} // namespace kith::store
