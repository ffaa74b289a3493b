// SPDX-License-Identifier: Apache-2.0
#include "identity/Merge.h"

#include "identity/Entities.h"
#include "identity/EntityAliases.h"
#include "identity/EntityViews.h"
#include "identity/ExternalChange.h"
#include "identity/Groups.h"

#include <set>

namespace kith::identity {

namespace {

struct Party {
    EntityId id;
    std::string uuid;
    std::string name;
    std::vector<EntityAliasView> aliases;
};

/// Two aliases of one mount: the survivor's and the other's.
struct Clash {
    const EntityAliasView *kept;
    const Party *other;
    const EntityAliasView *coming;
};

class Merge
{
public:
    Merge(store::WriteSession &session, NamespaceId ns, const MergeOrder &order)
        : m_session(session), m_ns(ns), m_order(order)
    {}

    Result<void> run(std::vector<MergeClash> &clashes)
    {
        if (auto found = findParties(); !found)
            return found;
        if (auto single = checkSharedMounts(); !single)
            return single;
        const std::vector<Clash> found = findClashes();
        if (!found.empty() && m_order.aliasesToKeep.empty())
            return refusal(found, clashes);
        for (const Clash &clash : found) {
            if (auto decided = decide(clash); !decided)
                return decided;
        }
        for (const std::string &alias : m_dropped)
            if (const auto id = aliasByUuid(m_session, m_ns, alias))
                deleteEntityAlias(m_session, *id);
        moveGroups();
        for (const Party &from : m_from)
            absorb(from);
        if (!m_from.empty())
            touchEntity(m_session, m_to.id);
        return {};
    }

private:
    Party party(EntityId entity, std::string uuid)
    {
        return {entity, std::move(uuid),
                m_session.text("SELECT name FROM entity WHERE id = ?", entity).value_or(std::string()),
                aliasesOf(m_session, entity)};
    }

    Result<void> findParties()
    {
        if (m_order.to.empty())
            return invalidRequest("missing entity id to merge to");
        if (m_order.from.empty())
            return invalidRequest("missing entity ids to merge from");
        const auto to = entityByUuid(m_session, m_ns, m_order.to);
        if (!to)
            return invalidRequest("entity id to merge to is invalid");
        if (m_order.from.size() > 1 && m_order.aliasesToKeep.size() > 1)
            return invalidRequest("aliases conflicts cannot be resolved with multiple from entity ids - merge one "
                                  "entity at a time");
        std::vector<std::string> from;
        for (const std::string &uuid : m_order.from)
            if (!uuid.empty() && std::find(from.begin(), from.end(), uuid) == from.end())
                from.push_back(uuid);
        if (std::find(from.begin(), from.end(), m_order.to) != from.end())
            return invalidRequest("to_entity_id should not be present in from_entity_ids");
        for (std::string &uuid : from) {
            const auto entity = entityByUuid(m_session, m_ns, uuid);
            if (!entity)
                return invalidRequest("entity id to merge from is invalid");
            m_from.push_back(party(*entity, std::move(uuid)));
        }
        m_to = party(*to, m_order.to);
        return {};
    }

    Result<void> checkSharedMounts() const
    {
        std::set<std::string> seen;
        for (const Party &from : m_from)
            for (const EntityAliasView &alias : from.aliases)
                if (!seen.insert(alias.accessor).second)
                    return invalidRequest("mount accessor " + alias.accessor +
                                          " found in multiple fromEntities, merge should be done with one fromEntity "
                                          "at a time");
        return {};
    }

    std::vector<Clash> findClashes() const
    {
        std::vector<Clash> found;
        for (const Party &from : m_from)
            for (const EntityAliasView &coming : from.aliases)
                for (const EntityAliasView &kept : m_to.aliases)
                    if (kept.accessor == coming.accessor)
                        found.push_back({&kept, &from, &coming});
        return found;
    }

    static MergeClash side(const Party &party, const EntityAliasView &alias)
    {
        return {alias.name, party.name, party.uuid, alias.mountType.value_or(std::string()),
                alias.mountPath.value_or(std::string())};
    }

