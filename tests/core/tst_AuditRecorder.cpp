// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QFile>
#include <QTest>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::member;
using Json = boost::json::object;

namespace {

constexpr const char *Root = "s.rootrootrootrootrootroot";

/// A core with its keys and one audit device of the configuration, asked from 10.1.2.3.
class AuditedCore
{
public:
    explicit AuditedCore(const std::string &deviceFile = {})
    {
        CoreOptions options;
        options.file.file = path("core.db");
        options.file.clock = &m_clock;
        options.rootKey = store::SecretKey(std::string(32, 'k'));
        options.firstToken = Root;
        options.audit.byApi = audit::AuditOptions::ByApi::Allowed;
        audit::DeviceSettings device;
        device.path = "conf/";
        device.options = {{"file_path", deviceFile.empty() ? path("audit.log") : deviceFile}};
        options.audit.devices = {device};
        auto opened = Core::open(std::move(options));
        if (!opened)
            qFatal("%s", test::why(opened).constData());
        m_core = std::move(*opened);
    }

    Core &core() { return *m_core; }
    std::string path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)).toStdString(); }

    Response send(Operation operation, std::string where, std::string_view body = "{}", std::string token = Root)
    {
        Request request;
        request.operation = operation;
        request.path = std::move(where);
        request.token = std::move(token);
        request.data = boost::json::parse(body).as_object();
        request.peer = {"10.1.2.3", 4711};
        request.headers = {{"x-one", {"aa"}}, {"x-two", {"bb"}}};
        return m_core->handle(request);
    }
    Response post(std::string where, std::string_view body = "{}", std::string token = Root)
    {
        return send(Operation::Update, std::move(where), body, std::move(token));
    }
    /// The records since the last call.
    std::vector<Json> records(const char *name = "audit.log")
    {
        QFile file(QString::fromStdString(path(name)));
        std::vector<Json> found;
        if (!file.open(QIODevice::ReadOnly))
            return found;
        file.seek(m_read);
        while (!file.atEnd())
            found.push_back(boost::json::parse(file.readLine().toStdString()).as_object());
        m_read = file.pos();
        return found;
    }
    std::string hash(std::string_view text)
    {
        Json body{{"input", text}};
        const Response answer = post("sys/audit-hash/conf", boost::json::serialize(body));
        records();
        return boost::json::value_to<std::string>(answer.data->as_object().at("hash"));
    }

private:
    QTemporaryDir m_folder;
    test::ManualClock m_clock;
    std::unique_ptr<Core> m_core;
    qint64 m_read = 0;
};

} // namespace

