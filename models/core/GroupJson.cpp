// SPDX-License-Identifier: Apache-2.0
#include "core/GroupJson.h"

#include "store/Clock.h"

namespace kith::core {

namespace {

/// What a group read and a group alias read both show of an alias.
boost::json::object aliasObject(const identity::GroupAliasView &alias)
{
    boost::json::object object{{"id", alias.uuid},
                               {"canonical_id", alias.groupUuid},
                               {"mount_accessor", alias.accessor},
                               {"metadata", toJson(alias.metadata)},
                               {"name", alias.name},
                               {"merged_from_canonical_ids", toJson(alias.mergedFrom)},
                               {"creation_time", toRfc3339(alias.created)},
                               {"last_update_time", toRfc3339(alias.updated)}};
    if (alias.mountPath)
        object["mount_path"] = *alias.mountPath;
    if (alias.mountType)
        object["mount_type"] = *alias.mountType;
    return object;
}

} // namespace

boost::json::value toJson(const identity::StoredMetadata &metadata)
{
    if (!metadata)
        return nullptr;
    boost::json::object object;
    for (const auto &[key, value] : *metadata)
        object.emplace(key, value);
    return object;
}

boost::json::value toJson(const std::optional<std::vector<std::string>> &texts)
{
    if (!texts)
        return nullptr;
    return boost::json::array(texts->begin(), texts->end());
}

boost::json::object toJson(const identity::GroupAliasView &alias, const std::string &namespaceId)
{
    boost::json::object object = aliasObject(alias);
    object["custom_metadata"] = toJson(alias.customMetadata);
    object["local"] = false; // local mounts are refused for group aliases
    object["namespace_id"] = namespaceId;
    return object;
}

boost::json::object toJson(const identity::GroupView &group)
{
    return {{"id", group.uuid},
            {"name", group.name},
            {"policies", toJson(group.policies)},
            {"member_entity_ids", toJson(group.memberEntities)},
            {"member_group_ids", toJson(group.memberGroups)},
            {"parent_group_ids", toJson(group.parentGroups)},
            {"metadata", toJson(group.metadata)},
            {"creation_time", toRfc3339(group.created)},
            {"last_update_time", toRfc3339(group.updated)},
            {"modify_index", group.modifyIndex},
            {"type", identity::nameOf(group.type)},
            {"namespace_id", group.namespaceId},
            {"alias", group.alias ? aliasObject(*group.alias) : boost::json::object()}};
}

} // namespace kith::core
