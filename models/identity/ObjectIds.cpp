// SPDX-License-Identifier: Apache-2.0
#include "identity/ObjectIds.h"

#include "store/Text.h"

namespace kith::identity {

bool looksLikeId(std::string_view text)
{
    constexpr std::size_t length = 36;
    if (text.size() < length || (text.size() > length && text[length] != '.'))
        return false;
    for (std::size_t i = 0; i < length; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex)
            return false;
    }
    return true;
}

Result<FoundObject> findObject(store::Session &session, std::string_view uuid)
{
    // Our own ids are in lower case; restored ones are as they were given.
    FoundObject found;
    for (const std::string &id : {std::string(uuid), foldCase(uuid)}) {
        if (const auto entity = session.integer("SELECT id FROM entity WHERE uuid = ?", id))
            found.entity = EntityId{*entity};
        else if (const auto merged = session.integer("SELECT entity FROM merged_entity WHERE uuid = ?", id))
            found.entity = EntityId{*merged};
        else if (const auto group = session.integer("SELECT id FROM identity_group WHERE uuid = ?", id))
            found.group = GroupId{*group};
        else if (auto alias = session.query("SELECT id, entity FROM entity_alias WHERE uuid = ?", id); alias.step())
            found = {alias.id<EntityId>(1), {}, alias.id<AliasId>(0), {}};
        else if (auto other = session.query("SELECT id, grp FROM group_alias WHERE uuid = ?", id); other.step())
            found = {{}, other.id<GroupId>(1), {}, other.id<GroupAliasId>(0)};
        if (found.entity || found.group)
            break;
    }
    if (!found.entity && !found.group)
        return found;
    // Ids are of all namespaces, but nobody sees those of another by knowing one.
    const bool ofRoot =
        found.entity
            ? session.integer("SELECT id FROM entity WHERE id = ? AND namespace = 1", found.entity).has_value()
            : session.integer("SELECT id FROM identity_group WHERE id = ? AND namespace = 1", found.group).has_value();
    return ofRoot ? found : FoundObject();
}

EntityId entityNamed(store::Session &session, const std::string &nameOrId)
{
    if (const auto named =
            session.integer("SELECT id FROM entity WHERE name_key = ? AND namespace = 1", foldCase(nameOrId)))
        return EntityId{*named};
    const auto found = findObject(session, nameOrId);
    return found ? found->entity : EntityId();
}

GroupId groupNamed(store::Session &session, const std::string &nameOrId)
{
    if (const auto named =
            session.integer("SELECT id FROM identity_group WHERE name_key = ? AND namespace = 1", foldCase(nameOrId)))
        return GroupId{*named};
    const auto found = findObject(session, nameOrId);
    return found ? found->group : GroupId();
}

} // namespace kith::identity
