// SPDX-License-Identifier: Apache-2.0
#include "core/EntityJson.h"

#include "core/GroupJson.h"
#include "store/Clock.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

void write(JsonText &out, const identity::StoredMetadata &metadata)
{
    if (!metadata) {
        out.null();
        return;
    }
    out.open('{');
    for (const auto &[key, value] : *metadata)
        out.key(key).text(value);
    out.close('}');
}

void write(JsonText &out, const std::optional<std::vector<std::string>> &texts)
{
    if (texts)
        out.texts(*texts);
    else
        out.null();
}

/// An alias as it stands in its entity, which says the namespace. Its mount is left out when that is gone.
void write(JsonText &out, const identity::EntityAliasView &alias)
{
    out.open('{');
    out.key("id").text(alias.uuid);
    out.key("canonical_id").text(alias.canonicalId);
    out.key("mount_accessor").text(alias.accessor);
    write(out.key("metadata"), alias.metadata);
    write(out.key("custom_metadata"), alias.customMetadata);
    out.key("name").text(alias.name);
    write(out.key("merged_from_canonical_ids"), alias.mergedFrom);
    out.key("local").boolean(alias.local);
    out.key("creation_time").text(toRfc3339(alias.created));
    out.key("last_update_time").text(toRfc3339(alias.updated));
    if (alias.mountPath) {
        out.key("mount_path").text(*alias.mountPath);
        out.key("mount_type").text(alias.mountType.value_or(std::string()));
    }
    out.close('}');
}

json::object fromText(const std::string &text)
{
    return std::move(store::fromJson(text)->as_object());
}

} // namespace

std::string toText(const identity::EntityView &entity)
{
    JsonText out;
    out.open('{');
    out.key("id").text(entity.uuid);
    out.key("name").text(entity.name);
    write(out.key("metadata"), entity.metadata);
    write(out.key("merged_entity_ids"), entity.mergedIds);
    out.key("policies").texts(entity.policies);
    out.key("disabled").boolean(entity.disabled);
    out.key("namespace_id").text(entity.namespaceId);
    out.key("creation_time").text(toRfc3339(entity.created));
    out.key("last_update_time").text(toRfc3339(entity.updated));
    out.key("aliases").open('[');
    for (const identity::EntityAliasView &alias : entity.aliases)
        write(out, alias);
    out.close(']');
    out.key("direct_group_ids").texts(entity.directGroups);
    out.key("inherited_group_ids").texts(entity.inheritedGroups);
    std::vector<std::string> groups = entity.directGroups;
    groups.insert(groups.end(), entity.inheritedGroups.begin(), entity.inheritedGroups.end());
    out.key("group_ids").texts(groups);
    out.close('}');
    return std::move(out).written();
}

json::object toJson(const identity::EntityView &entity)
{
    return fromText(toText(entity));
}

json::object toJson(const identity::EntityAliasView &alias)
{
    JsonText out;
    write(out, alias);
    json::object data = fromText(out.written());
    data["namespace_id"] = alias.namespaceId;
    return data;
}

const std::string &EntityListText::mountText(std::string_view accessor)
{
    const auto known = std::find_if(m_mountTexts.begin(), m_mountTexts.end(),
                                    [&](const auto &entry) { return entry.first == accessor; });
    if (known != m_mountTexts.end())
        return known->second;
    JsonText out;
    out.key("mount_accessor").text(accessor);
    if (const identity::MountEntry *mount = m_mounts.byAccessor(accessor)) {
        out.key("mount_path").text(mount->fullPath());
        out.key("mount_type").text(mount->type);
    }
    return m_mountTexts.emplace_back(accessor, std::move(out).written()).second;
}

void EntityListText::endEntity()
{
    if (m_keys.empty())
        return;
    m_text += m_hasAliases ? "]}" : "}";
}

void EntityListText::add(const identity::EntityListRow &row)
{
    if (row.uuid != m_uuid)
        beginEntity(row);
    if (!row.aliasUuid.empty())
        addAlias(row);
}

void EntityListText::beginEntity(const identity::EntityListRow &row)
{
    endEntity();
    m_uuid = row.uuid;
    m_hasAliases = false;
    m_text += m_keys.empty() ? "{\"key_info\":{" : ",";
    if (!m_keys.empty())
        m_keys += ',';
    const std::size_t key = m_keys.size();
    store::appendJsonText(m_keys, row.uuid);
    m_text.append(m_keys, key).append(":{\"name\":");
    store::appendJsonText(m_text, row.name);
}

void EntityListText::addAlias(const identity::EntityListRow &row)
{
    m_text += m_hasAliases ? ",{\"id\":" : ",\"aliases\":[{\"id\":";
    m_hasAliases = true;
    store::appendJsonText(m_text, row.aliasUuid);
    m_text += ",\"name\":";
    store::appendJsonText(m_text, row.aliasName);
    m_text.append(",").append(mountText(row.accessor)).append("}");
}

std::string EntityListText::finish()
{
    if (m_keys.empty())
        return {};
    endEntity();
    m_text.append("},\"keys\":[").append(m_keys).append("]}");
    return std::move(m_text);
}

/// Its mount is left out when that is gone.
json::object listInfo(const identity::EntityAliasView &alias)
{
    json::object info{{"name", alias.name}, {"canonical_id", alias.canonicalId}, {"mount_accessor", alias.accessor}};
    if (alias.mountPath) {
        info["mount_path"] = *alias.mountPath;
        info["mount_type"] = alias.mountType.value_or(std::string());
    }
    info["custom_metadata"] = toJson(alias.customMetadata);
    info["metadata"] = toJson(alias.metadata);
    info["local"] = alias.local;
    return info;
}

} // namespace kith::core
