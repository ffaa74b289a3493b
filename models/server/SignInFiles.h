// SPDX-License-Identifier: Apache-2.0
// The files of resources/sign-in, in the program. Internal to models/server.
#pragma once

#include <string_view>

namespace kith::server {

extern const std::string_view SignInPage; ///< Template (Html.h); "{{style}}" stands for the next.
extern const std::string_view SignInStyle;
extern const std::string_view SignInEnglish; ///< JSON: the texts by their names.
extern const std::string_view SignInGerman;

} // namespace kith::server
