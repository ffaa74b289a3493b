// SPDX-License-Identifier: Apache-2.0
#include "connection/MountNames.h"

#include "support/Support.h"

#include <QtTest/QTest>

using namespace kith;
using namespace kith::connection;

/// Other names for the mounts of a document.
class TestMountNames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsThem();
    void renamesThem();
    void refusesWhatIsntThere();

private:
    const std::string m_document = R"({"mounts":[{"path":"corp","type":"ldap"},{"path":"old","type":"ldap"},
        {"path":"unused","type":"userpass"}],"entities":[{"name":"Ada","aliases":[{"name":"ada","mount":"corp"},
        {"name":"ada.l","mount":"old"}]},{"name":"Bence","aliases":[{"name":"bence","mount":"corp"}]}],
        "groups":[{"name":"staff","alias":{"name":"cn=staff","mount":"corp"}}]})";
};

void TestMountNames::findsThem()
{
    const auto mounts = mountsIn(m_document);
    QVERIFY2(mounts, test::why(mounts).constData());
    QVERIFY(*mounts == (std::vector<DocumentMount>{{"corp", "ldap", 3}, {"old", "ldap", 1}}));
    QVERIFY(!mountsIn("no JSON"));
    QVERIFY(mountsIn("[]")->empty());
}

void TestMountNames::renamesThem()
{
    QCOMPARE(*withMountNames(m_document, {}), m_document);
    const auto renamed = withMountNames(m_document, {{"corp", "staff"}, {"old", "staff"}});
    QVERIFY2(renamed, test::why(renamed).constData());
    QCOMPARE(QString::fromStdString(*renamed).count(QStringLiteral("\"path\":\"staff\"")), 1); // listed once
    const auto mounts = mountsIn(*renamed);
    QVERIFY(*mounts == (std::vector<DocumentMount>{{"staff", "ldap", 4}}));
}

void TestMountNames::refusesWhatIsntThere()
{
    const auto renamed = withMountNames(m_document, {{"nowhere", "staff"}});
    QVERIFY(!renamed);
    QVERIFY(renamed.error().wire.find("a mount \"nowhere\"") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestMountNames)
#include "tst_MountNames.moc"
