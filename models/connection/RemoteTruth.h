// SPDX-License-Identifier: Apache-2.0
// What only the server itself can tell: what a token may, which groups it counts for somebody.
#pragma once

#include "connection/MirrorStore.h"
#include "connection/RemoteClient.h"
#include "connection/SignIn.h"
#include "connection/Values.h"

#include <QMap>

namespace kith::connection {

/// What the signed-in token may do. True also where the server doesn't say: the attempt tells.
struct Rights {
    bool listEntities = true;
    bool listGroups = true;
    bool createEntities = true;
    bool changeEntities = true;
    bool deleteEntities = true;
    bool createGroups = true;
    bool changeGroups = true;
    bool deleteGroups = true;
    bool createAliases = true;
    bool changeAliases = true;
    bool deleteAliases = true;
    bool createGroupAliases = true;
    bool changeGroupAliases = true;
    bool deleteGroupAliases = true;
    bool mergeEntities = true;
    bool readPolicies = true;
    bool writePolicies = true;
    bool deletePolicies = true;
    bool readMounts = true;
    bool enableMounts = true;
    bool tuneMounts = true;
    bool disableMounts = true;
    friend bool operator==(const Rights &, const Rights &) = default;
};

/// What it may do to one object or mount, which may be another thing than to all of its kind.
struct ObjectRights {
    bool change = true;
    bool remove = true;
    friend bool operator==(const ObjectRights &, const ObjectRights &) = default;
};

/// Groups of an entity, as UUIDs in order.
struct GroupComparison {
    QStringList serverDirect;
    QStringList serverInherited;
    QStringList ourDirect;
    QStringList ourInherited;
    bool same() const { return serverDirect == ourDirect && serverInherited == ourInherited; }
};

struct TokenTruth {
    SignedIn token;
    QMap<QString, QStringList> capabilities; ///< By path.
};

// Each waits for the server; called in a thread without an event loop.

Result<Rights> readRights(RemoteClient &client);
/// Of the objects at these paths ("identity/group/id/…"), in their order.
Result<std::vector<ObjectRights>> readRightsOf(RemoteClient &client, const std::vector<std::string> &paths);
/// Of the mounts of logins with these names ("ldap"): to describe (tune) them, and to disable them.
Result<std::vector<ObjectRights>> readMountRights(RemoteClient &client, const std::vector<std::string> &mounts);
/// The entity is read anew and put into the mirror; ours is what the mirror gives then.
Result<GroupComparison> compareGroups(RemoteClient &client, MirrorStore &mirror, const std::string &entityUuid);
/// How an entity came into its external groups, or the first 5,000 members of an external group: put into the mirror.
/// Asks a server with kith/; one that refuses it has told nothing, which is no failure.
Result<void> readWays(RemoteClient &client, MirrorStore &mirror, ObjectKind kind, const std::string &uuid);
/// Of `token`, or when that is empty by the accessor. NotFound: there is none.
Result<TokenTruth> readToken(RemoteClient &client, const QByteArray &token, const QString &accessor,
                             const QStringList &paths);

} // namespace kith::connection
