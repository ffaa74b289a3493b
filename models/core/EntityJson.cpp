// SPDX-License-Identifier: Apache-2.0
#include "core/EntityJson.h"

#include "core/GroupJson.h"
#include "store/Clock.h"

namespace kith::core {

namespace json = boost::json;

namespace {

json::array texts(const std::vector<std::string> &items)
{
    return json::value_from(items).as_array();
}

/// Both are left out when the mount is gone.
void addMount(json::object &data, const identity::EntityAliasView &alias)
{
    if (!alias.mountPath)
        return;
    data["mount_path"] = *alias.mountPath;
    data["mount_type"] = alias.mountType.value_or(std::string());
}

/// An alias as it stands in its entity, which says the namespace.
json::object innerAlias(const identity::EntityAliasView &alias)
{
    json::object data{{"id", alias.uuid},
                      {"canonical_id", alias.canonicalId},
                      {"mount_accessor", alias.accessor},
                      {"metadata", toJson(alias.metadata)},
                      {"custom_metadata", toJson(alias.customMetadata)},
                      {"name", alias.name},
                      {"merged_from_canonical_ids", toJson(alias.mergedFrom)},
                      {"local", alias.local},
                      {"creation_time", toRfc3339(alias.created)},
                      {"last_update_time", toRfc3339(alias.updated)}};
    addMount(data, alias);
    return data;
}

} // namespace

json::object toJson(const identity::EntityAliasView &alias)
{
    json::object data = innerAlias(alias);
    data["namespace_id"] = alias.namespaceId;
    return data;
}

json::object toJson(const identity::EntityView &entity)
{
    json::array aliases;
    for (const identity::EntityAliasView &alias : entity.aliases)
        aliases.emplace_back(innerAlias(alias));
    std::vector<std::string> groups = entity.directGroups;
    groups.insert(groups.end(), entity.inheritedGroups.begin(), entity.inheritedGroups.end());
    return {{"id", entity.uuid},
            {"name", entity.name},
            {"metadata", toJson(entity.metadata)},
            {"merged_entity_ids", toJson(entity.mergedIds)},
            {"policies", texts(entity.policies)},
            {"disabled", entity.disabled},
            {"namespace_id", entity.namespaceId},
            {"creation_time", toRfc3339(entity.created)},
            {"last_update_time", toRfc3339(entity.updated)},
            {"aliases", std::move(aliases)},
            {"direct_group_ids", texts(entity.directGroups)},
            {"inherited_group_ids", texts(entity.inheritedGroups)},
            {"group_ids", texts(groups)}};
}

json::object listInfo(const identity::EntityListItem &entity)
{
    json::object info{{"name", entity.name}};
    json::array aliases;
    for (const identity::EntityAliasView &alias : entity.aliases) {
        json::object line{{"id", alias.uuid}, {"name", alias.name}, {"mount_accessor", alias.accessor}};
        addMount(line, alias);
        aliases.emplace_back(std::move(line));
    }
    if (!aliases.empty())
        info["aliases"] = std::move(aliases);
    return info;
}

json::object listInfo(const identity::EntityAliasView &alias)
{
    return {{"name", alias.name},
            {"canonical_id", alias.canonicalId},
            {"mount_accessor", alias.accessor},
            {"mount_path", alias.mountPath.value_or(std::string())},
            {"mount_type", alias.mountType.value_or(std::string())},
            {"custom_metadata", toJson(alias.customMetadata)},
            {"metadata", toJson(alias.metadata)},
            {"local", alias.local}};
}

} // namespace kith::core
