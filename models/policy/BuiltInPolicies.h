// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace kith::policy {

/// Every token has it unless it was made without; may be changed, not deleted (spec/engine.md §9.2).
extern const std::string_view DefaultPolicyText;
/// Of the tokens that wrapped answers are fetched with; can't be changed.
extern const std::string_view ResponseWrappingPolicyText;

} // namespace kith::policy
