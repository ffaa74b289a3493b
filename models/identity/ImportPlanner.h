// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/ImportPlan.h"

#include <unordered_map>

namespace kith::identity {

/// What the parts of planImport share while one plan is made.
struct ImportPlanner {
    store::Session &session;
    const Document &document;
    ImportPlan &plan;
    std::unordered_map<std::string, std::size_t> entities; ///< Folded name -> index in document.entities.
    std::unordered_map<std::string, std::size_t> groups;
    std::unordered_map<std::string, std::string> accessors; ///< Path -> accessor, of the mounts that exist.

    ImportPlanner(store::Session &session, const Document &document, ImportPlan &plan);

    void planMounts();
    void planPolicies();
    void planEntities(); ///< ImportPlanEntities.cpp
    void planGroups();   ///< ImportPlanGroups.cpp
    void findCycles();   ///< ImportCycles.cpp
    void findUndefinedPolicies();

    void error(std::string code, std::string place, std::string object, std::string text);
    void warning(std::string code, std::string place, std::string object, std::string text);

    /// The accessor that an alias of the document has in this core; empty as long as its mount isn't enabled.
    std::string accessorOf(const document::Alias &alias) const;

    static void compareText(ObjectPlan &object, std::string field, const std::string &before, const std::string &after);
    static void compareMetadata(ObjectPlan &object, const std::string &prefix, const StoredMetadata &before,
                                const StoredMetadata &after);
    /// Both sorted.
    static void compareLists(ObjectPlan &object, std::string field, const std::vector<std::string> &before,
                             const std::vector<std::string> &after);

    /// What is to be done with an object, once all its fields are compared.
    static void decide(ObjectPlan &object, bool exists);
    /// The first column of the rows.
    static std::vector<std::string> namesIn(store::Query rows);
    static StoredMetadata metadataIn(const store::Query &row, int column);

private:
    void planEntity(const document::Entity &entity);
    void planEntityAlias(ObjectPlan &object, EntityId id, const document::Entity &entity, const document::Alias &alias);
    void planGroup(const document::Group &group);
    void planMembers(ObjectPlan &object, GroupId id, const document::Group &group);
    void planGroupAlias(ObjectPlan &object, GroupId id, const document::Group &group);
    void findUnknownMembers(const document::Group &group);
};

/// "groups[12]", and with a quoted name what people call it: `group "platform"`.
std::string placeIn(const char *list, std::size_t index);
std::string labelOf(const char *kind, std::string_view name);

} // namespace kith::identity
