// SPDX-License-Identifier: Apache-2.0
#include "support/Keychain.h"
#include "views/DesktopScheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using views::ColorScheme;
using views::DesktopScheme;

/// The desktop's portal of settings, with the one that is asked for.
class Portal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    uint scheme = 0;

public Q_SLOTS:
    Q_SCRIPTABLE QDBusVariant Read(const QString &, const QString &) const
    {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme))); // twice, as the real one does
    }
};

/// Light and dark as the desktop says, on a message bus of the test's own.
class tst_DesktopScheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void followsTheDesktop();

private:
    static void tell(const char *key, uint value);

    Portal m_portal;
};

void tst_DesktopScheme::initTestCase()
{
    test::Keychain &bus = test::Keychain::instance();
    if (!bus.hasBus())
        QSKIP("dbus-daemon isn't installed");
    auto desktop = QDBusConnection::connectToBus(bus.address(), QStringLiteral("desktop"));
    QVERIFY(desktop.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &m_portal,
                                   QDBusConnection::ExportScriptableContents));
    QVERIFY(desktop.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
}

/// As the portal does when a setting is another.
void tst_DesktopScheme::tell(const char *key, uint value)
{
    QDBusMessage changed =
        QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/portal/desktop"),
                                   QStringLiteral("org.freedesktop.portal.Settings"), QStringLiteral("SettingChanged"));
    changed << QStringLiteral("org.freedesktop.appearance") << QString::fromLatin1(key)
            << QVariant::fromValue(QDBusVariant(value));
    QVERIFY(QDBusConnection(QStringLiteral("desktop")).send(changed));
}

void tst_DesktopScheme::followsTheDesktop()
{
    constexpr uint Dark = 1;
    constexpr uint Light = 2;
    m_portal.scheme = Dark;
    DesktopScheme scheme;
    std::vector<ColorScheme> told;
    connect(&scheme, &DesktopScheme::changed, this, [&told](ColorScheme one) { told.push_back(one); });
    QTRY_COMPARE(told.size(), std::size_t(1));
    QVERIFY(told.back() == ColorScheme::Dark);
    tell("accent-color", Light);
    tell("color-scheme", Light);
    QTRY_COMPARE(told.size(), std::size_t(2));
    QVERIFY(told.back() == ColorScheme::Light);
    tell("color-scheme", Dark);
    QTRY_COMPARE(told.size(), std::size_t(3));
    QVERIFY(told.back() == ColorScheme::Dark);
}

QTEST_MAIN(tst_DesktopScheme)
#include "tst_DesktopScheme.moc"
