// SPDX-License-Identifier: Apache-2.0
#include "identity/EntityAliases.h"

#include "identity/Entities.h"
#include "identity/ExternalChange.h"
#include "identity/Groups.h"
#include "identity/Mounts.h"
#include "store/Text.h"

namespace kith::identity {

namespace {

/// An alias as it is stored.
struct Stored {
    AliasId id;
    std::string uuid;
    EntityId entity;
    std::string canonicalId;
    std::string accessor;
    std::string name;
    StoredMetadata customMetadata;
};

Stored stored(store::Session &session, AliasId alias)
{
    store::Query row = session.query("SELECT a.uuid, a.entity, e.uuid, a.accessor, a.name, a.custom_metadata "
                                     "FROM entity_alias a JOIN entity e ON e.id = a.entity WHERE a.id = ?",
                                     alias);
    row.step();
    return {alias,
            std::string(row.text(0)),
            row.id<EntityId>(1),
            std::string(row.text(2)),
            std::string(row.text(3)),
            std::string(row.text(4)),
            metadataFromColumn(row.text(5))};
}

bool hasMount(store::Session &session, EntityId entity, std::string_view accessor)
{
    return session.integer("SELECT 1 FROM entity_alias WHERE entity = ? AND accessor = ?", entity, accessor)
        .has_value();
}

/// null and {} say the same about whether anything changes.
bool sameMetadata(const StoredMetadata &left, const StoredMetadata &right)
{
    return left.value_or(Metadata()) == right.value_or(Metadata());
}

/// The memberships of the alias's owner stay, but name it no more: once it is gone another may get its id. Nobody
/// else's name it, and to look for them would take all memberships of everybody.
void forgetWhatItBrought(store::WriteSession &session, EntityId owner, AliasId alias)
{
    session.run("UPDATE member_entity SET alias = NULL WHERE entity = ? AND alias = ?", owner, alias);
    forgetExternalChanges(session, alias);
}

std::string invalidAccessor(std::string_view accessor)
{
    return "invalid mount accessor " + inQuotes(accessor);
}

Error otherNamespace(std::string text)
{
    return {ErrorCode::PermissionDenied, 403, std::move(text), {}};
}

/// An update on its way through the checks.
class Update
{
public:
    Update(store::WriteSession &session, NamespaceId ns, Stored alias, const EntityAliasChange &change)
        : m_session(session)
        , m_ns(ns)
        , m_alias(std::move(alias))
        , m_change(change)
        , m_accessor(change.accessor.empty() ? m_alias.accessor : change.accessor)
        , m_name(change.name.empty() ? m_alias.name : change.name)
        , m_newOwner(m_alias.entity)
    {}

    bool changesNothing() const { return !renames() && !remounts() && !moves() && !relabels(); }

    Result<SavedAlias> run()
    {
        for (auto step : {&Update::checkMount, &Update::checkFactors, &Update::checkMove, &Update::checkLocal}) {
            if (auto passed = (this->*step)(); !passed)
                return passed.error();
        }
        write();
        return SavedAlias{m_alias.uuid, moves() ? m_change.canonicalId : m_alias.canonicalId};
    }

private:
    bool renames() const { return m_name != m_alias.name; }
    bool remounts() const { return m_accessor != m_alias.accessor; }
    bool moves() const { return !m_change.canonicalId.empty() && m_change.canonicalId != m_alias.canonicalId; }
    bool relabels() const
    {
        return m_change.customMetadata && !sameMetadata(*m_change.customMetadata, m_alias.customMetadata);
    }
    bool changesFactors() const { return remounts() || foldCase(m_name) != foldCase(m_alias.name); }

    Result<void> checkMount()
    {
        m_mount = mountByAccessor(m_session, m_accessor);
        if (!m_mount) // [Q] a raw error when nothing but the entity changes
            return renames() || remounts() || relabels() ? invalidRequest(invalidAccessor(m_accessor))
                                                         : rawError(invalidAccessor(m_accessor));
        if (m_mount->ns != m_ns)
            return otherNamespace("given mount accessor is not in the same namespace as the existing alias");
        if (remounts() && !moves() && hasMount(m_session, m_alias.entity, m_accessor))
            return invalidRequest(
                "Alias cannot be updated as the entity already has an alias for the given 'mount_accessor' ");
        return {};
    }

    Result<void> checkFactors()
    {
        const auto owner = aliasByFactors(m_session, m_accessor, m_name);
        if (owner && *owner != m_alias.id)
            return invalidRequest("alias with combination of mount accessor and name already exists");
        return {};
    }

    Result<void> checkMove()
    {
        if (!moves())
            return {};
        if (m_mount->local)
            return invalidRequest("local aliases can't be moved between entities");
        const auto target = entityByUuid(m_session, m_ns, m_change.canonicalId);
        if (!target)
            return invalidRequest("given 'canonical_id' is not associated with an entity");
        if (hasMount(m_session, *target, m_accessor))
            return invalidRequest("Alias cannot be updated as the given entity already has an alias for this mount ");
        m_newOwner = *target;
        return {};
    }

    /// [Q] On a local mount other factors would be a second alias of the same name to the real server.
    Result<void> checkLocal()
    {
        if (m_mount->local && changesFactors())
            return rawError("duplicate identity name");
        return {};
    }

