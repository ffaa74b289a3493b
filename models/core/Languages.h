// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace kith::core {

// The pages that a browser is shown speak English and German.

/// "de" of "de-AT"; empty: a language that there is no page in.
std::string_view languageOf(std::string_view tag);

/// By what a browser sends as Accept-Language (RFC 9110 §12.5.4); "en" where it names none that there is.
std::string_view preferredLanguage(std::string_view acceptLanguage);

} // namespace kith::core
