// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Caller.h"
#include "core/Request.h"
#include "core/Route.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::core {

/// What the rules have to grant for an operation; nothing for those that no rule can grant (Head).
std::optional<policy::Capability> capabilityOf(Operation operation);

/// The path as rules see it: a list asks with a slash at its end.
std::string_view askedPath(const Request &request, std::string &buffer);

/// A path of a namespace ("team/a/") as the caller's rules see it: from the namespace of its token on. Nothing: it lies
/// outside of that, so no rule reaches it.
std::optional<std::string> seenByRules(const Caller &caller, std::string_view ns, std::string_view path);

/// The path of a request as the caller's rules see it. `buffer` may come to hold it.
std::optional<std::string_view> rulesPath(const Caller &caller, const Request &request, std::string &buffer);

/// Whether the rule that decides for the request's path grants the capability as well.
bool alsoMay(const Caller &caller, policy::Capability capability, const Request &request);

/// What the caller's rules say to a request.
struct Permission {
    bool granted = false;
    std::optional<std::int64_t> limit;        ///< A list: the `limit` that holds now, instead of the one asked for.
    const policy::MergedRule *rule = nullptr; ///< That decided; null: root, or none.
};

/// The policies whose rule granted it, sorted; none: nothing was granted, or no rule was asked.
std::vector<std::string> grantingPolicies(const Permission &permission, const Caller &caller);

/// Decides about `operation` (as Router::operationOf tells it) on the request's path; `Gate::Sudo` asks for sudo too.
Permission permissionFor(const Caller &caller, const Request &request, Operation operation, Gate gate);

/// 403 as the rules' refusals are told: wrapped, unlike those of tokens (spec/engine.md §8).
Error refusedByRules();

/// Takes out of a list the keys that the rule hides (list_scan_response_keys_filter_path, §9.3).
void filterKeys(Response &response, const Caller &caller, const policy::MergedRule &rule, std::string_view path);

} // namespace kith::core
