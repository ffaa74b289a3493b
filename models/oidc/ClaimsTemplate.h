// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/Template.h"
#include "store/Result.h"

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace kith::oidc {

/// A template of claims as it is kept: the text that was given, or what it is in base64 of.
std::string templateText(std::string_view given);

/// Whether a template of a role or scope gives an object, tried with an entity that has nothing, and none of the claims
/// that every token has of its own (spec/engine.md §11). Fails with status 400. An empty one gives nothing.
Result<void> checkTemplate(std::string_view text);

/// The claims that a template gives for an entity. Values become JSON: texts in quotes, groups as lists, metadata as
/// objects. Fails with status 400 as checkTemplate() does; claims of a token's own are left out.
Result<boost::json::object> claimsOf(std::string_view text, const policy::TemplateValues &values);

} // namespace kith::oidc
