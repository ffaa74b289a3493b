// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/Hcl.h"

namespace kith::policy::hcl {

/// Checks the control_group stanzas of a rule. Fails with the text behind `error handling control_group: `.
Result<void> checkControlGroups(const std::vector<Item> &rule);

} // namespace kith::policy::hcl
