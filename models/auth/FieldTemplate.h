// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// What stands in a place of a template, by its path: "{{ .org.unit }}" asks for {"org", "unit"}. Nothing: unknown.
using TemplateFields = std::function<std::optional<std::string>(const std::vector<std::string> &path)>;

/// A text with what `fields` gives for each place. Of Go's templates only fields are known; nothing for any other, and
/// when a field is unknown.
std::optional<std::string> filledIn(std::string_view text, const TemplateFields &fields);

} // namespace kith::auth