    void write()
    {
        touchEntity(m_session, m_alias.entity);
        if (m_newOwner != m_alias.entity) {
            touchEntity(m_session, m_newOwner);
            forgetWhatItBrought(m_session, m_alias.entity, m_alias.id);
        } else if (m_accessor != m_alias.accessor) {
            forgetExternalChanges(m_session, m_alias.id);
        }
        // [Q] Storing an alias turns its empty custom_metadata into null, unless this very request sets it.
        m_session.run("UPDATE entity_alias SET entity = ?, accessor = ?, name = ?, name_key = ?, updated = ?, "
                      "custom_metadata = nullif(custom_metadata, '{}') WHERE id = ?",
                      m_newOwner, m_accessor, m_name, foldCase(m_name), m_session.now, m_alias.id);
        if (m_change.customMetadata)
            m_session.run("UPDATE entity_alias SET custom_metadata = ? WHERE id = ?",
                          metadataColumn(*m_change.customMetadata), m_alias.id);
    }

    store::WriteSession &m_session;
    NamespaceId m_ns;
    Stored m_alias;
    const EntityAliasChange &m_change;
    std::string m_accessor;
    std::string m_name;
    EntityId m_newOwner;
    std::optional<Mount> m_mount;
};

Result<std::optional<SavedAlias>> update(store::WriteSession &session, NamespaceId ns, AliasId alias,
                                         const EntityAliasChange &change)
{
    Update update(session, ns, stored(session, alias), change);
    if (update.changesNothing())
        return std::optional<SavedAlias>();
    auto saved = update.run();
    if (!saved)
        return saved.error();
    return std::optional(std::move(*saved));
}

Result<SavedAlias> create(store::WriteSession &session, NamespaceId ns, const Mount &mount,
                          const EntityAliasChange &change)
{
    SavedAlias saved{newObjectUuid(session, ns), change.canonicalId};
    EntityId owner;
    if (change.canonicalId.empty()) {
        const SavedEntity made = createEntity(session, ns);
        owner = made.id;
        saved.canonicalId = made.uuid;
    } else {
        const auto found = entityByUuid(session, ns, change.canonicalId);
        if (!found)
            return invalidRequest("invalid canonical ID");
        if (hasMount(session, *found, mount.accessor))
            return invalidRequest("Alias already exists for requested entity and mount accessor");
        owner = *found;
    }
    touchEntity(session, owner);
    session.run("INSERT INTO entity_alias (uuid, entity, accessor, name, name_key, custom_metadata, local, created, "
                "updated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
                saved.uuid, owner, mount.accessor, change.name, foldCase(change.name),
                metadataColumn(change.customMetadata.value_or(Metadata())), mount.local, session.now);
    return saved;
}

Result<std::optional<SavedAlias>> saveByFactors(store::WriteSession &session, NamespaceId ns, EntityAliasChange change)
{
    if (change.accessor.empty() || change.name.empty())
        return invalidRequest("'id' or 'mount_accessor' and 'name' must be provided");
    const auto mount = mountByAccessor(session, change.accessor);
    if (!mount)
        return invalidRequest(invalidAccessor(change.accessor));
    if (mount->ns != ns)
        return otherNamespace("matching mount is in a different namespace than request");
    if (const auto found = aliasByFactors(session, change.accessor, change.name)) {
        if (!change.customMetadata) // [Q] whoever doesn't mention it clears it
            change.customMetadata.emplace(Metadata());
        return update(session, ns, *found, change);
    }
    auto saved = create(session, ns, *mount, change);
    if (!saved)
        return saved.error();
    return std::optional(std::move(*saved));
}

} // namespace

std::optional<AliasId> aliasByUuid(store::Session &session, NamespaceId ns, std::string_view uuid)
{
    const auto id = session.integer("SELECT a.id FROM entity_alias a JOIN entity e ON e.id = a.entity "
                                    "WHERE a.uuid = ? AND e.namespace = ?",
                                    uuid, ns);
    return id ? std::optional(AliasId{*id}) : std::nullopt;
}

std::optional<AliasId> aliasByFactors(store::Session &session, std::string_view accessor, std::string_view name)
{
    const auto id =
        session.integer("SELECT id FROM entity_alias WHERE name_key = ? AND accessor = ?", foldCase(name), accessor);
    return id ? std::optional(AliasId{*id}) : std::nullopt;
}

EntityId entityOfAlias(store::Session &session, AliasId alias)
{
    return EntityId{session.integer("SELECT entity FROM entity_alias WHERE id = ?", alias).value_or(0)};
}

Result<std::optional<SavedAlias>> saveEntityAlias(store::WriteSession &session, NamespaceId ns, const std::string &uuid,
                                                  const EntityAliasChange &change)
{
    if (change.customMetadata && *change.customMetadata) {
        if (auto fits = checkCustomMetadata(**change.customMetadata); !fits)
            return fits.error();
    }
    if (uuid.empty())
        return saveByFactors(session, ns, change);
    const auto alias = aliasByUuid(session, ns, uuid);
    if (!alias)
        return invalidRequest("invalid alias ID provided");
    return update(session, ns, *alias, change);
}

void deleteEntityAlias(store::WriteSession &session, AliasId alias)
{
    const EntityId entity = entityOfAlias(session, alias);
    forgetWhatItBrought(session, entity, alias);
    session.run("DELETE FROM entity_alias WHERE id = ?", alias);
    touchEntity(session, entity);
}

} // namespace kith::identity
