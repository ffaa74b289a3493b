// SPDX-License-Identifier: Apache-2.0
#include "policy/AclMerge.h"

#include <algorithm>

namespace kith::policy {

namespace {

/// The smaller of two limits, where 0 is none.
template <class T>
T tighter(T a, T b)
{
    return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

void unite(std::vector<std::string> &names, const std::vector<std::string> &others)
{
    names.insert(names.end(), others.begin(), others.end());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

/// Key by key; no values ("any") win over some. A policy without such a list lifts nothing.
void unite(std::optional<ParameterRules> &rules, const std::optional<ParameterRules> &others)
{
    if (!others)
        return;
    if (!rules) {
        rules = others;
        return;
    }
    for (const auto &[name, values] : *others) {
        const auto known = rules->find(name);
        if (known == rules->end())
            rules->emplace(name, values);
        else if (known->second.empty() || values.empty())
            known->second.clear();
        else
            known->second.insert(known->second.end(), values.begin(), values.end());
    }
}

} // namespace

void mergeGrant(Grant &grant, const Grant &other)
{
    if (grant.capabilities.has(Capability::Deny))
        return;
    if (other.capabilities.has(Capability::Deny)) {
        grant = Grant();
        grant.capabilities.insert(Capability::Deny);
        return;
    }
    grant.capabilities = grant.capabilities.united(other.capabilities);
    grant.minWrappingTtl = tighter(grant.minWrappingTtl, other.minWrappingTtl);
    grant.maxWrappingTtl = tighter(grant.maxWrappingTtl, other.maxWrappingTtl);
    unite(grant.allowedParameters, other.allowedParameters);
    unite(grant.deniedParameters, other.deniedParameters);
    unite(grant.requiredParameters, other.requiredParameters);
    unite(grant.mfaMethods, other.mfaMethods);
    grant.paginationLimit = tighter(grant.paginationLimit, other.paginationLimit);
    if (grant.responseKeysFilterPath.empty())
        grant.responseKeysFilterPath = other.responseKeysFilterPath;
    grant.controlGroup = grant.controlGroup || other.controlGroup;
}

} // namespace kith::policy
