// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/LiveConnection.h"

#include <QTest>

#include <initializer_list>

namespace kith::test {

/// A LiveConnection for tests of what is on the screen: by names and UUIDs, as the texts there.
class WindowCore : public LiveConnection
{
public:
    QString folder() const;

    /// Sends one request; the answer may be an error.
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
};

} // namespace kith::test
