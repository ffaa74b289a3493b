// SPDX-License-Identifier: Apache-2.0
#include "server/Lanes.h"

#include <QTest>

using namespace kith::server;
using Lane = WorkerPool::Lane;

/// Who waits behind whom.
class TestLanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lanes_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<Lane>("lane");
        const auto row = [](const char *target, Lane lane) {
            QTest::newRow(target) << QString::fromLatin1(target) << lane;
        };
        row("/v1/secret/data/x", Lane::Ordinary);
        row("/v1/auth/token/lookup-self", Lane::Ordinary);
        row("/v1/auth/ldap/login/ann", Lane::Login);
        row("/v1/team/auth/oidc/oidc/callback", Lane::Login);
        row("/ui/vault/identity/oidc/provider/p/authorize", Lane::Login);
        for (const char *target : {"/v1/auth/token/renew", "/v1/auth/token/renew-self", "/v1/auth/token/renew-accessor",
                                   "/v1/team/inner/auth/token/renew-self",
                                   "http://kith.test/v1/auth/token/renew-self?x=y", "/v1/auth/token/%72enew-self"})
            row(target, Lane::Renewal);
        // These are names to log in with, and methods, that sound like renewals.
        for (const char *target : {"/v1/auth/ldap/login/a/token/renew", "/v1/auth/ldap/login/a%2Ftoken%2Frenew-self",
                                   "/v1/auth/x/token/renew/login/ann", "/v1/auth/ldap/login/auth/token/renew"})
            row(target, Lane::Login);
    }
    void lanes()
    {
        QFETCH(QString, target);
        QFETCH(Lane, lane);
        HttpRequest http;
        http.method = "POST";
        http.target = target.toStdString();
        http.headers["x-vault-token"] = {"t"};
        QVERIFY(laneOf(http) == lane);
    }
    /// Whoever brings no token can want nothing else there.
    void withoutToken()
    {
        HttpRequest http;
        http.method = "POST";
        http.target = "/v1/auth/token/lookup-self";
        QVERIFY(laneOf(http) == Lane::Login);
    }
};

QTEST_GUILESS_MAIN(TestLanes)
#include "tst_Lanes.moc"
