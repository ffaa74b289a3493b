// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "core/Core.h"

#include <memory>

namespace kith::connection {

class LocalDirectory;

/// What to open.
struct LocalOptions {
    QString file;                             ///< Made with its folders when it isn't there (ReadWrite only).
    QString name;                             ///< What the connection is called; empty: "Local core".
    QString program = QStringLiteral("kith"); ///< Told to whoever finds the writer's place taken.
    store::Access access = store::Access::ReadWrite;
};

/// The core inside this program, on a file. Requests run one after the other on a thread of its own, as root; reads on
/// a few more. Owns the Core. Its destruction waits for the request and the reads under way, not for those that wait.
class LocalConnection final : public Connection
{
    Q_OBJECT
public:
    /// Opens the core in a thread of the pool; the connection belongs to the calling thread. Fails as Core::open does:
    /// NotACore, NewerVersion, Damaged, ReadOnly, DiskFull, Io. A file that another program writes to is opened all the
    /// same: otherWriter() names it.
    static QFuture<Result<std::unique_ptr<LocalConnection>>> open(LocalOptions options);
    ~LocalConnection() override;

    QString name() const override;
    QString location() const override;
    QString otherWriter() const override;
    QFuture<Result<core::Response>> send(core::Request request) override;
    Directory &directory() override;

    /// The core itself, for work that runs in a thread of the caller's and ends before this connection (export, plans
    /// of an import).
    core::Core &core();

private:
    class Private;
    explicit LocalConnection(std::unique_ptr<Private> d);
    void takeChanges(const ChangeSet &changes);
    void lookForOthers();
    void lookForExpiry();

    std::unique_ptr<Private> m_d;
};

} // namespace kith::connection
