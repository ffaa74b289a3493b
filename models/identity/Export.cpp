// SPDX-License-Identifier: Apache-2.0
#include "identity/Export.h"

#include "identity/Cancel.h"
#include "identity/DocumentWriter.h"
#include "identity/Metadata.h"
#include "identity/Mounts.h"
#include "policy/PolicyStore.h"

namespace kith::identity {

namespace {

std::string withoutSlash(std::string path)
{
    while (path.ends_with('/'))
        path.pop_back();
    return path;
}

/// The keys of every object are written in the order of the alphabet.
class Exporter
{
public:
    Exporter(store::Session &session, const std::function<void(std::string_view)> &sink,
             const std::function<bool()> &step)
        : m_session(session), m_out(sink), m_step(step)
    {}

    Result<void> write()
    {
        m_out.beginObject();
        writeEntities();
        writeGroups();
        writeMounts();
        writePolicies();
        m_out.endObject();
        m_out.finish();
        return m_stopped ? Result<void>(cancelled()) : Result<void>();
    }

private:
    bool goesOn()
    {
        m_stopped = m_stopped || (m_step && !m_step());
        return !m_stopped;
    }
    void writeEntities();
    void writeGroups();
    void writeMounts();
    void writePolicies();
    void writeEntityAliases(EntityId entity);
    void writeGroupAlias(GroupId group);
    void writeAlias(const store::Query &row);
    void writeNames(std::string_view key, store::Query rows);
    /// Of entities and groups {} is something else than nothing, of aliases it isn't.
    enum class Empty { Written, Omitted };
    void writeMetadata(std::string_view key, const store::Query &row, int column, Empty empty = Empty::Written);

