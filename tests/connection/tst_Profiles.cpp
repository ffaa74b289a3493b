// SPDX-License-Identifier: Apache-2.0
#include "connection/Profiles.h"
#include "support/Support.h"

#include <QFileInfo>
#include <QProcessEnvironment>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using connection::Profile;
using connection::ProfileProblem;
using connection::Profiles;
using test::why;

namespace {

Profile profile(const char *name, const char *folder = "")
{
    Profile made;
    made.name = QString::fromUtf8(name);
    made.folder = QString::fromUtf8(folder);
    made.address = QStringLiteral("https://vault.example:8200");
    return made;
}

Profile full()
{
    Profile made = profile("Haupt – 本番", "Company/Europe");
    made.colour = QStringLiteral("#c01c28");
    made.production = true;
    made.readOnly = true;
    made.nameSpace = QStringLiteral("team/a");
    made.trust = connection::Trust::Pinned;
    made.caFile = QStringLiteral("/etc/ca.pem");
    made.fingerprint = QString(64, QLatin1Char('a'));
    made.clientCertificate = QStringLiteral("/home/me/me.pem");
    made.clientKey = QStringLiteral("/home/me/me.key");
    made.proxy = connection::ProxyUse::None;
    made.timeoutSeconds = 7;
    made.method = connection::SignInMethod::UserAndPassword;
    made.mount = QStringLiteral("ldap");
    made.user = QStringLiteral("chiara");
    made.keepToken = true;
    return made;
}

} // namespace

class tst_Profiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void startsEmpty();
    void keepsAllOfAProfile();
    void sortsByFolderAndName();
    void keepsWhatAnotherProgramAdded();
    void leavesADamagedFileAlone();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void findsByName();
    void exportsWithoutPlacesInTheKeychain();
    void importsUnderFreeNames();
    void refusesABadImport();
    void readsTheEnvironment();

