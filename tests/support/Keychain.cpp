// SPDX-License-Identifier: Apache-2.0
#include "support/Keychain.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusServiceWatcher>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <csignal>
#include <sys/prctl.h>

namespace kith::test {

namespace {

constexpr int PatienceMs = 20'000;

// No folder of services: nothing is started by itself.
constexpr const char *BusConfig =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
    "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
    "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
    "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
    "<allow own=\"*\"/></policy></busconfig>";

void endWithUs(QProcess &process)
{
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
}

} // namespace

Keychain &Keychain::instance()
{
    static auto *keychain = new Keychain; // the kernel ends its processes, after this one
    return *keychain;
}

Keychain::Keychain()
{
    QFile config(m_folder.filePath(QStringLiteral("bus.conf")));
    if (!config.open(QIODevice::WriteOnly))
        return;
    config.write(BusConfig);
    config.close();
    endWithUs(m_bus);
    m_bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--config-file=") + config.fileName(),
                                                QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    if (!m_bus.waitForStarted(PatienceMs) || !m_bus.waitForReadyRead(PatienceMs))
        return;
    const QByteArray address = m_bus.readLine().trimmed();
    m_address = QString::fromLocal8Bit(address);
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
}

bool Keychain::start()
{
    if (!hasBus())
        return false;
    if (m_keyring.state() == QProcess::Running)
        return true;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QString::fromLatin1(name), m_folder.path());
    m_keyring.setProcessEnvironment(environment);
    endWithUs(m_keyring);
    m_keyring.start(QStringLiteral("gnome-keyring-daemon"),
                    {QStringLiteral("--foreground"), QStringLiteral("--components=secrets"), QStringLiteral("--unlock"),
                     QStringLiteral("--control-directory=") + m_folder.path()});
    if (!m_keyring.waitForStarted(PatienceMs))
        return false;
    m_keyring.write("pass phrase");
    m_keyring.closeWriteChannel();
    return appears(QStringLiteral("org.freedesktop.secrets"));
}

bool Keychain::lock()
{
    QDBusConnection bus = QDBusConnection::connectToBus(m_address, QStringLiteral("keychain"));
    const QString service = QStringLiteral("org.freedesktop.secrets");
    const QString path = QStringLiteral("/org/freedesktop/secrets");
    const QString interface = QStringLiteral("org.freedesktop.Secret.Service");
    QDBusMessage find = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("ReadAlias"));
    find << QStringLiteral("default");
    const auto standard = bus.call(find).arguments().value(0).value<QDBusObjectPath>();
    QDBusMessage lock = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Lock"));
    lock << QVariant::fromValue(QList<QDBusObjectPath>{standard});
    return bus.call(lock).type() == QDBusMessage::ReplyMessage;
}

bool Keychain::appears(const QString &service) const
{
    QDBusConnection bus = QDBusConnection::connectToBus(m_address, QStringLiteral("keychain"));
    const QDBusServiceWatcher watcher(service, bus, QDBusServiceWatcher::WatchForRegistration);
    QEventLoop loop;
    QObject::connect(&watcher, &QDBusServiceWatcher::serviceRegistered, &loop, [&loop] { loop.exit(1); });
    QTimer::singleShot(PatienceMs, &loop, [&loop] { loop.exit(0); });
    return bus.interface()->isServiceRegistered(service) || loop.exec() == 1;
}

} // namespace kith::test
