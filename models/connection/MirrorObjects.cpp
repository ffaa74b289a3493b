// SPDX-License-Identifier: Apache-2.0
#include "connection/MirrorObjects.h"

#include "connection/Answers.h"
#include "core/ShapeReader.h"

#include <algorithm>
#include <tuple>

namespace kith::connection {

namespace json = boost::json;
using identity::EntityAliasView;
using identity::EntityView;
using identity::GroupAliasView;
using identity::GroupView;

namespace {

std::optional<std::string> setTextIn(const json::object &object, std::string_view name)
{
    std::string text = textIn(object, name);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

/// A list that may be null, which isn't the same as empty.
std::optional<std::vector<std::string>> listIn(const json::object &object, std::string_view name)
{
    const json::value *value = object.if_contains(name);
    return value && value->is_array() ? std::optional(textsIn(object, name)) : std::nullopt;
}

identity::StoredMetadata metadataIn(const json::object &object, std::string_view name)
{
    const json::value *value = object.if_contains(name);
    if (!value || !value->is_object())
        return std::nullopt;
    identity::Metadata metadata;
    for (const auto &[key, text] : value->get_object())
        if (text.is_string())
            metadata[std::string(key)] = std::string(text.get_string());
    return metadata;
}

Nanoseconds timeIn(const json::object &object, std::string_view name)
{
    core::ShapeReader reader(object, {});
    const Nanoseconds time = reader.time(name);
    return reader.wrong() ? 0 : time;
}

std::optional<std::int64_t> countIn(const json::object &object, std::string_view name)
{
    const json::value *value = object.if_contains(name);
    return value && value->is_number() ? std::optional(numberIn(object, name)) : std::nullopt;
}

template <class Alias>
Alias aliasOf(const json::object &data)
{
    Alias alias;
    alias.uuid = textIn(data, "id");
    alias.accessor = textIn(data, "mount_accessor");
    alias.mountPath = setTextIn(data, "mount_path");
    alias.mountType = setTextIn(data, "mount_type");
    alias.name = textIn(data, "name");
    alias.metadata = metadataIn(data, "metadata");
    alias.customMetadata = metadataIn(data, "custom_metadata");
    alias.mergedFrom = listIn(data, "merged_from_canonical_ids");
    alias.created = timeIn(data, "creation_time");
    alias.updated = timeIn(data, "last_update_time");
    return alias;
}

void readAliases(const json::object &data, EntityView &entity)
{
    const json::value *list = data.if_contains("aliases");
    if (!list || !list->is_array())
        return;
    for (const json::value &value : list->get_array()) {
        if (!value.is_object())
            continue;
        auto alias = aliasOf<EntityAliasView>(value.get_object());
        alias.local = flagIn(value.get_object(), "local");
        alias.canonicalId = entity.uuid;
        if (!alias.uuid.empty())
            entity.aliases.push_back(std::move(alias));
    }
}

void readAlias(const json::object &data, GroupView &group)
{
    const json::value *alias = data.if_contains("alias");
    if (!alias || !alias->is_object() || textIn(alias->get_object(), "id").empty())
        return;
    group.alias = aliasOf<GroupAliasView>(alias->get_object());
    group.alias->groupUuid = group.uuid;
}

/// The key_info of each key.
template <class Read>
void eachLine(const json::object &list, Read read)
{
    const json::value *info = list.if_contains("key_info");
    const json::object empty;
    for (const std::string &key : textsIn(list, "keys")) {
        const json::value *line = info && info->is_object() ? info->get_object().if_contains(key) : nullptr;
        read(key, line && line->is_object() ? line->get_object() : empty);
    }
}

template <class List>
auto sorted(const List &list)
{
    auto copy = list.value_or(std::vector<std::string>());
    std::sort(copy.begin(), copy.end());
    return copy;
}

template <class Alias>
auto aliasFacts(const Alias &alias)
{
    return std::tie(alias.uuid, alias.accessor, alias.name, alias.metadata, alias.customMetadata, alias.mergedFrom,
                    alias.created, alias.updated);
}

/// What a mount is called in the root: those that every namespace has are called otherwise elsewhere.
std::string typeInRoot(std::string type)
{
    for (const std::string_view builtIn : {"ns_cubbyhole", "ns_identity", "ns_system", "ns_token"})
        if (type == builtIn)
            return type.substr(std::string_view("ns_").size());
    return type;
}

} // namespace

std::optional<EntityView> entityOf(const json::object &data)
{
    EntityView entity;
    entity.uuid = textIn(data, "id");
    if (entity.uuid.empty())
        return std::nullopt;
    entity.name = textIn(data, "name");
    entity.namespaceId = textIn(data, "namespace_id");
    entity.policies = textsIn(data, "policies");
    entity.metadata = metadataIn(data, "metadata");
    entity.disabled = flagIn(data, "disabled");
    entity.mergedIds = listIn(data, "merged_entity_ids");
    entity.directGroups = textsIn(data, "direct_group_ids");
    entity.inheritedGroups = textsIn(data, "inherited_group_ids");
    entity.created = timeIn(data, "creation_time");
    entity.updated = timeIn(data, "last_update_time");
    readAliases(data, entity);
    return entity;
}

std::optional<GroupView> groupOf(const json::object &data)
{
    GroupView group;
    group.uuid = textIn(data, "id");
    if (group.uuid.empty())
        return std::nullopt;
    group.name = textIn(data, "name");
    group.type = textIn(data, "type") == "external" ? identity::GroupType::External : identity::GroupType::Internal;
    group.namespaceId = textIn(data, "namespace_id");
    group.policies = listIn(data, "policies");
    group.memberEntities = listIn(data, "member_entity_ids");
    group.memberGroups = listIn(data, "member_group_ids");
    group.parentGroups = listIn(data, "parent_group_ids");
    group.metadata = metadataIn(data, "metadata");
    group.modifyIndex = numberIn(data, "modify_index");
    group.created = timeIn(data, "creation_time");
    group.updated = timeIn(data, "last_update_time");
    readAlias(data, group);
    return group;
}

std::vector<EntityView> entitiesOf(const json::object &list)
{
    std::vector<EntityView> entities;
    eachLine(list, [&](const std::string &key, const json::object &line) {
        EntityView entity;
        entity.uuid = key;
        entity.name = textIn(line, "name");
        readAliases(line, entity);
        entities.push_back(std::move(entity));
    });
    return entities;
}

std::vector<GroupLine> groupsOf(const json::object &list)
{
    std::vector<GroupLine> groups;
    eachLine(list, [&](const std::string &key, const json::object &line) {
        GroupView group;
        group.uuid = key;
        group.name = textIn(line, "name");
        readAlias(line, group);
        if (group.alias)
            group.type = identity::GroupType::External;
        groups.push_back({std::move(group), countIn(line, "num_member_entities"), countIn(line, "num_parent_groups")});
    });
    return groups;
}

std::optional<policy::StoredPolicy> policyOf(const json::object &data, const std::string &name)
{
    const json::value *text = data.if_contains("policy");
    if (!text || !text->is_string())
        return std::nullopt;
    policy::StoredPolicy policy;
    policy.name = name;
    policy.text = text->get_string();
    policy.version = countIn(data, "version").value_or(0);
    policy.casRequired = flagIn(data, "cas_required");
    policy.allowSlashes = flagIn(data, "allow_slashes_in_identity_templates");
    policy.allowWildcards = flagIn(data, "allow_wildcards_in_identity_templates");
    if (const Nanoseconds expires = timeIn(data, "expiration"); expires != 0)
        policy.expires = expires;
    return policy;
}

std::vector<MirrorMount> mountsOf(const json::object &data)
{
    std::vector<MirrorMount> mounts;
    for (const auto &member : data) {
        const json::object *line = member.value().if_object();
        if (!line || member.key().empty() || member.key().back() != '/')
            continue;
        MirrorMount mount{std::string(member.key()), typeInRoot(textIn(*line, "type")), textIn(*line, "accessor"),
                          textIn(*line, "description"), flagIn(*line, "local")};
        if (!mount.accessor.empty())
            mounts.push_back(std::move(mount));
    }
    return mounts;
}

bool sameAlias(const EntityAliasView &a, const EntityAliasView &b)
{
    return aliasFacts(a) == aliasFacts(b);
}

bool sameEntity(const EntityView &a, const EntityView &b)
{
    const auto facts = [](const EntityView &entity) {
        return std::tie(entity.name, entity.disabled, entity.metadata, entity.mergedIds, entity.created,
                        entity.updated);
    };
    auto policiesA = a.policies;
    auto policiesB = b.policies;
    std::sort(policiesA.begin(), policiesA.end());
    std::sort(policiesB.begin(), policiesB.end());
    const auto byId = [](const EntityAliasView &left, const EntityAliasView &right) { return left.uuid < right.uuid; };
    auto aliasesA = a.aliases;
    auto aliasesB = b.aliases;
    std::sort(aliasesA.begin(), aliasesA.end(), byId);
    std::sort(aliasesB.begin(), aliasesB.end(), byId);
    return facts(a) == facts(b) && policiesA == policiesB &&
           std::equal(aliasesA.begin(), aliasesA.end(), aliasesB.begin(), aliasesB.end(), sameAlias);
}

bool sameGroup(const GroupView &a, const GroupView &b)
{
    const auto facts = [](const GroupView &group) {
        return std::tie(group.name, group.type, group.metadata, group.modifyIndex, group.created, group.updated);
    };
    const bool aliases =
        a.alias.has_value() == b.alias.has_value() && (!a.alias || aliasFacts(*a.alias) == aliasFacts(*b.alias));
    return facts(a) == facts(b) && aliases && sorted(a.policies) == sorted(b.policies) &&
           sorted(a.memberEntities) == sorted(b.memberEntities) && sorted(a.memberGroups) == sorted(b.memberGroups) &&
           sorted(a.parentGroups) == sorted(b.parentGroups);
}

} // namespace kith::connection
