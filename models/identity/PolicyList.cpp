// SPDX-License-Identifier: Apache-2.0
#include "identity/PolicyList.h"

#include "policy/PolicyNames.h"
#include "store/Text.h"

#include <algorithm>
#include <iterator>

namespace kith::identity {

std::string trimmed(std::string_view text)
{
    const auto isBlank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

std::vector<std::string> cleanIds(const std::vector<std::string> &ids)
{
    std::vector<std::string> clean;
    clean.reserve(ids.size());
    for (const std::string &id : ids) {
        if (std::string one = trimmed(id); !one.empty())
            clean.push_back(std::move(one));
    }
    std::sort(clean.begin(), clean.end());
    clean.erase(std::unique(clean.begin(), clean.end()), clean.end());
    return clean;
}

Result<std::vector<std::string>> cleanPolicies(const std::vector<std::string> &names)
{
    std::vector<std::string> keys;
    keys.reserve(names.size());
    for (const std::string &name : names)
        keys.push_back(policy::policyKey(name));
    keys = cleanIds(keys);
    if (std::binary_search(keys.begin(), keys.end(), "root"))
        return invalidRequest("policies cannot contain root");
    return keys;
}

std::vector<PolicyId> internPolicies(store::WriteSession &session, const std::vector<std::string> &names)
{
    std::vector<PolicyId> ids;
    ids.reserve(names.size());
    for (const std::string &name : names)
        ids.push_back(policy::internPolicy(session, name));
    std::sort(ids.begin(), ids.end());
    return ids;
}

void givePolicies(store::WriteSession &session, const PolicyTable &table, std::int64_t owner,
                  const std::vector<std::string> &names)
{
    for (const PolicyId policy : internPolicies(session, names))
        session.run(table.insert, owner, policy);
}

void replacePolicies(store::WriteSession &session, const PolicyTable &table, std::int64_t owner,
                     const std::vector<std::string> &names)
{
    const std::vector<PolicyId> wanted = internPolicies(session, names);
    std::vector<PolicyId> present;
    store::Query rows = session.query(table.present, owner);
    while (rows.step())
        present.push_back(rows.id<PolicyId>(0));
    std::vector<PolicyId> differing;
    std::set_difference(present.begin(), present.end(), wanted.begin(), wanted.end(), std::back_inserter(differing));
    for (const PolicyId policy : differing)
        session.run(table.remove, owner, policy);
    differing.clear();
    std::set_difference(wanted.begin(), wanted.end(), present.begin(), present.end(), std::back_inserter(differing));
    for (const PolicyId policy : differing)
        session.run(table.insert, owner, policy);
}

} // namespace kith::identity
