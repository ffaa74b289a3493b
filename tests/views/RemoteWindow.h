// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/RemoteConnection.h"
#include "support/RealServer.h"
#include "support/Support.h"
#include "views/MainWindow.h"
#include "views/RemoteGuide.h"

#include <QTest>

#include <set>

namespace kith::test {

class FaultProxy;

/// A window on a real server, with all that it has on one. Make what is to be there on the server first, then show().
class RemoteWindow
{
public:
    explicit RemoteWindow(std::unique_ptr<RealServer> server) : m_server(std::move(server)) {}
    ~RemoteWindow();

    RealServer &server() { return *m_server; }
    connection::RemoteConnection &connection() { return *m_connection; }
    views::MainWindow &window() { return *m_window; }
    views::RemoteGuide &guide() { return *m_guide; }

    /// A token with this policy (HCL).
    QByteArray tokenWith(const std::string &policy);
    const std::vector<std::string> &policies() const { return m_policies; } ///< Names of those made for tokens.
    /// Opens it and waits until all is read. Empty: the root token.
    void show(const QByteArray &token = {}, const connection::Profile &profile = {});
    /// The same, with whatever stands between: nothing is waited for long.
    void showThrough(FaultProxy &proxy);
    /// Until nothing is under way, on the screen and to the server.
    void settle();

    std::string person(const std::string &name, const std::string &more = {}); ///< The id.
    std::string group(const std::string &name, const std::vector<std::string> &people = {});
    /// What the server itself says; names.
    std::set<std::string> members(const std::string &group);
    connection::ObjectRef ref(const std::string &uuid); ///< In the window's mirror.

    template <class Widget>
    Widget *find(const char *name)
    {
        auto *widget = m_window->findChild<Widget *>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    QString message(); ///< What the message bar says.
    /// Clicks what it offers, which comes a turn of the event loop after the message.
    void pressMessage(const char *text, int milliseconds = 5'000);

private:
    std::unique_ptr<RealServer> m_server;
    std::vector<std::string> m_policies;
    std::unique_ptr<connection::RemoteConnection> m_connection;
    std::unique_ptr<views::MainWindow> m_window;
    views::RemoteGuide *m_guide = nullptr;
};

} // namespace kith::test
