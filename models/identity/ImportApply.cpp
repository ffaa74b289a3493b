// SPDX-License-Identifier: Apache-2.0
#include "identity/ImportApply.h"

#include "identity/Entities.h"
#include "identity/GroupMembers.h"
#include "identity/Groups.h"
#include "identity/ImportPlanner.h"
#include "identity/Mounts.h"
#include "policy/PolicyStore.h"
#include "store/Text.h"

#include <map>
#include <unordered_map>

namespace kith::identity {

namespace {

/// The plan of an object and what the document says of it. Plans are in the order of the document's objects.
template <class Item>
struct Planned {
    const ObjectPlan &plan;
    const Item &item;
};

bool changes(const ObjectPlan &plan, std::string_view prefix)
{
    return std::any_of(plan.changes.begin(), plan.changes.end(),
                       [&](const FieldChange &change) { return std::string_view(change.field).starts_with(prefix); });
}

const FieldChange *changeOf(const ObjectPlan &plan, std::string_view field)
{
    const auto found = std::find_if(plan.changes.begin(), plan.changes.end(),
                                    [&](const FieldChange &change) { return change.field == field; });
    return found == plan.changes.end() ? nullptr : &*found;
}

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
    Result<void> saveGroups();
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

Error refused(Error error, std::string place)
{
    error.where = std::move(place);
    return error;
}

Result<void> Import::step() const
{
    if (m_step())
        return {};
    return Error{ErrorCode::Cancelled, 499, "the import was cancelled; nothing was changed", {}};
}

EntityId Import::entityNamed(const std::string &name)
{
    const auto [known, isNew] = m_entities.try_emplace(foldCase(name));
    if (isNew)
        known->second = entityByName(m_session, RootNamespace, name).value_or(EntityId());
    return known->second;
}

GroupId Import::groupNamed(const std::string &name)
{
    const auto [known, isNew] = m_groups.try_emplace(foldCase(name));
    if (isNew)
        known->second = groupByName(m_session, RootNamespace, name).value_or(GroupId());
    return known->second;
}

std::string Import::accessorOf(const document::Alias &alias)
{
    return alias.mount.empty() ? alias.accessor : m_accessors[alias.mount];
}

Result<void> Import::enableMounts()
{
    std::unordered_map<std::string, const document::Mount *> stated;
    for (const document::Mount &mount : m_document.mounts)
        stated.emplace(mount.path, &mount);
    for (std::size_t i = 0; i < m_plan.mounts.size(); ++i) {
        const ObjectPlan &plan = m_plan.mounts[i];
        if (auto go = step(); !go)
            return go;
        if (plan.action == PlanAction::Create) {
            const auto found = stated.find(plan.name);
            MountSettings settings;
            settings.description = found == stated.end() ? std::string() : found->second->description;
            const bool local = found != stated.end() && found->second->local;
            auto enabled = enableAuth(m_session, RootNamespace, plan.name, m_plan.mountTypes[i], local, settings);
            if (!enabled)
                return refused(enabled.error(), "mount " + shownName(plan.name));
        }
        if (const auto mount = mountByPath(m_session, RootNamespace, MountClass::Auth, plan.name)) {
            m_accessors[plan.name] = mount->accessor;
            if (mount->local)
                m_local.emplace(mount->accessor, true);
        }
    }
    return {};
}

Result<void> Import::writePolicies()
{
    for (std::size_t i = 0; i < m_plan.policies.size(); ++i) {
        const ObjectPlan &plan = m_plan.policies[i];
        const document::Policy &policy = m_document.policies[i];
        if (auto go = step(); !go)
            return go;
        if (plan.action == PlanAction::Keep)
            continue;
        policy::PolicyWrite write;
        write.name = policy.name;
        write.text = policy.text;
        write.cas = plan.version;
        write.casRequired = policy.casRequired;
        write.allowSlashes = policy.allowSlashes;
        write.allowWildcards = policy.allowWildcards;
        write.expires = policy.expires;
        if (auto written = policy::writePolicy(m_session, write); !written)
            return refused(written.error(), placeIn("policies", policy.index));
    }
    return {};
}

Result<void> Import::saveEntities()
{
    for (std::size_t i = 0; i < m_plan.entities.size(); ++i) {
        if (auto go = step(); !go)
            return go;
        const document::Entity &entity = m_document.entities[i];
        if (m_plan.entities[i].action == PlanAction::Keep)
            continue;
        if (auto saved = saveEntity({m_plan.entities[i], entity}); !saved)
            return refused(saved.error(), placeIn("entities", entity.index));
    }
    return {};
}

Result<void> Import::saveEntity(const Planned<document::Entity> &entity)
{
    const auto &[plan, item] = entity;
    const bool isNew = plan.action == PlanAction::Create;
    EntityId id = isNew ? EntityId() : entityNamed(item.name);
    if (isNew || changes(plan, "name") || changes(plan, "disabled") || changes(plan, "metadata") ||
        changes(plan, "policies")) {
        EntityChange change;
        change.name = item.name;
        change.policies = item.policies;
        change.disabled = item.disabled;
        if (item.metadata)
            change.metadata = item.metadata;
        const auto saved = identity::saveEntity(m_session, RootNamespace, plan.uuid, change);
        if (!saved)
            return saved.error();
        id = saved->id;
        m_entities[foldCase(item.name)] = id;
    }
    if (isNew || changes(plan, "aliases")) {
        for (const document::Alias &alias : item.aliases)
            saveEntityAlias(id, alias);
        if (!isNew)
            touchEntity(m_session, id);
    }
    return {};
}

/// By hand, since no request can make an orphaned alias, or say what logins say. The plan has seen that nobody else has
/// the name on that mount.
void Import::saveEntityAlias(EntityId entity, const document::Alias &alias)
{
    const std::string accessor = accessorOf(alias);
    auto stored = m_session.integer("SELECT id FROM entity_alias WHERE name_key = ? AND accessor = ?",
                                    foldCase(alias.name), accessor);
    if (!stored)
        stored = m_session.integer("SELECT id FROM entity_alias WHERE entity = ? AND accessor = ?", entity, accessor);
    if (!stored) {
        m_session.run("INSERT INTO entity_alias (uuid, entity, accessor, name, name_key, metadata, custom_metadata, "
                      "local, created, updated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
                      newObjectUuid(m_session, RootNamespace), entity, accessor, alias.name, foldCase(alias.name),
                      metadataColumn(alias.metadata), metadataColumn(alias.customMetadata.value_or(Metadata())),
                      isLocal(accessor), m_session.now);
        return;
    }
    m_session.run("UPDATE entity_alias SET name = ?2, name_key = ?3, metadata = coalesce(?4, metadata), "
                  "custom_metadata = coalesce(?5, custom_metadata), updated = ?6 WHERE id = ?1",
                  *stored, alias.name, foldCase(alias.name), metadataColumn(alias.metadata),
                  metadataColumn(alias.customMetadata), m_session.now);
}

Result<void> Import::saveGroups()
{
    for (std::size_t i = 0; i < m_plan.groups.size(); ++i) {
        if (auto go = step(); !go)
            return go;
        const document::Group &group = m_document.groups[i];
        const Planned<document::Group> planned{m_plan.groups[i], group};
        Result<void> saved;
        if (planned.plan.action == PlanAction::Create)
            saved = createGroup(planned);
        else if (planned.plan.action == PlanAction::Change)
            saved = changeGroup(planned);
        if (!saved)
            return refused(saved.error(), placeIn("groups", group.index));
    }
    return {};
}

Result<void> Import::createGroup(const Planned<document::Group> &group)
{
    const document::Group &item = group.item;
    GroupChange change;
    change.name = item.name;
    change.type = item.external ? "external" : "internal";
    change.policies = item.policies;
    if (item.metadata)
        change.metadata = item.metadata;
    if (item.memberEntities && !item.external)
        change.memberEntities.emplace(); // set, and filled once all entities are there
    const auto saved = identity::createGroup(m_session, RootNamespace, change);
    if (!saved)
        return saved.error();
    m_groups[foldCase(item.name)] = saved->id;
    if (item.alias)
        saveGroupAlias(saved->id, *item.alias);
    return {};
}

Result<void> Import::changeGroup(const Planned<document::Group> &group)
{
    const auto &[plan, item] = group;
    const GroupId id = groupNamed(item.name);
    const auto shape = m_session.integer("SELECT shape FROM identity_group WHERE id = ?", id).value_or(0);
    if (changes(plan, "name") || changes(plan, "metadata") || changes(plan, "policies")) {
        GroupChange change;
        change.name = item.name;
        change.policies = item.policies;
        if (item.metadata)
            change.metadata = item.metadata;
        if (auto updated = updateGroup(m_session, id, change); !updated)
            return updated;
    }
    if (item.alias && changes(plan, "alias"))
        saveGroupAlias(id, *item.alias);
    if (changes(plan, "member_"))
        m_session.run("UPDATE identity_group SET updated = ?2 WHERE id = ?1", id, m_session.now);
    touchGroup(m_session, id, static_cast<int>(shape));
    m_session.changes.groups.push_back(id);
    return {};
}

void Import::saveGroupAlias(GroupId group, const document::Alias &alias)
{
    const std::string accessor = accessorOf(alias);
    m_session.run("INSERT INTO group_alias (uuid, grp, accessor, name, name_key, metadata, custom_metadata, created, "
                  "updated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8) ON CONFLICT (grp) DO UPDATE SET "
                  "accessor = excluded.accessor, name = excluded.name, name_key = excluded.name_key, "
                  "metadata = coalesce(excluded.metadata, metadata), "
                  "custom_metadata = coalesce(excluded.custom_metadata, custom_metadata), updated = excluded.updated",
                  newObjectUuid(m_session, RootNamespace), group, accessor, alias.name, foldCase(alias.name),
                  metadataColumn(alias.metadata), metadataColumn(alias.customMetadata), m_session.now);
    m_session.changes.groups.push_back(group);
}

Result<void> Import::saveMembers()
{
    // First all that leaves, so that no cycle stands even for a moment; then all that comes.
    for (std::size_t i = 0; i < m_plan.groups.size(); ++i) {
        const ObjectPlan &plan = m_plan.groups[i];
        if (plan.action != PlanAction::Change)
            continue;
        const GroupId id = groupNamed(m_document.groups[i].name);
        if (const FieldChange *change = changeOf(plan, "member_groups")) {
            for (const std::string &name : change->removed)
                unlinkSubgroup(m_session, id, groupNamed(name));
        }
        if (const FieldChange *change = changeOf(plan, "member_entities")) {
            for (const std::string &name : change->removed)
                removeMember(m_session, id, entityNamed(name));
            touchGroup(m_session, id, GroupShape::Members);
        }
    }
    for (std::size_t i = 0; i < m_plan.groups.size(); ++i) {
        if (auto go = step(); !go)
            return go;
        if (m_plan.groups[i].action == PlanAction::Keep)
            continue;
        if (auto saved = saveMembers({m_plan.groups[i], m_document.groups[i]}); !saved)
            return refused(saved.error(), placeIn("groups", m_document.groups[i].index));
    }
    return {};
}

Result<void> Import::saveMembers(const Planned<document::Group> &group)
{
    const auto &[plan, item] = group;
    const GroupId id = groupNamed(item.name);
    const bool isNew = plan.action == PlanAction::Create;
    // An external group that is here already keeps the members that logins gave it.
    if (item.memberEntities && (isNew || !item.external)) {
        for (const document::Member &member : *item.memberEntities) {
            const EntityId entity = entityNamed(member.name);
            if (!entity)
                return invalidRequest("there is no entity " + shownName(member.name));
            addMember(m_session, id, entity);
        }
    }
    if (item.memberGroups) {
        for (const document::Member &member : *item.memberGroups) {
            const GroupId child = groupNamed(member.name);
            if (!child)
                return invalidRequest("there is no group " + shownName(member.name));
            linkSubgroup(m_session, id, child);
        }
    }
    return {};
}

Result<void> Import::run()
{
    for (auto part : {&Import::enableMounts, &Import::writePolicies, &Import::saveEntities, &Import::saveGroups}) {
        if (auto done = (this->*part)(); !done)
            return done;
    }
    return saveMembers();
}

} // namespace

std::int64_t importSteps(const ImportPlan &plan)
{
    return static_cast<std::int64_t>(plan.mounts.size() + plan.policies.size() + plan.entities.size() +
                                     2 * plan.groups.size());
}

Result<void> applyImport(store::WriteSession &session, const Document &document, const ImportPlan &plan,
                         const ImportStep &step)
{
    return Import(session, document, plan, step).run();
}

} // namespace kith::identity
