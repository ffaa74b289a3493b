// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/MirrorStore.h"
#include "connection/RemoteClient.h"

#include <set>
#include <unordered_map>

namespace kith::connection {

/// What the window sends, on its way to a server. Used by one thread; each call waits for the server.
///
/// kith/apply, kith/members and kith/restore, which only kithd has, are turned into plain requests for other servers:
/// one after the other, each object read again just before it is written. What only looks at identities (kith/explain,
/// kith/who, kith/search, kith/export, kith/check, kith/import/preview) is answered from the mirror. All else is passed
/// on as it is. The mirror has read what was changed, and its neighbours, when run() returns.
///
/// Answers to kith/apply are as the core's own (core/ApplyRoutes.cpp). Where they differ, on a plain server:
/// - a failure (any status >= 400) leaves done what came before: data has `failed_request` and `responses`, the answers
///   of those that are done;
/// - a precondition that doesn't hold is 412 with `expected` and `current`, the object as the mirror had it and as it
///   is; the mirror has the latter then;
/// - what is made by kith/restore gets an id of the server's: `id` in the answer; where it was a deleted object's,
///   `new_id` is true. The id that was asked for stands for it in later requests.
class RemoteChanges
{
public:
    enum class Server { Plain, Kith };

    RemoteChanges(RemoteClient &client, MirrorStore &mirror, Server server);

    Result<core::Response> run(const core::Request &request);
    /// Ends the request under way early; from any thread.
    void stop() { m_stopped = true; }
    /// Whether something was changed of which the mirror doesn't know what: all is to be read anew.
    bool takeUnclear() { return std::exchange(m_unclear, false); }

private:
    struct Part;
    using Answer = Result<core::Response>;

    bool isMirrors(const core::Request &request) const;
    Answer passOn(const core::Request &request);
    void touch(const std::string &path);
    void follow();

    RemoteClient &m_client;
    MirrorStore &m_mirror;
    Server m_server;
    std::atomic<bool> m_stopped = false;
    bool m_unclear = false;
    std::set<std::string> m_touchedEntities;
    std::set<std::string> m_touchedGroups;
    std::unordered_map<std::string, std::string> m_newIds; ///< What the window calls it, and what the server does.
};

} // namespace kith::connection
