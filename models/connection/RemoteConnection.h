// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "connection/Mirror.h"
#include "connection/Profile.h"
#include "connection/RemoteTruth.h"
#include "connection/SignIn.h"

#include <memory>

namespace kith::connection {

/// Where to go, and as whom.
struct RemoteOptions {
    Profile profile;
    QByteArray token;                                    ///< Of somebody who has signed in.
    int refreshSeconds = Mirror::DefaultIntervalSeconds; ///< How often the mirror is read anew; 0: never by itself.
};

/// A server with the Vault HTTP API. What is read comes from a mirror of it, which is filled in the background and goes
/// with this object; what is sent goes to the server, and the mirror follows before the answer is given.
///
/// A server with `kith/` (kithd) is sent kith/apply and the others as they are; for one without, they are turned into
/// plain requests, one after the other, each object read again just before it is written and compared with what its
/// precondition speaks of (RemoteChanges.h). There nothing is rolled back: a failure in the middle says what was done.
class RemoteConnection final : public Connection
{
    Q_OBJECT
public:
    /// Looks the token up, sees what kind of server it is, begins with the mirror. Fails as signIn does, and with Io
    /// when there is no place for the mirror.
    static QFuture<Result<std::unique_ptr<RemoteConnection>>> open(RemoteOptions options);
    /// Waits for the request under way.
    ~RemoteConnection() override;

    QString name() const override;
    QString location() const override;
    QString otherWriter() const override;
    bool isReadOnly() const override;
    QDateTime readAt() const override;
    QFuture<Result<core::Response>> send(core::Request request) override;
    Directory &directory() override;

    const Profile &profile() const;
    bool hasKith() const;             ///< The server has kith/.
    const TokenKeeper &token() const; ///< Who is signed in, until when, and whether it is still good.
    /// Revokes the token; the connection is of no use then.
    QFuture<Result<void>> signOut();

    const MirrorState &mirror() const;
    void refresh();
    void stopReading();
    /// What is on screen: it is read first, and again when the mirror has it from long ago.
    void want(std::vector<ObjectRef> objects);

    /// Asks the server for an object that the mirror doesn't have, by name or id: what is left when lists are
    /// forbidden.
    QFuture<Result<std::optional<ObjectRef>>> lookUp(ObjectKind kind, const QString &nameOrId);

    /// What may be done with this token (sys/capabilities-self).
    QFuture<Result<Rights>> rights();
    /// What may be done to each of these, in their order. For a few: a path each.
    QFuture<Result<std::vector<ObjectRights>>> rightsOf(std::vector<ObjectRef> objects);
    /// The same of mounts of logins, by their paths without a slash at the end.
    QFuture<Result<std::vector<ObjectRights>>> rightsOfMounts(QStringList paths);
    /// The groups of an entity as the server computes them, beside those that the mirror gives.
    QFuture<Result<GroupComparison>> compareGroups(EntityId entity);
    /// How an entity came into its external groups, or the first 5,000 members of an external group: then the directory
    /// has it. Only a server with kith/ tells.
    QFuture<Result<void>> readWays(ObjectRef object);
    /// What a token is and has, by itself or (without it) by its accessor; `paths`: what it may do there.
    QFuture<Result<TokenTruth>> tokenTruth(QByteArray token, QString accessor, QStringList paths);

Q_SIGNALS:
    void mirrorChanged(); ///< mirror() is another now.
    void firstPage();     ///< Names of all entities and groups are there.
    void tokenChanged();  ///< State or end of the token.
    /// Somebody else changed the object called `name` at the same moment as this connection did, and a server without
    /// compare-and-set kept nothing apart. `overwritten`: what they did may be lost; else what was written here is.
    void clashed(const QString &name, bool overwritten);

private:
    class Private;
    explicit RemoteConnection(std::unique_ptr<Private> d);
    static bool mayUseKith(Private &d);
    void watch();

    std::unique_ptr<Private> m_d;
};

} // namespace kith::connection
