// SPDX-License-Identifier: Apache-2.0
#include "CopyTarget.h"

#include "Direction.h"
#include "Look.h"

#include "connection/Async.h"
#include "connection/LocalConnection.h"

#include <QCoreApplication>
#include <QDir>

namespace kith::views {

using connection::Connection;
using connection::whenReady;

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(kith::views::CopyTarget)
};

CopyTarget described(const connection::Profile &profile)
{
    CopyTarget target;
    target.folder = profile.folder;
    target.name = profile.name;
    target.location =
        profile.nameSpace.isEmpty()
            ? shownName(profile.address, 2000)
            : Texts::tr("%1, namespace %2").arg(shownName(profile.address, 2000), shownName(profile.nameSpace, 2000));
    if (profile.readOnly)
        target.refusal = Texts::tr("This connection is set to read only. Its settings are under File, Connections.");
    target.production = profile.production;
    return target;
}

/// Hands over what was opened as what it is to its user.
template <class Kind>
void give(Result<std::unique_ptr<Kind>> opened, const CopyTarget::Opened &to)
{
    if (!opened)
        return to(opened.error());
    to(std::shared_ptr<Connection>(std::move(*opened)));
}

} // namespace

CopyTarget targetAt(const connection::Profile &profile, connection::Profiles &profiles, connection::Secrets &secrets)
{
    CopyTarget target = described(profile);
    target.open = [profile, &profiles, &secrets](QWidget *parent, const CopyTarget::Opened &opened) {
        auto *dialog = new SignInDialog(
            profiles, secrets, profile, SignInDialog::Start::WithKept, {},
            [opened](std::unique_ptr<connection::RemoteConnection> connection) {
                opened(std::shared_ptr<Connection>(std::move(connection)));
            },
            parent);
        dialog->open();
    };
    return target;
}

CopyTarget targetAs(const connection::Profile &profile, const QByteArray &token)
{
    CopyTarget target = described(profile);
    target.open = [profile, token](QWidget *parent, const CopyTarget::Opened &opened) {
        connection::RemoteOptions options;
        options.profile = profile;
        options.token = token;
        whenReady(connection::RemoteConnection::open(std::move(options)), parent,
                  [opened](auto connection) { give(std::move(connection), opened); });
    };
    return target;
}

CopyTarget targetIn(const QString &file)
{
    CopyTarget target;
    target.name = QFileInfo(file).fileName();
    target.location = shownName(QDir::toNativeSeparators(file), 2000);
    target.open = [file](QWidget *parent, const CopyTarget::Opened &opened) {
        connection::LocalOptions options;
        options.file = file;
        whenReady(connection::LocalConnection::open(std::move(options)), parent,
                  [opened](auto connection) { give(std::move(connection), opened); });
    };
    return target;
}

CopyTarget targetOpen(Connection &connection)
{
    CopyTarget target;
    target.name = connection.name();
    target.location = shownName(connection.location(), 2000);
    target.open = [&connection](QWidget *, const CopyTarget::Opened &opened) {
        opened(std::shared_ptr<Connection>(&connection, [](Connection *) {}));
    };
    return target;
}

} // namespace kith::views