class TestAuditRecorder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsAWishForHelp()
    {
        AuditedCore core;
        Request request;
        request.token = Root;
        request.path = "sys/health";
        request.help = true;
        QCOMPARE(core.core().handle(request).status, 200);
        const auto records = core.records();
        QCOMPARE(records.size(), std::size_t(2));
        QCOMPARE(records.front().at("request").at("operation"), boost::json::value("help"));
    }

    void recordsRequestAndAnswer()
    {
        AuditedCore core;
        const std::string al = core.hash("al");
        const std::string token = core.hash(Root);
        QCOMPARE(core.post("identity/entity", R"({"name":"al","disabled":false})").status, 200);
        const auto records = core.records();
        QCOMPARE(records.size(), std::size_t(2));
        for (const Json &record : records) {
            const Json &request = record.at("request").as_object();
            QCOMPARE(request.at("path"), boost::json::value("identity/entity"));
            QCOMPARE(request.at("operation"), boost::json::value("update"));
            QCOMPARE(request.at("data").at("name"), boost::json::value(al));
            QCOMPARE(request.at("data").at("disabled"), boost::json::value(false));
            QCOMPARE(request.at("client_token"), boost::json::value(token));
            QCOMPARE(request.at("remote_address"), boost::json::value("10.1.2.3"));
            QCOMPARE(request.at("remote_port"), boost::json::value(4711));
            QCOMPARE(request.at("mount_point"), boost::json::value("identity/"));
            QCOMPARE(request.at("mount_class"), boost::json::value("secret"));
            QVERIFY(!request.contains("headers"));
            const Json &auth = record.at("auth").as_object();
            QCOMPARE(auth.at("client_token"), boost::json::value(token));
            QCOMPARE(auth.at("policies").at(0), boost::json::value("root"));
            QCOMPARE(auth.at("policy_results").at("allowed"), boost::json::value(true));
            QCOMPARE(auth.at("policy_results").at("granting_policies").at(0).at("name"), boost::json::value("root"));
        }
        QCOMPARE(records[0].at("type"), boost::json::value("request"));
        QCOMPARE(records[1].at("type"), boost::json::value("response"));
        QCOMPARE(records[0].at("request").at("id"), records[1].at("request").at("id"));
        QCOMPARE(records[1].at("response").at("data").at("name"), boost::json::value(al));
    }
    void recordsWhoseEntityALoginMade()
    {
        AuditedCore core;
        QCOMPARE(core.post("sys/auth/up", R"({"type":"userpass"})").status, 204);
        QCOMPARE(core.post("auth/up/users/al", R"({"password":"pw"})").status, 204);
        for (const bool first : {true, false}) {
            core.records();
            QCOMPARE(core.post("auth/up/login/al", R"({"password":"pw"})", {}).status, 200);
            const auto records = core.records();
            QCOMPARE(records.size(), std::size_t(2));
            const Json &auth = records[1].at("auth").as_object();
            QCOMPARE(auth.at("display_name"), boost::json::value("up-al"));
            QCOMPARE(auth.contains("entity_created"), first);
            const Json &given = records[1].at("response").at("auth").as_object();
            QCOMPARE(given.at("display_name"), boost::json::value("up-al"));
            QVERIFY(!given.contains("entity_created"));
            QCOMPARE(records[1].at("request").at("mount_running_version"), boost::json::value("v2.7.2+builtin.bao"));
        }
    }
    void recordsEachPartOfAnApply()
    {
        AuditedCore core;
        const char *parts = R"({"requests":[{"operation":"update","path":"identity/entity","data":{"name":"al"}},)"
                            R"({"operation":"read","path":"identity/entity/name/al"}]})";
        QCOMPARE(core.post("kith/apply", parts).status, 200);
        auto records = core.records();
        QCOMPARE(records.size(), std::size_t(6)); // the whole one around its two parts
        const std::vector<const char *> paths{
            "kith/apply", "identity/entity", "identity/entity", "identity/entity/name/al", "identity/entity/name/al",
            "kith/apply"};
        for (std::size_t i = 0; i < paths.size(); ++i)
            QCOMPARE(records[i].at("request").at("path"), boost::json::value(paths[i]));
        QCOMPARE(records[1].at("type"), boost::json::value("request"));
        QCOMPARE(records[1].at("auth").at("policies").at(0), boost::json::value("root"));
        QCOMPARE(records[1].at("request").at("remote_address"), boost::json::value("10.1.2.3"));
        QCOMPARE(records[2].at("type"), boost::json::value("response"));
        QVERIFY(records[2].at("response").at("data").as_object().contains("id"));

        const char *bad = R"({"requests":[{"operation":"read","path":"identity/entity/name/nobody"}]})";
        QCOMPARE(core.post("kith/apply", bad).status, 404);
        QCOMPARE(core.records().size(), std::size_t(4));
    }
    void recordsRefusals()
    {
        AuditedCore core;
        const Response made = core.post("auth/token/create", R"({"policies":["default"],"meta":{"m":"n"}})");
        const std::string token = boost::json::value_to<std::string>(made.auth->fields.at("client_token"));
        core.records();
        QCOMPARE(core.send(Operation::Read, "identity/entity/name/al", "{}", token).status, 403);
        auto records = core.records();
        QCOMPARE(records.size(), std::size_t(2));
        for (const Json &record : records) {
            QCOMPARE(record.at("auth").at("policy_results").at("allowed"), boost::json::value(false));
            QCOMPARE(record.at("auth").at("metadata").at("m"), boost::json::value("n"));
            QCOMPARE(record.at("error"), boost::json::value("1 error occurred:\n\t* permission denied\n\n"));
        }
        QCOMPARE(core.send(Operation::Read, "auth/token/lookup-self", "{}", "bad").status, 403);
        records = core.records();
        QCOMPARE(records.size(), std::size_t(2));
        for (const Json &record : records) {
            QCOMPARE(record.at("auth"), boost::json::value(Json{{"token_type", "default"}}));
            QCOMPARE(record.at("error"), boost::json::value("permission denied"));
        }
        QCOMPARE(core.send(Operation::Read, "auth/token/lookup-self", "{}", token).status, 200);
        records = core.records();
        QCOMPARE(records[0].at("auth").at("policy_results").at("granting_policies").at(0).at("name"),
                 boost::json::value("default"));
    }
    /// Of what goes back without the envelope nothing is in clear but the status.
    void recordsRawAnswers()
    {
        AuditedCore core;
        const std::string body = core.hash(R"({"keys":[]})");
        QCOMPARE(core.send(Operation::Read, "identity/oidc/.well-known/keys", "{}", {}).status, 200);
        auto records = core.records();
        QCOMPARE(records.size(), std::size_t(2));
        const Json &data = records[1].at("response").at("data").as_object();
        QCOMPARE(data.at("http_raw_body"), boost::json::value(body));
        QCOMPARE(data.at("http_status_code"), boost::json::value(200));
        QCOMPARE(data.at("http_content_type"), boost::json::value(core.hash("application/json")));
        QCOMPARE(core.post("identity/oidc/provider/default/token", R"({"client_secret":"hush"})", {}).status, 400);
        records = core.records();
        QCOMPARE(records[0].at("request").at("data").at("client_secret"), boost::json::value(core.hash("hush")));
        QCOMPARE(records[1].at("response").at("data").at("http_status_code"), boost::json::value(400));
        QCOMPARE(records[1].at("response").at("data").at("http_raw_pragma"), boost::json::value(core.hash("no-cache")));
        // Who is refused as OAuth has it is refused as everybody is, to the audit.
        QCOMPARE(core.send(Operation::Read, "identity/oidc/provider/default/userinfo", "{}", {}).status, 401);
        records = core.records();
        QCOMPARE(records[1].at("error"), boost::json::value("permission denied"));
    }
    void leavesHealthOut()
    {
        AuditedCore core;
        core.hash("x");
        QCOMPARE(core.send(Operation::Read, "sys/health").status, 200);
        QCOMPARE(core.send(Operation::Read, "sys/seal-status").status, 200);
        QCOMPARE(core.records().size(), std::size_t(0));
    }
    void neverWritesSecrets()
    {
        AuditedCore core;
        const Response made = core.post("auth/token/create", R"({"policies":["default"],"id":"chosen-token"})");
        const std::string token = boost::json::value_to<std::string>(made.auth->fields.at("client_token"));
        core.send(Operation::Read, "auth/token/lookup-self", "{}", token);
        core.post("auth/token/revoke", R"({"token":"chosen-token"})");
        QFile file(QString::fromStdString(core.path("audit.log")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        QVERIFY(all.size() > 1000);
        for (const std::string &secret : {token, std::string(Root), std::string("chosen-token")})
            QVERIFY(!all.contains(secret.c_str()));
    }
    void recordsChosenHeaders()
    {
        AuditedCore core;
        const std::string bb = core.hash("bb");
        QCOMPARE(core.post("sys/config/auditing/request-headers/X-One").status, 204);
        QCOMPARE(core.post("sys/config/auditing/request-headers/X-Two", R"({"hmac":true})").status, 204);
        core.records();
        core.send(Operation::Read, "identity/entity/name/none");
        const auto records = core.records();
        QCOMPARE(records[0].at("request").at("headers").at("x-one").at(0), boost::json::value("aa"));
        QCOMPARE(records[0].at("request").at("headers").at("x-two").at(0), boost::json::value(bb));
        QCOMPARE(line(core.send(Operation::Read, "sys/config/auditing/request-headers/X-None")),
                 QByteArray("400 Could not find header in config"));
        QCOMPARE(line(core.send(Operation::Read, "sys/config/auditing/request-headers/X-Two")),
                 QByteArray(R"(200 {"X-Two":{"hmac":true}})"));
    }
    void doesNothingThatNobodyRecords()
    {
        AuditedCore core("/dev/full");
        QCOMPARE(line(core.post("identity/entity", R"({"name":"al"})")), QByteArray("500 internal error"));
        QCOMPARE(line(core.send(Operation::Read, "auth/token/lookup-self", "{}", "bad")),
                 QByteArray("500 internal error"));
        QCOMPARE(core.send(Operation::Read, "sys/health").status, 200);
        const auto there = core.core().store().read([](store::Session &session) -> Result<bool> {
            return session.integer("SELECT 1 FROM entity").has_value();
        });
        QCOMPARE(there.value(), false);
    }
    void knowsItsDevices()
    {
        AuditedCore core;
        QCOMPARE(
            core.post("sys/audit/a", R"({"type":"file","description":"d","options":{"file_path":"discard"}})").status,
            204);
        const Response all = core.send(Operation::Read, "sys/audit");
        QVERIFY(all.body == Body::Merged);
        QCOMPARE(member(all, "a/"), QByteArray(R"({"description":"d","local":false,"options":{"file_path":"discard"},)"
                                               R"("path":"a/","type":"file"})"));
        QCOMPARE(line(core.post("sys/audit/a", R"({"type":"file","options":{"file_path":"discard"}})")),
                 QByteArray("400 path already in use"));
        QCOMPARE(line(core.send(Operation::Delete, "sys/audit/conf")),
                 QByteArray("400 cannot disable configuration-managed audit device"));
        QCOMPARE(line(core.post("sys/audit-hash/a")), QByteArray("400 the \"input\" parameter is empty"));
        QCOMPARE(line(core.post("sys/audit-hash/zz", R"({"input":"x"})")),
                 QByteArray("400 unknown audit backend \"zz/\""));
        QCOMPARE(line(core.send(Operation::Delete, "sys/audit/a")), QByteArray("204"));
        QCOMPARE(member(core.send(Operation::Read, "sys/audit"), "a/"), QByteArray());
    }
    void opensItsFileAnew()
    {
        AuditedCore core;
        core.send(Operation::Read, "identity/entity/name/none");
        std::filesystem::rename(core.path("audit.log"), core.path("audit.log.1"));
        core.core().reopenAudit();
        core.send(Operation::Read, "identity/entity/name/none");
        QFile file(QString::fromStdString(core.path("audit.log")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 2);
    }
    void goesWithABackup()
    {
        AuditedCore core;
        QCOMPARE(core.post("identity/entity", R"({"name":"al"})").status, 200);
        QCOMPARE(core.post("kith/backups/monday").status, 200);
        QCOMPARE(core.post("kith/backups/monday").status, 400);
        QCOMPARE(core.send(Operation::Delete, "identity/entity/name/al").status, 204);
        QCOMPARE(core.send(Operation::Read, "identity/entity/name/al").status, 404);
        const Response list = core.send(Operation::List, "kith/backups");
        QCOMPARE(member(list, "keys"), QByteArray(R"(["monday"])"));
        QCOMPARE(line(core.post("kith/backups/monday/restore")), QByteArray("204"));
        QCOMPARE(core.send(Operation::Read, "identity/entity/name/al").status, 200);
        QCOMPARE(core.post("identity/entity", R"({"name":"bo"})").status, 200);
        QCOMPARE(core.post("kith/backups/none/restore").status, 404);
        QCOMPARE(line(core.send(Operation::Delete, "kith/backups/monday")), QByteArray("204"));
    }
};

QTEST_GUILESS_MAIN(TestAuditRecorder)
#include "tst_AuditRecorder.moc"