    store::Session &m_session;
    DocumentWriter m_out;
    const std::function<bool()> &m_step;
    bool m_stopped = false;
};

void Exporter::writeNames(std::string_view key, store::Query rows)
{
    m_out.key(key);
    m_out.beginList();
    while (rows.step())
        m_out.text(rows.text(0));
    m_out.endList();
}

void Exporter::writeMetadata(std::string_view key, const store::Query &row, int column, Empty empty)
{
    const StoredMetadata metadata = row.isNull(column) ? StoredMetadata() : metadataFromColumn(row.text(column));
    if (!metadata || (metadata->empty() && empty == Empty::Omitted))
        return;
    m_out.key(key);
    m_out.beginObject();
    for (const auto &[name, value] : *metadata) {
        m_out.key(name);
        m_out.text(value);
    }
    m_out.endObject();
}

/// Columns: accessor, custom_metadata, metadata, path of the mount, name.
void Exporter::writeAlias(const store::Query &row)
{
    m_out.beginObject();
    const bool orphaned = row.isNull(3);
    if (orphaned) {
        m_out.key("accessor");
        m_out.text(row.text(0));
    }
    writeMetadata("custom_metadata", row, 1, Empty::Omitted);
    writeMetadata("metadata", row, 2, Empty::Omitted);
    if (!orphaned) {
        m_out.key("mount");
        m_out.text(withoutSlash(std::string(row.text(3))));
    }
    m_out.key("name");
    m_out.text(row.text(4));
    m_out.endObject();
}

void Exporter::writeEntityAliases(EntityId entity)
{
    m_out.key("aliases");
    m_out.beginList();
    store::Query row = m_session.query("SELECT a.accessor, a.custom_metadata, a.metadata, m.path, a.name "
                                       "FROM entity_alias a LEFT JOIN mount m ON m.accessor = a.accessor AND m.class = "
                                       "'auth' WHERE a.entity = ? ORDER BY m.path IS NULL, m.path, a.accessor, a.name",
                                       entity);
    while (row.step())
        writeAlias(row);
    m_out.endList();
}

void Exporter::writeEntities()
{
    m_out.key("entities");
    m_out.beginList();
    store::Query row =
        m_session.query("SELECT id, name, disabled, metadata FROM entity WHERE namespace = 1 ORDER BY name_key");
    while (row.step() && goesOn()) {
        const auto id = row.id<EntityId>(0);
        m_out.beginObject();
        writeEntityAliases(id);
        m_out.key("disabled");
        m_out.flag(row.integer(2) != 0);
        writeMetadata("metadata", row, 3);
        m_out.key("name");
        m_out.text(row.text(1));
        writeNames("policies", m_session.query("SELECT p.name FROM entity_policy e JOIN policy_name p "
                                               "ON p.id = e.policy WHERE e.entity = ? ORDER BY p.name",
                                               id));
        m_out.endObject();
    }
    m_out.endList();
}

void Exporter::writeGroupAlias(GroupId group)
{
    store::Query row = m_session.query("SELECT a.accessor, a.custom_metadata, a.metadata, m.path, a.name "
                                       "FROM group_alias a LEFT JOIN mount m ON m.accessor = a.accessor AND "
                                       "m.class = 'auth' WHERE a.grp = ?",
                                       group);
    if (!row.step())
        return;
    m_out.key("alias");
    writeAlias(row);
}

void Exporter::writeGroups()
{
    m_out.key("groups");
    m_out.beginList();
    store::Query row = m_session.query("SELECT id, name, external, metadata, shape FROM identity_group "
                                       "WHERE namespace = 1 ORDER BY name_key");
    constexpr std::int64_t PoliciesSet = 1;
    constexpr std::int64_t MembersSet = 2;
    while (row.step() && goesOn()) {
        const auto id = row.id<GroupId>(0);
        const bool external = row.integer(2) != 0;
        const std::int64_t shape = row.integer(4);
        m_out.beginObject();
        writeGroupAlias(id);
        // Lists that were never set stay away: reading them gives null, not an empty list.
        if ((shape & MembersSet) != 0 || m_session.integer("SELECT 1 FROM member_entity WHERE grp = ? LIMIT 1", id))
            writeNames("member_entities", m_session.query("SELECT e.name FROM member_entity m JOIN entity e "
                                                          "ON e.id = m.entity WHERE m.grp = ? ORDER BY e.name_key",
                                                          id));
        if (!external)
            writeNames("member_groups", m_session.query("SELECT c.name FROM member_group m JOIN identity_group c "
                                                        "ON c.id = m.child WHERE m.parent = ? ORDER BY c.name_key",
                                                        id));
        writeMetadata("metadata", row, 3);
        m_out.key("name");
        m_out.text(row.text(1));
        if ((shape & PoliciesSet) != 0 || m_session.integer("SELECT 1 FROM group_policy WHERE grp = ? LIMIT 1", id))
            writeNames("policies", m_session.query("SELECT p.name FROM group_policy g JOIN policy_name p "
                                                   "ON p.id = g.policy WHERE g.grp = ? ORDER BY p.name",
                                                   id));
        m_out.key("type");
        m_out.text(external ? "external" : "internal");
        m_out.endObject();
    }
    m_out.endList();
}

void Exporter::writeMounts()
{
    m_out.key("mounts");
    m_out.beginList();
    for (const Mount &mount : mounts(m_session, RootNamespace, MountClass::Auth)) {
        if (mount.type == "token") // every core has it
            continue;
        m_out.beginObject();
        if (const std::string description = mountSettings(m_session, mount.id).description; !description.empty()) {
            m_out.key("description");
            m_out.text(description);
        }
        if (mount.local) {
            m_out.key("local");
            m_out.flag(true);
        }
        m_out.key("path");
        m_out.text(withoutSlash(mount.path));
        m_out.key("type");
        m_out.text(mount.type);
        m_out.endObject();
    }
    m_out.endList();
}

void Exporter::writePolicies()
{
    m_out.key("policies");
    m_out.beginList();
    store::Query row = m_session.query("SELECT p.name FROM acl_policy a JOIN policy_name p ON p.id = a.policy "
                                       "WHERE a.namespace = 1 AND p.name NOT IN ('root', 'response-wrapping') "
                                       "ORDER BY p.name");
    while (row.step() && goesOn()) {
        constexpr Nanoseconds BeforeAnyExpiry = 0;
        const auto policy = policy::findStoredPolicy(m_session, row.text(0), BeforeAnyExpiry);
        if (!policy)
            continue;
        m_out.beginObject();
        const auto option = [&](std::string_view key, bool set) {
            if (!set)
                return;
            m_out.key(key);
            m_out.flag(true);
        };
        option("allow_slashes_in_identity_templates", policy->allowSlashes);
        option("allow_wildcards_in_identity_templates", policy->allowWildcards);
        option("cas_required", policy->casRequired);
        if (policy->expires) {
            m_out.key("expiration");
            m_out.text(toRfc3339(*policy->expires));
        }
        m_out.key("name");
        m_out.text(policy->name);
        m_out.key("policy");
        m_out.text(policy->text);
        m_out.endObject();
    }
    m_out.endList();
}

} // namespace

Result<void> exportDocument(store::Session &session, const std::function<void(std::string_view)> &sink,
                            const std::function<bool()> &step)
{
    return Exporter(session, sink, step).write();
}

std::int64_t exportSteps(store::Session &session)
{
    return session
        .integer("SELECT (SELECT count(*) FROM entity) + (SELECT count(*) FROM identity_group) + "
                 "(SELECT count(*) FROM acl_policy)")
        .value_or(0);
}

} // namespace kith::identity
