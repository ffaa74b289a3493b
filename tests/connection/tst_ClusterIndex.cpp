// SPDX-License-Identifier: Apache-2.0
#include "connection/ClusterIndex.h"
#include "connection/RemoteClient.h"
#include "connection/VaultHttp.h"
#include "support/FaultProxy.h"

#include <QTest>

using namespace kith;
using namespace kith::connection;
using test::FaultProxy;

class TestClusterIndex : public QObject
{
    Q_OBJECT

    static QByteArray index(const char *cluster, quint64 value)
    {
        return (QByteArray("{\"cluster\":\"") + cluster + "\",\"value\":\"" + QByteArray::number(value) + "\"}")
            .toBase64();
    }

private Q_SLOTS:
    void keepsTheFurthest()
    {
        ClusterIndex known;
        QVERIFY(known.furthest().isEmpty());
        known.saw(index("a", 9));
        known.saw(index("a", 100));
        known.saw(index("a", 11)); // of an answer that was on its way for long
        QCOMPARE(known.furthest(), index("a", 100));
        known.saw(index("b", 5)); // behind the address stands another cluster now
        QCOMPARE(known.furthest(), index("b", 5));
    }

    void passesOverWhatIsNone()
    {
        ClusterIndex known;
        known.saw(index("a", 7));
        for (const char *text : {"", "x", "e30=", "W10="})
            known.saw(text);
        known.saw(QByteArray(R"({"cluster":"a","value":"-1"})").toBase64());
        known.saw(QByteArray(R"({"cluster":"a","value":8})").toBase64());
        QCOMPARE(known.furthest(), index("a", 7));
    }

    /// The second client has asked nothing yet, and knows what the first one has seen.
    void isSentAlong()
    {
        FaultProxy server(QStringLiteral("http://127.0.0.1:9"));
        Profile profile;
        profile.address = server.address();
        const auto shared = std::make_shared<ClusterIndex>();
        RemoteClient client(profile, shared);
        RemoteClient other(profile, shared);
        const auto answer = FaultProxy::status(200, "{\"data\":{}}", "X-Vault-Index: " + index("a", 42) + "\r\n");
        server.harm(FaultProxy::Fault::Answer, {}, 2, 0, answer);
        core::Request request;
        request.path = "sys/health";
        QVERIFY(client.ask(request));
        QVERIFY(!server.received().contains("X-Vault-Index"));
        QVERIFY(other.ask(request));
        QVERIFY(server.received().contains("X-Vault-Index: " + index("a", 42) + "\r\n"));
        QVERIFY(server.received().contains("X-Vault-Inconsistent: forward-active-node\r\n"));
    }
};

QTEST_GUILESS_MAIN(TestClusterIndex)
#include "tst_ClusterIndex.moc"
