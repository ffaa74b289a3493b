// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <string>
#include <string_view>

namespace kith::policy {

/// Renders a list_scan_response_keys_filter_path for one key of a list: `{{ .key }}` is the key, `{{ .path }}` the path
/// of the list. Fails with the reason why it is no such template. Of Go's template language only these two fields are
/// known; anything else is refused.
Result<std::string> renderKeyFilter(std::string_view text, std::string_view path, std::string_view key);

} // namespace kith::policy
