// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteChanges.h"

#include "connection/VaultHttp.h"

#include <algorithm>
#include <array>

namespace kith::connection {

namespace json = boost::json;

RemoteChanges::RemoteChanges(RemoteClient &client, MirrorStore &mirror, Server server)
    : m_client(client), m_mirror(mirror), m_server(server)
{}

bool RemoteChanges::isMirrors(const core::Request &request) const
{
    constexpr std::array<std::string_view, 7> reads{
        "kith/explain", "kith/who", "kith/search", "kith/export", "kith/check", "kith/decision", "kith/import/preview"};
    return m_server == Server::Plain && std::find(reads.begin(), reads.end(), request.path) != reads.end();
}

Result<core::Response> RemoteChanges::run(const core::Request &request)
{
    if (isMirrors(request))
        return m_mirror.ask(request);
    if (m_client.profile().readOnly && !onlyAsks(request))
        return Error{ErrorCode::PermissionDenied, 403, "this connection is read-only", {}};
    return passOn(request);
}

Result<core::Response> RemoteChanges::passOn(const core::Request &request)
{
    auto answer = m_client.ask(request);
    if (!onlyAsks(request)) {
        touch(request.path);
        follow();
    }
    return answer;
}

/// Notes what a path names; what can't be told makes all unclear.
void RemoteChanges::touch(const std::string &path)
{
    constexpr std::string_view Entity = "identity/entity/id/";
    constexpr std::string_view Group = "identity/group/id/";
    if (path.starts_with(Entity))
        m_touchedEntities.insert(path.substr(Entity.size()));
    else if (path.starts_with(Group))
        m_touchedGroups.insert(path.substr(Group.size()));
    else if (path.starts_with("identity/") || path.starts_with("kith/") || path.starts_with("sys/"))
        m_unclear = true;
}

void RemoteChanges::follow()
{
    m_touchedEntities.clear();
    m_touchedGroups.clear();
}

} // namespace kith::connection
