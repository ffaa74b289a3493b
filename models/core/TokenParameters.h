// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Login.h"
#include "core/Call.h"
#include "store/Result.h"

#include <set>

namespace kith::core {

/// The parameters that users and roles of auth methods have in common, after `more`.
std::vector<Field> withTokenFields(std::vector<Field> more);

/// Takes over those that were sent. Fails with status 400 and the real server's words; what it only wants to say goes
/// into `warnings`.
Result<void> readTokenParameters(const Call &call, auth::TokenSettings &settings, std::vector<std::string> &warnings);

/// A setting that has an older name, too: given by that alone, or by both, it is shown by both from then on; given by
/// the newer one alone the old one vanishes. False: neither was sent. `oldNames` are those that are shown.
bool takesOldName(const Call &call, std::string_view oldName, std::string_view newName,
                  std::set<std::string> &oldNames);

/// Takes over those of `names` ("policies", "ttl", "max_ttl", "period", "num_uses", "bound_cidrs"; the route must
/// declare them) that were sent without their newer name, `token_` before it. Fails as readTokenParameters does.
Result<void> takeOldNames(const Call &call, std::initializer_list<std::string_view> names,
                          auth::TokenSettings &settings, std::set<std::string> &oldNames);

/// What a read shows: the token settings, and under their old names those of `oldNames`, unless they are empty.
boost::json::object shownSettings(const auth::TokenSettings &settings, const std::set<std::string> &oldNames);

/// 204, or 200 when there is something to say.
Response doneWith(std::vector<std::string> warnings);

} // namespace kith::core
