// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/LocalConnection.h"

#include <QTemporaryDir>
#include <QTest>

#include <initializer_list>
#include <memory>

namespace kith::test {

/// A real core in a temporary folder with a connection to it, for tests of what is on the screen.
class WindowCore
{
public:
    WindowCore(); ///< Check isOpen().

    bool isOpen() const { return m_connection != nullptr; }
    connection::LocalConnection &connection() { return *m_connection; }
    QString folder() const { return m_folder.path(); }

    /// Sends one request and waits for the answer.
    core::Response ask(core::Operation operation, const std::string &path, boost::json::object data = {});
    /// Creates or updates; the new object's id.
    QString post(const std::string &path, boost::json::object data);

    QString addPolicy(const QString &name);
    QString addEntity(const QString &name, std::initializer_list<const char *> policies = {});
    /// Under the parents, with the people; ids.
    QString addGroup(const QString &name, const QStringList &policies, const QStringList &parents,
                     const QStringList &people);
    QString addMount(const QString &path, const QString &type); ///< Its accessor.
    connection::ObjectRef ref(const QString &uuid);             ///< None if there is none.

private:
    QTemporaryDir m_folder;
    std::unique_ptr<connection::LocalConnection> m_connection;
};

/// Waits, handling events, for what a Directory or Connection was asked.
template <class T>
Result<T> await(QFuture<Result<T>> future)
{
    const bool answered = QTest::qWaitFor([&] { return future.isFinished(); }, 30'000);
    if (!answered || future.resultCount() == 0)
        return Error{ErrorCode::TimedOut, 0, "no answer", {}};
    return future.takeResult();
}

} // namespace kith::test
