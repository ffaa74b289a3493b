// SPDX-License-Identifier: Apache-2.0
#include "auth/SecretIds.h"
#include "store/Store.h"
#include "support/Support.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::test;
using namespace kith::auth;

class TestSecretIds : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    ManualClock m_clock;
    std::unique_ptr<store::Store> m_store;
    store::Seal m_seal{store::SecretKey::random()};
    AppRole m_role;

    template <class Function>
    void write(Function &&function)
    {
        const auto written = m_store->write([&](store::WriteSession &session) -> Result<void> {
            function(session);
            return {};
        });
        QVERIFY2(written, why(written).constData());
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto store = store::Store::open({m_folder.filePath(QStringLiteral("core.kith")).toStdString(),
                                         store::Access::ReadWrite, store::Durability::Full, "test", &m_clock});
        QVERIFY2(store, why(store).constData());
        m_store = std::move(*store);
        write([&](store::WriteSession &session) {
            AppRole role;
            role.mount = MountId{1};
            role.name = "r";
            role.roleId = "id";
            QVERIFY(saveRole(session, role));
            m_role = *findRole(session, MountId{1}, "R");
        });
    }

    void keepsADigestOnly()
    {
        SecretId secret;
        secret.uses = 2;
        secret.ttl = 60;
        secret.metadata = {{"k", "v"}};
        secret.boundCidrs = {"10.0.0.0/8"};
        write([&](store::WriteSession &session) {
            QVERIFY(addSecretId(session, m_seal, m_role, "hunter2-hunter2", secret));
            SecretId again;
            const auto twice = addSecretId(session, m_seal, m_role, "hunter2-hunter2", again);
            QVERIFY(why(twice).contains("failed to store secret_id: SecretID is already registered"));
        });
        write([&](store::WriteSession &session) {
            auto found = findSecretId(session, m_seal, m_role.id, "hunter2-hunter2", session.now);
            QVERIFY(found);
            QCOMPARE(found->accessor, secret.accessor);
            QVERIFY(found->metadata == secret.metadata);
            QVERIFY(found->boundCidrs == secret.boundCidrs);
            QVERIFY(!findSecretId(session, m_seal, m_role.id, "hunter2", session.now));
            countUse(session, *found);
            found = findSecretIdByAccessor(session, MountId{1}, secret.accessor, session.now);
            QCOMPARE(found->uses, 1);
            countUse(session, *found);
            QVERIFY(!findSecretIdByAccessor(session, MountId{1}, secret.accessor, session.now));
        });
        QFile file(m_folder.filePath(QStringLiteral("core.kith-wal")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("hunter2"));
    }

    void expires()
    {
        SecretId brief;
        brief.ttl = 60;
        SecretId lasting;
        write([&](store::WriteSession &session) {
            QVERIFY(addSecretId(session, m_seal, m_role, "brief", brief));
            QVERIFY(addSecretId(session, m_seal, m_role, "lasting", lasting));
            QCOMPARE(secretIdAccessors(session, m_role.id, "", 0, session.now).size(), 2UL);
        });
        m_clock.advance(60'000'000'000);
        write([&](store::WriteSession &session) {
            QVERIFY(!findSecretId(session, m_seal, m_role.id, "brief", session.now));
            QVERIFY(findSecretId(session, m_seal, m_role.id, "lasting", session.now));
            QCOMPARE(secretIdAccessors(session, m_role.id, "", 0, session.now).size(), 1UL);
            QVERIFY(anySecretIdHasExpired(session, session.now));
            tidySecretIds(session, MountId{2}); // another mount
            QVERIFY(anySecretIdHasExpired(session, session.now));
            removeExpiredSecretIds(session);
            QVERIFY(!anySecretIdHasExpired(session, session.now));
            QCOMPARE(session.integer("SELECT count(*) FROM approle_secret").value_or(-1), 1);
            deleteRole(session, MountId{1}, "r");
            QCOMPARE(session.integer("SELECT count(*) FROM approle_secret").value_or(-1), 0);
        });
    }

    void theClockMayBeSetBack()
    {
        SecretId brief;
        brief.ttl = 60;
        SecretId lasting;
        AppRole role;
        write([&](store::WriteSession &session) {
            role.mount = MountId{1};
            role.name = "clock";
            role.roleId = "of the clock";
            QVERIFY(saveRole(session, role));
            role = *findRole(session, MountId{1}, "clock");
            QVERIFY(addSecretId(session, m_seal, role, "short", brief));
            QVERIFY(addSecretId(session, m_seal, role, "endless", lasting));
        });
        m_clock.advance(-1'000'000'000'000'000); // it would live for twelve days more
        write([&](store::WriteSession &session) {
            QVERIFY(anySecretIdIsAhead(session, session.now));
            tidySecretIds(session);
            QVERIFY(!anySecretIdIsAhead(session, session.now));
            QCOMPARE(findSecretId(session, m_seal, role.id, "short", session.now)->expires,
                     session.now + 60'000'000'000);
            QVERIFY(findSecretId(session, m_seal, role.id, "endless", session.now));
        });
        m_clock.advance(60'000'000'000);
        write([&](store::WriteSession &session) {
            QVERIFY(!findSecretId(session, m_seal, role.id, "short", session.now));
        });
    }

    void readsMetadata_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("");
        QTest::newRow("object") << QByteArray(R"({"a":"b","c":"d"})") << QByteArray("a=b c=d ");
        QTest::newRow("base64") << QByteArray("eyJhIjoiYiJ9") << QByteArray("a=b ");
        QTest::newRow("pairs") << QByteArray("a=b,c=d") << QByteArray("a=b c=d ");
        QTest::newRow("list") << QByteArray(R"(["a=b"])") << QByteArray("a=b ");
        const QByteArray format = "failed to parse metadata: failed to parse the input: invalid <key,value> format";
        QTest::newRow("word") << QByteArray("zz") << format;
        QTest::newRow("number") << QByteArray(R"({"k":1})") << format;
        QTest::newRow("null") << QByteArray(R"({"k":null})")
                              << QByteArray("failed to parse metadata: invalid value for key \"k\"");
    }
    void readsMetadata()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto pairs = parseSecretMetadata(text.toStdString());
        std::string read = pairs ? std::string() : pairs.error().wire;
        if (pairs)
            for (const auto &[key, value] : *pairs)
                read.append(key).append("=").append(value).append(" ");
        QCOMPARE(QByteArray::fromStdString(read), expected);
    }
};

QTEST_GUILESS_MAIN(TestSecretIds)
#include "tst_SecretIds.moc"
