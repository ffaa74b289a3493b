// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace kith::server {

/// Fills a template: `{{name}}` becomes the text of that name, always escaped, so that it can neither be an element nor
/// end an attribute in quotes; `{{#name}}…{{/name}}` stands once for true, once for an object (whose names come first
/// inside), and once for each object of a list. What is missing, null or false is left out. Throws std::logic_error for
/// a section that isn't closed.
std::string fillTemplate(std::string_view text, const boost::json::object &values);

} // namespace kith::server
