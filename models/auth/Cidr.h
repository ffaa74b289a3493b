// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// Checks blocks of addresses ("10.0.0.0/8", "::1", "2001:db8::/32") and gives them as they are kept: a block without a
/// length is one address. Fails with the text of the first that is none.
Result<std::vector<std::string>> parseCidrs(const std::vector<std::string> &blocks);

/// Whether an address lies in one of the blocks. An IPv4 address in IPv6 form counts as itself.
bool isWithin(const std::vector<std::string> &blocks, std::string_view address);

} // namespace kith::auth
