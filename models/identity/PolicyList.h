// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Session.h"

#include <string>
#include <vector>

namespace kith::identity {

/// Policies as entities and groups keep them: trimmed, lower case, without empty ones and duplicates, sorted.
/// Fails with status 400 if `root` is among them. Whether they are defined isn't asked. Source: spec/engine.md §1, §3.
Result<std::vector<std::string>> cleanPolicies(const std::vector<std::string> &names);

/// The ids of policy names, made for those that nothing has referred to yet; sorted by id.
std::vector<PolicyId> internPolicies(store::WriteSession &session, const std::vector<std::string> &names);

/// The statements on a table of policies by their owner; each has the owner first, then the policy.
struct PolicyTable {
    std::string_view present; ///< Policies by their ids.
    std::string_view insert;
    std::string_view remove;
};
/// Makes these the policies of `owner`, touching only what differs.
void replacePolicies(store::WriteSession &session, const PolicyTable &table, std::int64_t owner,
                     const std::vector<std::string> &names);
/// For an owner who is new: nothing is looked for. `names` as of cleanPolicies().
void givePolicies(store::WriteSession &session, const PolicyTable &table, std::int64_t owner,
                  const std::vector<std::string> &names);

/// The text with the blanks at both ends dropped, as lists of a request have their items trimmed.
std::string trimmed(std::string_view text);

/// A list of ids as requests give it: trimmed, without empty ones and duplicates, sorted. Case is kept.
std::vector<std::string> cleanIds(const std::vector<std::string> &ids);

} // namespace kith::identity
