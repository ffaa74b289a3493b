// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// For the text of a page, and for attributes in quotes of either kind.
std::string escapedForHtml(std::string_view text);

/// Percent-encoded but for RFC 3986's unreserved characters: for a segment of a path as well as for a query.
std::string percentEncoded(std::string_view text);

/// Percent-decoded; nothing when a % isn't followed by two hexadecimal digits. In a query + is a blank.
std::optional<std::string> decodePath(std::string_view text);
std::optional<std::string> decodeQuery(std::string_view text);

} // namespace kith
