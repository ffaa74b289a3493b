// SPDX-License-Identifier: Apache-2.0
#include "identity/MountTable.h"

#include <algorithm>

namespace kith::identity {

namespace {

std::string keyOf(NamespaceId ns, std::string_view fullPath)
{
    std::string key = std::to_string(ns.value);
    key.append("/").append(fullPath);
    return key;
}

std::string kindOf(const Mount &mount, const MountSettings &settings)
{
    const auto *version = settings.options ? settings.options->if_contains("version") : nullptr;
    if (!version || !version->is_string() || version->get_string() == "1")
        return mount.type;
    return mount.type + "/" + std::string(version->get_string());
}

} // namespace

std::int64_t MountEntry::lease(std::string_view key) const
{
    const auto *value = settings.config.if_contains(key);
    return value && value->is_int64() ? value->get_int64() : 0;
}

std::string MountEntry::configText(std::string_view key) const
{
    const auto *value = settings.config.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::shared_ptr<const MountTable> MountTable::load(store::Session &session)
{
    auto table = std::make_shared<MountTable>();
    table->m_revision = session.integer("SELECT value FROM revision").value_or(0);
    table->m_namespaces = identity::namespaces(session);
    for (std::size_t i = 0; i < table->m_namespaces.size(); ++i) {
        table->m_namespaceByPath.emplace(table->m_namespaces[i].path, i);
        for (const MountClass mountClass : {MountClass::Auth, MountClass::Secret}) {
            for (Mount &mount : mounts(session, table->m_namespaces[i].id, mountClass)) {
                MountSettings settings = mountSettings(session, mount.id);
                std::string kind = kindOf(mount, settings);
                table->m_byPath.emplace(keyOf(mount.ns, mount.fullPath()), table->m_mounts.size());
                table->m_mounts.push_back({std::move(mount), std::move(settings), std::move(kind)});
            }
        }
    }
    return table;
}

const MountEntry *MountTable::at(NamespaceId ns, std::string_view fullPath) const
{
    const auto found = m_byPath.find(keyOf(ns, fullPath));
    return found == m_byPath.end() ? nullptr : &m_mounts[found->second];
}

MountTable::Place MountTable::find(NamespaceId ns, std::string_view path) const
{
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
        if (const MountEntry *mount = at(ns, path.substr(0, slash + 1)))
            return {mount, path.substr(slash + 1)};
    std::string whole(path);
    whole.push_back('/');
    return {at(ns, whole), {}};
}

const Namespace *MountTable::called(std::string_view nsPath) const
{
    std::string path; // as it is kept
    while (!nsPath.empty()) {
        const auto length = std::min(nsPath.find('/'), nsPath.size());
        if (length > 0)
            path.append(nsPath.substr(0, length)).push_back('/');
        nsPath.remove_prefix(std::min(length + 1, nsPath.size()));
    }
    if (path == "root/")
        path.clear();
    const auto found = m_namespaceByPath.find(path);
    return found == m_namespaceByPath.end() ? nullptr : &m_namespaces[found->second];
}

MountTable::Location MountTable::locate(std::string_view nsPath, std::string_view path) const
{
    Location location{nsPath.empty() ? &m_namespaces.front() : called(nsPath), path};
    if (!location.ns || m_namespaces.size() == 1)
        return location;
    std::string place = location.ns->path;
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = location.path.find('/')) {
        place.append(location.path.substr(0, slash + 1));
        const auto found = m_namespaceByPath.find(place);
        if (found == m_namespaceByPath.end())
            break;
        location = {&m_namespaces[found->second], location.path.substr(slash + 1)};
    }
    return location;
}

const Namespace *MountTable::byId(NamespaceId id) const
{
    for (const Namespace &ns : m_namespaces)
        if (ns.id == id)
            return &ns;
    return nullptr;
}

const MountEntry *MountTable::byId(MountId id) const
{
    for (const MountEntry &mount : m_mounts)
        if (mount.id == id)
            return &mount;
    return nullptr;
}

const MountEntry *MountTable::byAccessor(std::string_view accessor) const
{
    for (const MountEntry &mount : m_mounts)
        if (mount.accessor == accessor)
            return &mount;
    return nullptr;
}

} // namespace kith::identity
