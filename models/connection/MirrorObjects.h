// SPDX-License-Identifier: Apache-2.0
// What a server says of identities, as values. Tolerant: what is missing or of another type is left out.
#pragma once

#include "identity/EntityViews.h"
#include "identity/GroupViews.h"
#include "policy/PolicyStore.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kith::connection {

/// A mount of logins.
struct MirrorMount {
    std::string path; ///< With a slash at its end, without "auth/".
    std::string type;
    std::string accessor;
    std::string description;
    bool local = false;
    friend bool operator==(const MirrorMount &, const MirrorMount &) = default;
};

/// `data` of a read (or lookup) of an entity or a group; none: it has no id.
std::optional<identity::EntityView> entityOf(const boost::json::object &data);
std::optional<identity::GroupView> groupOf(const boost::json::object &data);

/// A line of LIST identity/group/id: name and alias, and how many members and parents it has.
struct GroupLine {
    identity::GroupView view;
    std::optional<std::int64_t> members;
    std::optional<std::int64_t> parents;
};

/// The lines of LIST identity/entity/id and identity/group/id: ids with what `key_info` says (names, aliases).
std::vector<identity::EntityView> entitiesOf(const boost::json::object &list);
std::vector<GroupLine> groupsOf(const boost::json::object &list);

/// `data` of a read of sys/policies/acl/NAME, or a line of LIST sys/policies/detailed/acl; none: it has no text.
std::optional<policy::StoredPolicy> policyOf(const boost::json::object &data, const std::string &name);

/// `data` of sys/auth, or `data.auth` of sys/internal/ui/mounts, by path.
std::vector<MirrorMount> mountsOf(const boost::json::object &data);

/// Whether both say the same of everything that is the object's own: an entity without its groups; a group with its
/// members, subgroups and parents, whatever their order.
bool sameEntity(const identity::EntityView &a, const identity::EntityView &b);
bool sameAlias(const identity::EntityAliasView &a, const identity::EntityAliasView &b);
bool sameGroup(const identity::GroupView &a, const identity::GroupView &b);

} // namespace kith::connection