    Result<void> refusal(const std::vector<Clash> &found, std::vector<MergeClash> &clashes) const
    {
        std::string text = std::to_string(found.size() + 1) +
                           " errors occurred:\n\t* toEntity and at least one fromEntity have aliases with the same "
                           "mount accessor, repeat the merge request specifying exactly one fromEntity, clashes: ";
        for (const Clash &clash : found) {
            text += "\n\t* mountAccessor: " + clash.coming->accessor + ", toEntity ID: " + m_to.uuid +
                    ", fromEntity ID: " + clash.other->uuid + ", conflicting toEntity alias ID: " + clash.kept->uuid +
                    ", conflicting fromEntity alias ID: " + clash.coming->uuid;
            clashes.push_back(side(m_to, *clash.kept));
            clashes.push_back(side(*clash.other, *clash.coming));
        }
        return invalidRequest(text + "\n\n");
    }

    /// Which of the two aliases goes. The survivor's stays if both are named.
    Result<void> decide(const Clash &clash)
    {
        const auto named = [&](const EntityAliasView &alias) {
            const auto &keep = m_order.aliasesToKeep;
            return std::find(keep.begin(), keep.end(), alias.uuid) != keep.end();
        };
        if (named(*clash.kept))
            m_dropped.push_back(clash.coming->uuid);
        else if (named(*clash.coming))
            m_dropped.push_back(clash.kept->uuid);
        else
            return invalidRequest("conflicting mount accessors in following alias IDs and neither were present in "
                                  "conflicting_alias_ids_to_keep: " +
                                  clash.coming->uuid + ", " + clash.kept->uuid);
        return {};
    }

    /// The survivor takes the others' places. A group counts one change for each place and one for the merge.
    void moveGroups()
    {
        std::map<GroupId, int> places;
        for (const Party &from : m_from) {
            store::Query rows = m_session.query("SELECT grp FROM member_entity WHERE entity = ?", from.id);
            while (rows.step()) {
                ++places[rows.id<GroupId>(0)];
                m_session.changes.members.emplace_back(rows.id<GroupId>(0), from.id);
                m_session.changes.members.emplace_back(rows.id<GroupId>(0), m_to.id);
            }
            m_session.run("INSERT OR IGNORE INTO member_entity (grp, entity, joined, alias) "
                          "SELECT grp, ?, joined, alias FROM member_entity WHERE entity = ?",
                          m_to.id, from.id);
            m_session.run("DELETE FROM member_entity WHERE entity = ?", from.id);
        }
        for (const auto &[group, count] : places)
            m_session.run("UPDATE identity_group SET modify_index = modify_index + ?, shape = ? WHERE id = ?",
                          count + 1, GroupShape::Members, group);
    }

    void absorb(const Party &from)
    {
        for (const EntityAliasView &alias : from.aliases)
            takeAlias(alias, from.uuid);
        const auto next = [&] {
            return m_session.integer("SELECT coalesce(max(position), 0) + 1 FROM merged_entity WHERE entity = ?",
                                     m_to.id);
        };
        m_session.run("UPDATE merged_entity SET entity = ?1, position = position + ?2 WHERE entity = ?3", m_to.id,
                      next(), from.id);
        const auto last = next();
        deleteEntity(m_session, from.id);
        m_session.run("INSERT INTO merged_entity (uuid, entity, position) VALUES (?, ?, ?)", from.uuid, m_to.id, last);
    }

    void takeAlias(const EntityAliasView &alias, const std::string &fromUuid)
    {
        auto merged = alias.mergedFrom.value_or(std::vector<std::string>());
        merged.push_back(fromUuid);
        // [Q] as every store of an alias does
        m_session.run("UPDATE entity_alias SET entity = ?, merged_from = ?, custom_metadata = nullif(custom_metadata, "
                      "'{}') WHERE uuid = ?",
                      m_to.id, idsColumn(merged), alias.uuid);
        forgetExternalChanges(
            m_session,
            AliasId{m_session.integer("SELECT id FROM entity_alias WHERE uuid = ?", alias.uuid).value_or(0)});
    }

    store::WriteSession &m_session;
    NamespaceId m_ns;
    const MergeOrder &m_order;
    Party m_to;
    std::vector<Party> m_from;
    std::vector<std::string> m_dropped; ///< UUIDs of aliases.
};

} // namespace

Result<void> mergeEntities(store::WriteSession &session, NamespaceId ns, const MergeOrder &order,
                           std::vector<MergeClash> &clashes)
{
    return Merge(session, ns, order).run(clashes);
}

} // namespace kith::identity
