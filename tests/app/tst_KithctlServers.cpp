// SPDX-License-Identifier: Apache-2.0
#include "app/KithctlFixture.h"
#include "core/Core.h"
#include "support/RealServer.h"
#include "support/Support.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace kith;
using test::KithctlFixture;

namespace {

/// A kithd with the root token "secret", as long as it lives.
class TestServer
{
public:
    TestServer()
    {
        m_process.start(QStringLiteral(KITH_BINARY_DIR "/kithd"),
                        {QStringLiteral("--dev"), QStringLiteral("--dev-root-token-id"), QStringLiteral("secret"),
                         QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
        QByteArray output;
        while (!output.contains("listens on") && m_process.waitForReadyRead(30'000))
            output += m_process.readAllStandardOutput();
        m_url = QString::fromUtf8(output.mid(output.indexOf("http://")).trimmed());
    }
    ~TestServer()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }
    QString url() const { return m_url; }

private:
    QProcess m_process;
    QString m_url;
};

} // namespace

static void enableMounts(test::RealServer &server)
{
    QFile sample(QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json"));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    const QJsonObject document = QJsonDocument::fromJson(sample.readAll()).object();
    QSet<QString> mounts;
    for (const auto &entity : document[QStringLiteral("entities")].toArray())
        for (const auto &alias : entity[QStringLiteral("aliases")].toArray())
            mounts += alias[QStringLiteral("mount")].toString();
    for (const auto &group : document[QStringLiteral("groups")].toArray())
        mounts += group[QStringLiteral("alias")][QStringLiteral("mount")].toString();
    for (const auto &mount : document[QStringLiteral("mounts")].toArray())
        mounts += mount[QStringLiteral("path")].toString();
    mounts.remove(QString());
    for (const QString &mount : mounts)
        server.userpass(mount.toStdString());
}

/// kithctl on servers, and between two cores.
class TestKithctlServers : public QObject, protected KithctlFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { start(); }
    void asksAServerAsItAsksAFile();
    void saysWhatAServerRefuses();
    void worksOnAPlainServer();
    void copiesAndCompares();
    void sendsATokenToOneServerOnly();
    void takesDocuments();
    void mapsMounts();
    void worksInANamespace_data();
    void worksInANamespace();
    void saysWhatAPlainServerDoesNotTake();
};

/// Every command says the same of a server as of a file with the same content.
void TestKithctlServers::asksAServerAsItAsksAFile()
{
    const TestServer server;
    const QString token = write("token", "secret\n");
    const QString document = QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json");
    const auto onServer = [&](const QStringList &arguments) {
        return run(QStringList{QStringLiteral("--addr"), server.url(), QStringLiteral("--token-file"), token} +
                   arguments);
    };
    const auto commands = [&] {
        return std::vector<QStringList>{
            {QStringLiteral("import"), document, QStringLiteral("--dry-run")},
            {QStringLiteral("import"), document},
            {QStringLiteral("import"), document},
            {QStringLiteral("who"), QStringLiteral("default")},
            {QStringLiteral("search"), QStringLiteral("a")},
            {QStringLiteral("explain"), QStringLiteral("entity"), QStringLiteral("nobody at all")}};
    };
    for (const QStringList &command : commands()) {
        const Run file = onCore(command);
        const Run remote = onServer(command);
        QCOMPARE(remote.out, file.out);
        QCOMPARE(remote.err, file.err);
        QCOMPARE(remote.status, file.status);
    }
    const Run checked = onServer({QStringLiteral("check")});
    QCOMPARE(checked.out, server.url() + QStringLiteral(" is sound.\n"));
    const Run exported = onServer({QStringLiteral("export")});
    QCOMPARE(exported.status, 0);
    const QJsonArray entities = QJsonDocument::fromJson(exported.out.toUtf8())[QStringLiteral("entities")].toArray();
    QVERIFY(!entities.isEmpty());
    const QString somebody = entities.first()[QStringLiteral("name")].toString();
    const Run explained = onServer({QStringLiteral("explain"), QStringLiteral("entity"), somebody});
    QVERIFY2(explained.out.startsWith(somebody + QStringLiteral(" (entity ")), qPrintable(explained.err));
}

void TestKithctlServers::saysWhatAServerRefuses()
{
    const TestServer server;
    const QStringList base{QStringLiteral("--addr"), server.url(), QStringLiteral("--token-file")};
    const QString wrong = write("wrong", "no such token");
    const Run refused = run(base + QStringList{wrong, QStringLiteral("search"), QStringLiteral("x")});
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains(QStringLiteral("permission denied")), qPrintable(refused.err));
    const Run missing = run(base + QStringList{path("none"), QStringLiteral("export")});
    QCOMPARE(missing.status, 1);
    QVERIFY(missing.err.contains(QStringLiteral("there is no token in this file")));
    const Run nobody = run({QStringLiteral("--addr"), QStringLiteral("http://127.0.0.1:1"),
                            QStringLiteral("--token-file"), wrong, QStringLiteral("check")});
    QCOMPARE(nobody.status, 1);
    QVERIFY2(nobody.err.contains(QStringLiteral("http://127.0.0.1:1: ")), qPrintable(nobody.err));
}

/// A server without kith/: everything through a mirror and plain requests.
void TestKithctlServers::worksOnAPlainServer()
{
    const auto server = test::RealServer::start(test::RealServer::Kind::BaoTls);
    if (!server)
        QSKIP("bao isn't installed");
    enableMounts(*server);
    const QString token = write("token", server->token());
    const QString document = QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json");
    const auto onServer = [&](const QStringList &arguments) {
        return run(QStringList{QStringLiteral("--addr"), server->address(), QStringLiteral("--token-file"), token,
                               QStringLiteral("--ca"), server->path("ca.crt")} +
                   arguments);
    };
    const QStringList import{QStringLiteral("import"), document};
    QCOMPARE(onCore(import).status, 0);
    const Run unknown = run({QStringLiteral("--connection"), QStringLiteral("none"), QStringLiteral("export")});
    QVERIFY2(unknown.err.contains(QStringLiteral("there is no connection \"none\"")), qPrintable(unknown.err));
    const Run dry = onServer(import + QStringList(QStringLiteral("--dry-run")));
    QVERIFY2(dry.status == 0, qPrintable(dry.err));
    QCOMPARE(server->ask(core::Operation::List, "identity/entity/id").status, 404);
    const Run imported = onServer(import);
    QVERIFY2(imported.status == 0, qPrintable(imported.err));
    QVERIFY(imported.out.startsWith(QStringLiteral("Imported ")));
    const Run again = onServer(import);
    QVERIFY2(again.out.startsWith(QStringLiteral("Nothing to do")), qPrintable(again.out + again.err));
    // Everybody has what they have in the core file, in the same words.
    const auto entities = QJsonDocument::fromJson(onCore({QStringLiteral("export")}).out.toUtf8())
                              .object()[QStringLiteral("entities")]
                              .toArray();
    QVERIFY(!entities.isEmpty());
    for (int i = 0; i < std::min(3, int(entities.size())); ++i) {
        const QString name = entities[i].toObject()[QStringLiteral("name")].toString();
        const QStringList explain{QStringLiteral("explain"), QStringLiteral("entity"), name, QStringLiteral("--json")};
        const auto policies = [](const Run &done) {
            return QJsonDocument::fromJson(done.out.toUtf8()).object().value(QStringLiteral("policies"));
        };
        const Run there = onServer(explain);
        QVERIFY2(there.status == 0, qPrintable(there.err));
        QCOMPARE(policies(there), policies(onCore(explain)));
    }
    QCOMPARE(onServer({QStringLiteral("check")}).status, 0);
    const Run found = onServer({QStringLiteral("search"), entities[0].toObject()[QStringLiteral("name")].toString()});
    QVERIFY2(found.status == 0, qPrintable(found.err));
}

/// From a file to a server and back into another file.
void TestKithctlServers::copiesAndCompares()
{
    const auto server = test::RealServer::start(test::RealServer::Kind::Bao);
    if (!server)
        QSKIP("bao isn't installed");
    enableMounts(*server);
    const QString token = write("token", server->token());
    const QStringList options{QStringLiteral("--token-file"), token};
    QCOMPARE(onCore({QStringLiteral("import"), QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json")}).status, 0);
    const QStringList there{core(), server->address()};
    const Run before = run(options + QStringList(QStringLiteral("diff")) + there);
    QCOMPARE(before.status, 3);
    QVERIFY(before.out.contains(QStringLiteral("only in ") + core()));
    const Run plan =
        run(options + QStringList(QStringLiteral("copy")) + there + QStringList(QStringLiteral("--dry-run")));
    QVERIFY2(plan.status == 0, qPrintable(plan.err));
    const Run copied = run(options + QStringList(QStringLiteral("copy")) + there);
    QVERIFY2(copied.status == 0, qPrintable(copied.err));
    QVERIFY(run(options + QStringList(QStringLiteral("copy")) + there).out.startsWith(QStringLiteral("Nothing to do")));
    const Run after = run(options + QStringList(QStringLiteral("diff")) + there);
    QVERIFY2(!after.out.contains(QStringLiteral("only in ") + core()), qPrintable(after.out));
    // What somebody makes on the server is seen, and comes back with a copy the other way.
    server->create("identity/entity", R"({"name":"made there","policies":["x"]})");
    const Run changed = run(options + QStringList(QStringLiteral("diff")) + there);
    QCOMPARE(changed.status, 3);
    QVERIFY(
        changed.out.contains(QStringLiteral("only in ") + server->address() + QStringLiteral(": entity made there")));
    const Run back = run(options + QStringList{QStringLiteral("copy"), server->address(), core()});
    QVERIFY2(back.status == 0, qPrintable(back.err));
    QVERIFY(onCore({QStringLiteral("export")}).out.contains(QStringLiteral("made there")));
    const Run last = run(options + QStringList(QStringLiteral("diff")) + there);
    QVERIFY2(!last.out.contains(QStringLiteral("entity made there")), qPrintable(last.out));
    const Run same = run(options + QStringList{QStringLiteral("diff"), server->address(), server->address()});
    QVERIFY2(same.status == 0, qPrintable(same.out + same.err));
}

void TestKithctlServers::sendsATokenToOneServerOnly()
{
    const TestServer first;
    const TestServer second;
    const QStringList places{QStringLiteral("diff"), first.url(), second.url()};
    const QStringList tokens{QStringLiteral("--token-file"), write("a", "secret"), QStringLiteral("--token-file")};
    const Run same = run(places + tokens + QStringList{write("b", "secret")});
    QVERIFY2(same.status == 0, qPrintable(same.err));
    const Run refused = run(places + tokens + QStringList{write("c", "another")});
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains(QStringLiteral("permission denied")), qPrintable(refused.err));
    qputenv("VAULT_TOKEN", "secret");
    const Run unsaid = run(places);
    qunsetenv("VAULT_TOKEN");
    QCOMPARE(unsaid.status, 1);
    QVERIFY2(unsaid.err.contains(QStringLiteral("which token is for which server")), qPrintable(unsaid.err));
}

/// A document instead of a core: compared with one, copied into one, never written.
void TestKithctlServers::takesDocuments()
{
    const QString document = write("a.json", R"({"entities":[{"name":"alice","policies":["p"]},{"name":"bob"}]})");
    const QString other = write("b.json", R"({"entities":[{"name":"alice","policies":["q"]},{"name":"bob"}]})");
    const QString diff = QStringLiteral("diff");
    const QString copy = QStringLiteral("copy");
    const Run differ = run({diff, document, other});
    QCOMPARE(differ.status, 3);
    QCOMPARE(differ.out, QStringLiteral("entity alice\n    policies: + q; − p\n"));
    const Run dry = run({copy, document, core(), QStringLiteral("--dry-run")});
    QVERIFY(dry.status == 1 && !QFile::exists(core())); // as with import: there is no core yet
    const Run copied = run({copy, document, core()});
    QVERIFY2(copied.status == 0, qPrintable(copied.err));
    const Run same = run({diff, document, core()});
    QVERIFY2(same.status == 0, qPrintable(same.out + same.err));
    const Run input = run({diff, QStringLiteral("-"), core()}, R"({"entities":[{"name":"carol"}]})");
    QVERIFY2(input.out.contains(QStringLiteral("only in -: entity carol")), qPrintable(input.out + input.err));
    const Run into = run({copy, core(), document});
    QCOMPARE(into.status, 1);
    QVERIFY2(into.err.contains(QStringLiteral("is a document: a copy goes into a core")), qPrintable(into.err));
    const Run broken = run({diff, write("c.json", "{"), core()});
    QCOMPARE(broken.status, 1);
    QVERIFY2(broken.err.contains(QStringLiteral("c.json")), qPrintable(broken.err));
}

void TestKithctlServers::worksInANamespace_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("kithd") << int(test::RealServer::Kind::Kithd);
    QTest::newRow("OpenBao") << int(test::RealServer::Kind::Bao);
}

/// It sees and changes that namespace alone.
void TestKithctlServers::worksInANamespace()
{
    QFETCH(int, kind);
    const auto server = test::RealServer::start(test::RealServer::Kind(kind));
    if (!server)
        QSKIP("the server's program isn't installed");
    QVERIFY(server->post("sys/namespaces/team").ok());
    server->create("identity/entity", R"({"name":"far","policies":["shared"]})");
    const std::string ann = server->create("team/identity/entity", R"({"name":"ann","policies":["shared"]})");
    const auto there = [&](const QStringList &command, const QByteArray &input = {}) {
        return run(QStringList{QStringLiteral("--addr"), server->address(), QStringLiteral("--token-file"),
                               write("token", server->token()), QStringLiteral("--namespace"), QStringLiteral("team")} +
                       command,
                   input);
    };
    const Run who = there({QStringLiteral("who"), QStringLiteral("shared")});
    QVERIFY2(who.status == 0 && who.out.contains(QStringLiteral("1 entity")), qPrintable(who.out + who.err));
    for (const QString &name : {QStringLiteral("ann"), QString::fromStdString(ann)}) {
        const Run explained = there({QStringLiteral("explain"), QStringLiteral("entity"), name});
        QVERIFY2(explained.status == 0 && explained.out.contains(QStringLiteral("shared")), qPrintable(explained.err));
    }
    QVERIFY(there({QStringLiteral("explain"), QStringLiteral("entity"), QStringLiteral("far")}).status != 0);
    const Run checked = there({QStringLiteral("check")});
    QVERIFY2(checked.status == 0, qPrintable(checked.out + checked.err));
    // What is exported there fits anywhere.
    const Run exported = there({QStringLiteral("export")});
    QVERIFY2(exported.status == 0, qPrintable(exported.err));
    QVERIFY(exported.out.contains(QStringLiteral("ann")) && !exported.out.contains(QStringLiteral("far")));
    QVERIFY2(!exported.out.contains(QStringLiteral("ns_")), qPrintable(exported.out));
    const Run imported =
        there({QStringLiteral("import"), QStringLiteral("-")},
              R"({"entities":[{"name":"bob"}],"groups":[{"name":"crew","member_entities":["ann","bob"]}]})");
    QVERIFY2(imported.status == 0, qPrintable(imported.out + imported.err));
    QCOMPARE(server->get("team/identity/group/name/crew").status, 200);
    QCOMPARE(server->get("identity/group/name/crew").status, 404);
    QCOMPARE(server->get("identity/entity/name/bob").status, 404);
}

/// Who logs in at one mount there logs in at another here.
void TestKithctlServers::mapsMounts()
{
    const auto server = test::RealServer::start(test::RealServer::Kind::Bao);
    if (!server)
        QSKIP("bao isn't installed");
    const std::string accessor = server->userpass("people-emea");
    const QString document = write("a.json", R"({"mounts":[{"path":"people","type":"userpass"}],
        "entities":[{"name":"alice","aliases":[{"mount":"people","name":"al"}]}],
        "groups":[{"name":"outside","type":"external","alias":{"mount":"people","name":"cn=x"}}]})");
    const QStringList copy{QStringLiteral("--token-file"), write("token", server->token()), QStringLiteral("copy"),
                           document, server->address()};
    const QStringList mapped =
        copy + QStringList{QStringLiteral("--map-mount"), QStringLiteral("auth/people/=people-emea")};
    const Run wrong = run(copy + QStringList(QStringLiteral("--map-mount=nowhere=people-emea")));
    QCOMPARE(wrong.status, 1);
    QVERIFY2(wrong.err.contains(QStringLiteral("a mount \"nowhere\"")), qPrintable(wrong.err));
    const Run done = run(mapped);
    QVERIFY2(done.status == 0, qPrintable(done.err));
    const core::Response alice = server->get("identity/entity/name/alice");
    QVERIFY(alice.data->at("aliases").at(0).at("mount_accessor").as_string() == accessor.c_str());
    const core::Response outside = server->get("identity/group/name/outside");
    QVERIFY(outside.data->at("alias").at("mount_accessor").as_string() == accessor.c_str());
    QVERIFY(!server->get("sys/auth").data->as_object().contains("people/"));
    const Run again = run(mapped);
    QVERIFY2(again.out.startsWith(QStringLiteral("Nothing to do")), qPrintable(again.out + again.err));
    QCOMPARE(run({QStringLiteral("export"), QStringLiteral("--map-mount"), QStringLiteral("a=b")}).status, 2);
    QCOMPARE(run({QStringLiteral("copy"), document, core(), QStringLiteral("--map-mount"), QStringLiteral("a")}).status,
             2);
}

/// What can be written through the API is; what can't is said before, and after.
void TestKithctlServers::saysWhatAPlainServerDoesNotTake()
{
    const auto server = test::RealServer::start(test::RealServer::Kind::Bao);
    if (!server)
        QSKIP("bao isn't installed");
    const QString document = write("a.json", R"({"mounts":[{"path":"people","type":"userpass"}],
        "policies":[{"name":"rule","policy":"path \"a\" { capabilities = [\"read\"] }",
                     "expiration":"2040-01-01T00:00:00Z","cas_required":true,
                     "allow_slashes_in_identity_templates":true}],
        "entities":[{"name":"alice","aliases":[{"mount":"people","name":"al","metadata":{"said":"at login"},
                                                "custom_metadata":{"badge":"7"}}]}],
        "groups":[{"name":"outside","type":"external","member_entities":["alice"],
                   "alias":{"mount":"people","name":"cn=x","custom_metadata":{"a":"b"}}}]})");
    const QStringList copy{QStringLiteral("--token-file"), write("token", server->token()), QStringLiteral("copy"),
                           document, server->address()};
    for (const QStringList &more : {QStringList(QStringLiteral("--dry-run")), QStringList()}) {
        const Run done = run(copy + more);
        QVERIFY2(done.status == 0, qPrintable(done.err));
        for (const char *words : {"what logins said of 1 alias is left out", "group \"outside\"",
                                  "no custom metadata for the alias of a group", "only logins put people"})
            QVERIFY2(done.err.contains(QLatin1String(words)), qPrintable(done.err));
    }
    const core::Response rule = server->get("sys/policies/acl/rule");
    QVERIFY(rule.data->at("expiration").as_string() == "2040-01-01T00:00:00Z");
    QVERIFY(rule.data->at("cas_required").as_bool() && rule.data->at("allow_slashes_in_identity_templates").as_bool());
    const core::Response alice = server->get("identity/entity/name/alice");
    QVERIFY(alice.data->at("aliases").at(0).at("custom_metadata").at("badge").as_string() == "7");
    QVERIFY(run(copy).out.startsWith(QStringLiteral("Nothing to do")));
    // A new text keeps what else the policy has, and goes with the version that was read.
    const QString next = write("b.json", R"({"policies":[{"name":"rule","policy":"path \"b\" {}"}]})");
    QStringList changed = copy;
    changed[3] = next;
    const Run done = run(changed);
    QVERIFY2(done.status == 0, qPrintable(done.err));
    const core::Response now = server->get("sys/policies/acl/rule");
    QVERIFY(now.data->at("policy").as_string() == "path \"b\" {}");
    QVERIFY(now.data->at("cas_required").as_bool() && now.data->at("version").to_number<int>() == 2);
    QVERIFY(now.data->at("expiration").as_string() == "2040-01-01T00:00:00Z");
}

QTEST_GUILESS_MAIN(TestKithctlServers)
#include "tst_KithctlServers.moc"
