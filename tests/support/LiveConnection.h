// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Async.h"
#include "connection/LocalConnection.h"
#include "support/Support.h"

#include <QTemporaryDir>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kith::test {

/// Waits for the answer without an event loop.
template <class T>
Result<T> await(QFuture<Result<T>> future)
{
    return connection::blockOn(std::move(future));
}

/// A LocalConnection to a core in a folder of its own, empty at first. What it sends is on disk when the call returns;
/// Connection::changed comes with the next events.
class LiveConnection
{
public:
    LiveConnection();

    connection::LocalConnection &connection() { return *m_connection; }
    connection::Directory &directory() { return m_connection->directory(); }
    QString file() const { return m_folder.filePath(QStringLiteral("core.kith")); }

    /// `json` is an object; fails the test's process when the answer is an error.
    core::Response send(core::Operation operation, std::string path, std::string_view json = "{}");
    core::Response post(std::string path, std::string_view json = "{}")
    {
        return send(core::Operation::Update, std::move(path), json);
    }
    void remove(std::string path) { send(core::Operation::Delete, std::move(path)); }

    /// Creates it and gives its row id. `more`: further members of the JSON object (`"policies":["a"]`).
    EntityId entity(const std::string &name, const std::string &more = {});
    GroupId group(const std::string &name, const std::string &more = {});
    std::string uuid(EntityId id);
    std::string uuid(GroupId id);

    void addMembers(GroupId group, std::vector<EntityId> entities);
    void removeMembers(GroupId group, std::vector<EntityId> entities);
    void addSubgroups(GroupId parent, std::vector<GroupId> groups);
    void removeSubgroups(GroupId parent, std::vector<GroupId> groups);
    void rename(EntityId id, const std::string &name);
    void rename(GroupId id, const std::string &name);
    void remove(EntityId id) { remove("identity/entity/id/" + uuid(id)); }
    void remove(GroupId id) { remove("identity/group/id/" + uuid(id)); }

private:
    std::string create(const std::string &path, const std::string &name, const std::string &more);
    template <class Id>
    void change(GroupId group, const std::string &what, const std::vector<Id> &ids);

    QTemporaryDir m_folder;
    std::unique_ptr<connection::LocalConnection> m_connection;
};

} // namespace kith::test
