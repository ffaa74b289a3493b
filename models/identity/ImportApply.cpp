// SPDX-License-Identifier: Apache-2.0
#include "identity/Import.h"

#include "identity/ImportPlanner.h"
#include "identity/Mounts.h"
#include "policy/PolicyStore.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::identity {

const FieldChange *changeOf(const ObjectPlan &plan, std::string_view field)
{
    const auto found = std::find_if(plan.changes.begin(), plan.changes.end(),
                                    [&](const FieldChange &change) { return change.field == field; });
    return found == plan.changes.end() ? nullptr : &*found;
}

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

Result<void> Import::run()
{
    for (auto part : {&Import::enableMounts, &Import::writePolicies, &Import::saveEntities, &Import::saveGroups}) {
        if (auto done = (this->*part)(); !done)
            return done;
    }
    return saveMembers();
}

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