private:
    QString file() const { return m_folder->filePath(QStringLiteral("deep/kith/connections.json")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_Profiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void tst_Profiles::startsEmpty()
{
    Profiles profiles(file());
    QVERIFY(profiles.load());
    QVERIFY(profiles.all().empty());
    QVERIFY(!QFileInfo::exists(file()));
}

void tst_Profiles::keepsAllOfAProfile()
{
    Profiles profiles(file());
    QSignalSpy changed(&profiles, &Profiles::changed);
    const auto put = profiles.put(full());
    QVERIFY2(put, why(put));
    QCOMPARE(changed.count(), 1);
    Profiles again(file());
    QVERIFY(again.load());
    QCOMPARE(again.all().size(), std::size_t{1});
    Profile expected = full();
    expected.id = again.all().front().id;
    QVERIFY(!expected.id.isEmpty());
    QVERIFY(again.all().front() == expected);
    QCOMPARE(QFileInfo(file()).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
             QFileDevice::Permissions());

    expected.name = QStringLiteral("Other");
    expected.trust = connection::Trust::System;
    QVERIFY(again.put(expected));
    QVERIFY(profiles.load());
    QCOMPARE(profiles.all().size(), std::size_t{1});
    QVERIFY(profiles.all().front() == expected);
    QVERIFY(profiles.remove(expected.id));
    QVERIFY(again.load());
    QVERIFY(again.all().empty());
}

void tst_Profiles::sortsByFolderAndName()
{
    Profiles profiles(file());
    for (const Profile &each : {profile("b", "z"), profile("A", "z / "), profile("c"), profile("B2", "a")})
        QVERIFY(profiles.put(each));
    QStringList names;
    for (const Profile &each : profiles.all())
        names.push_back(each.folder + QLatin1Char(':') + each.name);
    QCOMPARE(names.join(QLatin1Char(' ')), QStringLiteral(":c a:B2 z:A z:b"));
}

void tst_Profiles::keepsWhatAnotherProgramAdded()
{
    Profiles first(file());
    Profiles second(file());
    QVERIFY(first.load());
    QVERIFY(second.load());
    QVERIFY(first.put(profile("one")));
    QVERIFY(second.put(profile("two")));
    QVERIFY(first.load());
    QCOMPARE(first.all().size(), std::size_t{2});
    QVERIFY(!first.put(profile("TWO"))); // known by then, though it was not read before
}

void tst_Profiles::leavesADamagedFileAlone()
{
    Profiles profiles(file());
    QVERIFY(profiles.put(profile("one")));
    for (const QByteArray &content :
         {QByteArray("{\"kith_connections\": 1, \"connections\": ["), QByteArray("{\"kith_connections\": 99}"),
          QByteArray("{\"kith_connections\": 1, \"connections\": [{\"name\":\"x\"}]}"),
          QByteArray("{\"kith_connections\": 1, \"connections\": [{\"name\":\"x\",\"address\":\"http://a\","
                     "\"trust\":\"nobody\"}]}")}) {
        QFile broken(file());
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write(content);
        broken.close();
        QVERIFY(!Profiles(file()).load());
        QVERIFY(!profiles.put(profile("two")));
        QVERIFY(broken.open(QIODevice::ReadOnly));
        QCOMPARE(broken.readAll(), content);
    }
}

void tst_Profiles::saysWhatIsWrong_data()
{
    QTest::addColumn<int>("problem");
    QTest::addColumn<std::function<void(Profile &)>>("change");
    const auto row = [](const char *name, ProfileProblem problem, std::function<void(Profile &)> change) {
        QTest::newRow(name) << static_cast<int>(problem) << std::move(change);
    };
    row("fine", ProfileProblem::None, [](Profile &) {});
    row("no name", ProfileProblem::NoName, [](Profile &p) { p.name = QStringLiteral("  "); });
    row("no address", ProfileProblem::NoAddress, [](Profile &p) { p.address.clear(); });
    row("no scheme", ProfileProblem::BadAddress, [](Profile &p) { p.address = QStringLiteral("vault:8200"); });
    row("no host", ProfileProblem::BadAddress, [](Profile &p) { p.address = QStringLiteral("https://:8200"); });
    row("ftp", ProfileProblem::BadAddress, [](Profile &p) { p.address = QStringLiteral("ftp://vault"); });
    row("query", ProfileProblem::BadAddress, [](Profile &p) { p.address = QStringLiteral("https://vault/?a=b"); });
    row("password in it", ProfileProblem::SecretInAddress,
        [](Profile &p) { p.address = QStringLiteral("https://me:secret@vault"); });
    row("no authority", ProfileProblem::NoCaFile, [](Profile &p) { p.trust = connection::Trust::CaFile; });
    row("no pin", ProfileProblem::BadFingerprint, [](Profile &p) {
        p.trust = connection::Trust::Pinned;
        p.fingerprint = QStringLiteral("abc");
    });
    row("key alone", ProfileProblem::NoClientCertificate, [](Profile &p) { p.clientKey = QStringLiteral("/k.pem"); });
    row("no mount", ProfileProblem::NoMount, [](Profile &p) { p.method = connection::SignInMethod::UserAndPassword; });
    row("timeout", ProfileProblem::BadTimeout, [](Profile &p) { p.timeoutSeconds = 0; });
    row("colour", ProfileProblem::BadColour, [](Profile &p) { p.colour = QStringLiteral("red"); });
    row("taken", ProfileProblem::NameTaken, [](Profile &p) { p.name = QStringLiteral(" TAKEN "); });
}

void tst_Profiles::saysWhatIsWrong()
{
    QFETCH(int, problem);
    QFETCH(std::function<void(Profile &)>, change);
    Profiles profiles(file());
    QVERIFY(profiles.put(profile("taken")));
    Profile tried = profile("new");
    change(tried);
    QCOMPARE(static_cast<int>(profiles.problem(tried)), problem);
    QCOMPARE(profiles.put(tried).has_value(), problem == static_cast<int>(ProfileProblem::None));
}

void tst_Profiles::findsByName()
{
    Profiles profiles(file());
    QVERIFY(profiles.put(profile("Main", "Company")));
    QVERIFY(profiles.findNamed(QStringLiteral("main")));
    QVERIFY(profiles.findNamed(QStringLiteral("company/MAIN")));
    QVERIFY(!profiles.findNamed(QStringLiteral("other")));
    QVERIFY(!profiles.findNamed(QString()));
    QVERIFY(profiles.find(profiles.all().front().id));
    QVERIFY(!profiles.find(QStringLiteral("x")));
}

void tst_Profiles::exportsWithoutPlacesInTheKeychain()
{
    Profiles profiles(file());
    QVERIFY(profiles.put(full()));
    QVERIFY(profiles.put(profile("second")));
    const QString id = profiles.findNamed(QStringLiteral("second"))->id;
    const QByteArray one = profiles.exported({id});
    QVERIFY(one.contains("second"));
    QVERIFY(!one.contains("Haupt"));
    const QByteArray all = profiles.exported();
    QVERIFY(all.contains("second") && all.contains("Haupt"));
    QVERIFY(!all.contains(id.toUtf8()));
    QVERIFY(!all.contains("keep_token"));
}

void tst_Profiles::importsUnderFreeNames()
{
    Profiles profiles(file());
    QVERIFY(profiles.put(profile("one", "f")));
    QVERIFY(profiles.put(profile("two")));
    const auto count = profiles.importFrom(profiles.exported());
    QVERIFY2(count, why(count));
    QCOMPARE(*count, 2);
    QVERIFY(profiles.findNamed(QStringLiteral("one 2")));
    QCOMPARE(profiles.findNamed(QStringLiteral("one 2"))->folder, QStringLiteral("f"));
    QVERIFY(profiles.findNamed(QStringLiteral("two 2")));
    QVERIFY(profiles.findNamed(QStringLiteral("two"))->id != profiles.findNamed(QStringLiteral("two 2"))->id);
}

void tst_Profiles::refusesABadImport()
{
    Profiles profiles(file());
    QVERIFY(profiles.put(profile("one")));
    QVERIFY(!profiles.importFrom("hello"));
    QVERIFY(!profiles.importFrom("[]"));
    QVERIFY(!profiles.importFrom("{\"kith_connections\": 1, \"connections\": [7]}"));
    QCOMPARE(profiles.all().size(), std::size_t{1});
}

void tst_Profiles::readsTheEnvironment()
{
    QProcessEnvironment environment;
    QVERIFY(!Profiles::fromEnvironment(environment));
    environment.insert(QStringLiteral("VAULT_ADDR"), QStringLiteral("https://vault:8200/"));
    environment.insert(QStringLiteral("VAULT_NAMESPACE"), QStringLiteral("team/"));
    auto found = Profiles::fromEnvironment(environment);
    QVERIFY(found);
    QCOMPARE(found->address, QStringLiteral("https://vault:8200"));
    QCOMPARE(found->nameSpace, QStringLiteral("team"));
    QVERIFY(found->trust == connection::Trust::System);
    environment.insert(QStringLiteral("BAO_ADDR"), QStringLiteral("https://bao:8200"));
    environment.insert(QStringLiteral("BAO_CACERT"), QStringLiteral("/ca.pem"));
    found = Profiles::fromEnvironment(environment);
    QVERIFY(found);
    QCOMPARE(found->address, QStringLiteral("https://bao:8200"));
    QVERIFY(found->trust == connection::Trust::CaFile);
    QCOMPARE(found->caFile, QStringLiteral("/ca.pem"));
}

QTEST_GUILESS_MAIN(tst_Profiles)
#include "tst_Profiles.moc"
