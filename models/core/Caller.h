// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Token.h"
#include "policy/Acl.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::core {

/// Who asks: the token of a request and what it may do, computed for this request (spec/engine.md §8). A value; the
/// rules are shared and immutable.
struct Caller {
    std::optional<auth::Token> token;          ///< None: nobody (a public endpoint), or the process itself.
    EntityId entity;                           ///< None: the token has none. Of a merged one: what it was merged into.
    std::vector<std::string> tokenPolicies;    ///< Sorted.
    std::vector<std::string> identityPolicies; ///< Of the entity and of its groups, sorted; without the token's.
    std::shared_ptr<const policy::Acl> acl;    ///< Null: may nothing.

    bool barred = false; ///< Its entity is disabled or gone: it may nothing, but that counts as a use of its token.

    /// Whether this request was the last use of its token, which nobody finds any more from then on.
    bool isUsedUp() const { return token && token->uses < 0; }
    bool isRoot() const { return acl && acl->isRoot(); }
    /// Whether the rule that decides for `path` grants the capability as well; root may everything.
    bool may(policy::Capability capability, std::string_view path) const
    {
        if (!acl)
            return false;
        if (acl->isRoot())
            return true;
        const policy::MergedRule *rule = acl->choose(path, false);
        return rule && rule->grant.capabilities.has(capability);
    }
};

} // namespace kith::core
