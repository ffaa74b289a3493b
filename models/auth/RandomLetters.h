// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace kith::auth {

/// Letters and digits, each as likely as any other, for secrets too. To ask for many at once is much quicker.
std::string randomLetters(std::size_t count);

} // namespace kith::auth
