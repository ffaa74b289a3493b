// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Document.h"
#include "store/Result.h"
#include "store/Session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace kith::identity {

/// What an import would change in one field of an object.
struct FieldChange {
    std::string field;  ///< "name", "disabled", "type", "metadata.site", "policies", "member_entities", "text", …
    std::string before; ///< Of single values, in words; empty where there was none. Unused for lists.
    std::string after;
    std::vector<std::string> added; ///< Of lists.
    std::vector<std::string> removed;
    bool list = false;

    /// {"field", "before", "after"}, of lists {"field", "added", "removed"}.
    boost::json::object toJson() const;
};

enum class PlanAction { Create, Change, Keep };

/// What an import would do with one object of the document.
struct ObjectPlan {
    PlanAction action = PlanAction::Keep;
    std::size_t index = 0;    ///< In the list of the document.
    std::string name;         ///< As the document writes it.
    std::string uuid;         ///< Of the object in the core; empty for one to be created and for policies and mounts.
    std::int64_t version = 0; ///< Of the object in the core (entity.version, modify_index, the policy's version).
    std::vector<FieldChange> changes; ///< In the order of the document's keys.
};

/// Whether the plan changes a field that begins so.
bool changes(const ObjectPlan &plan, std::string_view prefix);

/// What an import of a document would do with a core. Nothing is ever deleted by an import; a member list and a policy
/// list that the document states are the whole list, so members and policies may leave, and the plan says which.
struct ImportPlan {
    std::vector<ObjectPlan> mounts;      ///< All that the document names, by path; those to be created have their type.
    std::vector<std::string> mountTypes; ///< Of `mounts`, in the same order.
    std::vector<ObjectPlan> policies;
    std::vector<ObjectPlan> entities; ///< In the order of the document.
    std::vector<ObjectPlan> groups;
    Problems problems; ///< Of the document with this core: unknown members, cycles, aliases that belong to others.

    /// A digest of all that would be done and of the versions it would be done to: as long as it is the same, the
    /// preview that somebody saw is what an import does.
    std::string fingerprint() const;
    bool changesNothing() const;
};

/// Compares the document with the core, by names. Reads what the document speaks of, not the whole core. A document
/// that adds becomes one that states the whole first (addWhatIsThere()): what is there already would leave otherwise.
ImportPlan planImport(store::Session &session, Document &document);

/// The type for a mount of which a document says only the path: "github" for "github" and "github-emea", "ldap" for
/// "directory"; "userpass" where the path tells nothing.
std::string mountTypeFor(std::string_view path);

} // namespace kith::identity
