// SPDX-License-Identifier: Apache-2.0
#include "policy/PolicyNames.h"

#include "store/Text.h"

namespace kith::policy {

std::string policyKey(std::string_view name)
{
    return foldCase(name);
}

PolicyId internPolicy(store::WriteSession &session, std::string_view name)
{
    if (const auto found = findPolicy(session, name))
        return *found;
    session.run("INSERT INTO policy_name (name) VALUES (?)", policyKey(name));
    return PolicyId{session.lastRowId()};
}

std::optional<PolicyId> findPolicy(store::Session &session, std::string_view name)
{
    const auto id = session.integer("SELECT id FROM policy_name WHERE name = ?", policyKey(name));
    return id ? std::optional(PolicyId{*id}) : std::nullopt;
}

std::string policyName(store::Session &session, PolicyId id)
{
    return session.text("SELECT name FROM policy_name WHERE id = ?", id).value_or(std::string());
}

} // namespace kith::policy
