// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Entities.h"
#include "identity/Groups.h"
#include "identity/ImportApply.h"

#include <string>
#include <unordered_map>

namespace kith::identity {

/// The plan of an object and what the document says of it. Plans are in the order of the document's objects.
template <class Item>
struct Planned {
    const ObjectPlan &plan;
    const Item &item;
};

const FieldChange *changeOf(const ObjectPlan &plan, std::string_view field);

/// The error with the place in the document.
Error refused(Error error, std::string place);

/// One import while it is done: what the parts of applyImport share.
class Import
{
public:
    Import(store::WriteSession &session, const Document &document, const ImportPlan &plan, const ImportStep &step)
        : m_session(session), m_document(document), m_plan(plan), m_step(step)
    {}

    Result<void> run();

private:
    Result<void> enableMounts();
    Result<void> writePolicies();
    Result<void> saveEntities();
    Result<void> saveEntity(const Planned<document::Entity> &entity);
    void saveEntityAlias(EntityId entity, const document::Alias &alias);
    Result<void> saveGroups(); ///< This and the following: ImportGroups.cpp
    Result<void> createGroup(const Planned<document::Group> &group);
    Result<void> changeGroup(const Planned<document::Group> &group);
    Result<void> saveMembers();
    Result<void> saveMembers(const Planned<document::Group> &group);
    void saveGroupAlias(GroupId group, const document::Alias &alias);

    EntityId entityNamed(const std::string &name);
    GroupId groupNamed(const std::string &name);
    std::string accessorOf(const document::Alias &alias);
    bool isLocal(const std::string &accessor) const { return m_local.count(accessor) != 0; }
    Result<void> step() const;

    store::WriteSession &m_session;
    const Document &m_document;
    const ImportPlan &m_plan;
    const ImportStep &m_step;
    std::unordered_map<std::string, std::string> m_accessors; // by path
    std::unordered_map<std::string, bool> m_local;            // accessors of local mounts
    std::unordered_map<std::string, EntityId> m_entities;     // by folded name
    std::unordered_map<std::string, GroupId> m_groups;
};

} // namespace kith::identity
