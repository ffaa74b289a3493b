// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;
using core::Operation;
using core::Response;

namespace {

QByteArrayList names(const Response &response, const char *mountClass)
{
    QByteArrayList found;
    for (const auto &mount : response.data->at(mountClass).as_object())
        found.append(QByteArray(mount.key().data(), static_cast<qsizetype>(mount.key().size())));
    return found;
}

} // namespace

/// What each caller sees of the mounts, as OpenBao 2.7.2 shows it.
class TestUiRoutes : public QObject
{
    Q_OBJECT

    TestCore m_core;

private Q_SLOTS:
    void initTestCase()
    {
        m_core.post("sys/mounts/k1", R"({"type":"kv"})");
        m_core.post("sys/mounts/k2", R"({"type":"kv","options":{"version":"2"}})");
        m_core.post("sys/auth/vis",
                    R"({"type":"userpass","description":"d","config":{"listing_visibility":"unauth"}})");
        m_core.policy("kv", "path \"k2/data/a\" { capabilities=[\"read\"] }\n"
                            "path \"k1/*\" { capabilities=[\"deny\"] }");
    }

    void showsTheRootEverything()
    {
        const Response all = m_core.get("sys/internal/ui/mounts");
        QCOMPARE(names(all, "auth"), (QByteArrayList{"token/", "vis/"}));
        QCOMPARE(names(all, "secret"), (QByteArrayList{"cubbyhole/", "identity/", "k1/", "k2/", "sys/"}));
    }

    void showsStrangersWhatIsOpen()
    {
        const Response open = m_core.sendAs("", Operation::Read, "sys/internal/ui/mounts");
        QCOMPARE(line(open), QByteArray(R"(200 {"auth":{"vis/":{"description":"d","options":{},"type":"userpass"}},)"
                                        R"("secret":{}})"));
        QCOMPARE(line(m_core.sendAs("bad", Operation::Read, "sys/internal/ui/mounts")),
                 QByteArray("403 permission denied"));
        QCOMPARE(line(m_core.sendAs("", Operation::Read, "sys/internal/ui/mounts/k2")),
                 QByteArray("403 permission denied"));
    }

    void showsOthersWhatTheyCanReach()
    {
        const std::string token = m_core.token(R"({"policies":["kv"]})");
        const Response seen = m_core.sendAs(token, Operation::Read, "sys/internal/ui/mounts");
        QCOMPARE(names(seen, "auth"), (QByteArrayList{"token/", "vis/"}));
        QCOMPARE(names(seen, "secret"), (QByteArrayList{"cubbyhole/", "identity/", "k2/", "sys/"}));
        QCOMPARE(member(m_core.sendAs(token, Operation::Read, "sys/internal/ui/mounts/k2/x/y"), "path"),
                 QByteArray("\"k2/\""));
        QCOMPARE(line(m_core.sendAs(token, Operation::Read, "sys/internal/ui/mounts/k1")),
                 QByteArray("403 preflight capability check returned 403, please ensure client's policies grant access "
                            "to path \"k1/\""));
    }

    /// A rule that denies the mount beats a wider one; of a path with `+` its first segments count.
    void hidesWhatIsDenied()
    {
        m_core.policy("most", "path \"*\" { capabilities=[\"read\"] }\n"
                              "path \"k1/*\" { capabilities=[\"deny\"] }");
        m_core.policy("some", "path \"k1/+/x\" { capabilities=[\"read\"] }\n"
                              "path \"auth/+/vis/*\" { capabilities=[\"deny\"] }");
        const auto secrets = [&](const char *policies, const char *bare) {
            const std::string token =
                m_core.token(std::string(R"({"policies":)") + policies + ",\"no_default_policy\":" + bare + "}");
            return names(m_core.sendAs(token, Operation::Read, "sys/internal/ui/mounts"), "secret");
        };
        QCOMPARE(secrets(R"(["most"])", "false"), (QByteArrayList{"cubbyhole/", "identity/", "k2/", "sys/"}));
        // Where no rule has a `+`, as the default policy's do, any prefix shows it.
        QCOMPARE(secrets(R"(["most"])", "true"), (QByteArrayList{"cubbyhole/", "identity/", "k1/", "k2/", "sys/"}));
        QCOMPARE(secrets(R"(["some"])", "true"), (QByteArrayList{"k1/"}));
    }

    /// Asking this is no use of a token.
    void countsNoUse()
    {
        const std::string token = m_core.token(R"({"policies":["kv"],"num_uses":3})");
        for (const char *path : {"sys/internal/ui/mounts", "sys/internal/ui/mounts/k2", "sys/internal/ui/namespaces"})
            QCOMPARE(m_core.sendAs(token, Operation::Read, path).status, 200);
        QCOMPARE(member(m_core.sendAs(token, Operation::Read, "auth/token/lookup-self"), "num_uses"), QByteArray("2"));
    }

    /// Whoever has a token may ask, whatever its policies say.
    void pathsExplainThemselves()
    {
        core::Request request;
        request.path = "identity/entity/id/x";
        request.help = true;
        QCOMPARE(m_core.core().handle(request).status, 403);
        request.token = m_core.token(R"({"policies":["kv"]})");
        const Response answer = m_core.core().handle(request);
        QCOMPARE(answer.status, 200);
        const QByteArray text = member(answer, "help");
        QVERIFY2(text.contains(R"(Request:        entity/id/x\nMatching Route: entity/id/:id)"), text);
        QVERIFY2(text.contains("metadata (keypair)"), text);
        QVERIFY2(text.contains("Operations: read, update, delete"), text);
        request.path = "nope/x";
        QCOMPARE(line(m_core.core().handle(request)),
                 QByteArray("404 no handler for route \"nope/x\". route entry not found."));
        for (const char *mount : {"identity", "identity/"}) {
            request.path = mount;
            const QByteArray paths = member(m_core.core().handle(request), "help");
            QVERIFY2(paths.contains(R"(\n    entity/id/:id\n)"), paths);
            QVERIFY2(!paths.contains("mounts"), paths);
        }
        m_core.post("sys/mounts/k9", R"({"type":"kv"})");
        request.path = "k9";
        QVERIFY(member(m_core.core().handle(request), "help").contains(R"(\n    :path+\n)"));
        m_core.mount("helped", R"({"type":"userpass"})");
        request.path = "auth/helped";
        QVERIFY(member(m_core.core().handle(request), "help").contains(R"(\n    login/:username\n)"));
    }
};

QTEST_GUILESS_MAIN(TestUiRoutes)
#include "tst_UiRoutes.moc"
