// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kith {

/// Lower case of UTF-8 text by Unicode's simple mapping, whatever the process's locale: names compare by this
/// (spec/engine.md §1). Invalid bytes are kept as they are.
std::string foldCase(std::string_view text);

/// The text with every invalid UTF-8 sequence replaced by U+FFFD, as the real server reads JSON.
std::string validUtf8(std::string_view text);

/// A random UUID (version 4) in lower case, from the system's cryptographic generator.
std::string newUuid();

/// `count` random bytes as lower-case hexadecimal digits.
std::string randomHex(std::size_t count);

} // namespace kith
