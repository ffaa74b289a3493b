// SPDX-License-Identifier: Apache-2.0
#include "server/Translation.h"
#include "store/ErrorName.h"

#include <QTest>

using namespace kith;
using core::Operation;
using server::HttpAnswer;
using server::HttpRequest;

/// From HTTP to requests and back, as the real server does (spec/engine.md §0; each answer was asked from one).
class TestTranslation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void methods_data();
    void methods();
    void refusals_data();
    void refusals();
    void redirects();
    void paths();
    void queryIsData();
    void helpIsOnlyARead();
    void bodyIsData();
    void tokens_data();
    void tokens();
    void namespaces();
    void wrapTtl();
    void headersHoldNoSecrets();
    void envelope();
    void errors();
    void failuresOfKith();
    void closedEndpoints();
    void otherBodies();
};

namespace {

HttpRequest http(const std::string &method, const std::string &target, const std::string &body = {},
                 std::initializer_list<std::pair<const char *, const char *>> headers = {})
{
    HttpRequest request;
    request.method = method;
    request.target = target;
    request.body = body;
    for (const auto &[name, value] : headers)
        request.headers[name].emplace_back(value);
    return request;
}

/// "update a/b {…}", or "400 …" when it is refused.
QByteArray read(HttpRequest request)
{
    const auto result = server::toRequest(std::move(request), {});
    if (const auto *answer = std::get_if<HttpAnswer>(&result))
        return QByteArray::number(answer->status) + " " + QByteArray::fromStdString(answer->body).trimmed();
    constexpr const char *Names[] = {"create", "read", "update", "patch", "delete", "list", "scan", "head"};
    const auto &got = std::get<core::Request>(result);
    return QByteArray(Names[static_cast<int>(got.operation)]) + " " + QByteArray::fromStdString(got.path) + " " +
           QByteArray::fromStdString(store::toJson(got.data));
}

core::Request accepted(HttpRequest request)
{
    auto result = server::toRequest(std::move(request), {});
    return std::holds_alternative<core::Request>(result) ? std::get<core::Request>(std::move(result)) : core::Request();
}

constexpr const char *Form = "application/x-www-form-urlencoded";
constexpr const char *Merge = "application/merge-patch+json";

} // namespace

void TestTranslation::methods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("expected");
    const char *rows[][3] = {{"GET", "/v1/a/b", "read a/b {}"},
                             {"LIST", "/v1/a/b", "list a/b {}"},
                             {"SCAN", "/v1/a/b", "scan a/b {}"},
                             {"HEAD", "/v1/a/b", "head a/b {}"},
                             {"DELETE", "/v1/a/b", "delete a/b {}"},
                             {"POST", "/v1/a/b?q=1", "update a/b {}"},
                             {"PUT", "/v1/a/b", "update a/b {}"},
                             {"GET", "/v1/a?list=true", "list a {}"},
                             {"GET", "/v1/a?list=T", "list a {}"},
                             {"GET", "/v1/a?list=", "read a {\"list\":\"\"}"},
                             {"GET", "/v1/a?list=false&x=1", "read a {\"list\":\"false\",\"x\":\"1\"}"},
                             {"GET", "/v1/a?scan=1", "scan a {}"},
                             {"LIST", "/v1/a?scan=true", "list a {\"scan\":\"true\"}"},
                             {"DELETE", "/v1/a?list=true", "delete a {\"list\":\"true\"}"},
                             {"GET", "http://host/v1/a", "read a {}"},
                             {"GET", "/%76%31/a", "read a {}"},
                             {"GET", "/v1/", "read  {}"}};
    for (const auto &row : rows)
        QTest::addRow("%s %s", row[0], row[1]) << QByteArray(row[0]) << QByteArray(row[1]) << QByteArray(row[2]);
}

void TestTranslation::methods()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, expected);
    QCOMPARE(read(http(method.toStdString(), target.toStdString())), expected);
}

void TestTranslation::refusals_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    const char *rows[][5] = {
        {"GET", "/v1/a?list=maybe", "", "", R"(400 {"errors":[]})"},
        {"GET", "/v1/a?list=true&scan=true", "", "", R"(400 {"errors":[]})"},
        {"FOO", "/v1/a", "", "", R"(405 {"errors":[]})"},
        {"OPTIONS", "/v1/a", "", "", R"(400 {"errors":["cannot handle internal-only request operation"]})"},
        {"OPTIONS", "/v1/sys/seal", "", "", R"(405 {"errors":[]})"},
        {"OPTIONS", "/v1/sys/step-down", "", "", R"(405 {"errors":[]})"},
        {"PUT", "/v1/sys/leader", "", "{", R"(405 {"errors":[]})"},
        {"HEAD", "/v1/sys/seal-status", "", "", R"(405 {"errors":[]})"},
        {"LIST", "/v1/sys/leader", "", "", R"(405 {"errors":[]})"},
        {"GET", "/v2/a", "", "", R"(404 {"errors":[]})"},
        {"GET", "/v1", "", "", R"(404 {"errors":[]})"},
        {"GET", "/V1/a", "", "", R"(404 {"errors":[]})"},
        {"GET", "/v1/a/%2e%2e/b", "", "", R"(400 {"errors":["relative paths not supported"]})"},
        {"FOO", "/v1/a/%2e%2e/b", "", "", R"(405 {"errors":[]})"},
        {"OPTIONS", "/v1/a/%2e%2e/b", "", "", R"(400 {"errors":["relative paths not supported"]})"},
        {"POST", "/v1/a/%2e%2e/b", "", "{", R"(400 {"errors":["failed to decode JSON input: unexpected EOF"]})"},
        {"GET", "/v1/a%2f..", "", "", R"(400 {"errors":["relative paths not supported"]})"},
        {"GET", "/v1/%2e", "", "", R"(400 {"errors":["relative paths not supported"]})"},
        {"GET", "/v1/a%00b", "", "", "400 "},
        {"GET", "/v1/a%c2%a0b", "", "", "400 "},
        {"GET", "/v1/a%zz", "", "", "400 400 Bad Request"},
        {"POST", "/v1/a", "", "[1]",
         "400 {\"errors\":[\"failed to decode JSON input: json: cannot unmarshal array into Go value of type "
         "map[string]interface {}\"]}"},
        {"POST", "/v1/a", "", "1.5",
         "400 {\"errors\":[\"failed to decode JSON input: json: cannot unmarshal number into Go value of type "
         "map[string]interface {}\"]}"},
        {"POST", "/v1/sys/unseal", "", "5",
         "400 {\"errors\":[\"failed to decode JSON input: json: cannot unmarshal number into Go value of type "
         "http.UnsealRequest\"]}"},
        {"PUT", "/v1/sys/init", Form, "[]",
         "400 {\"errors\":[\"failed to decode JSON input: json: cannot unmarshal array into Go value of type "
         "http.InitRequest\"]}"},
        {"POST", "/v1/sys/init", Form, "a=b",
         R"(400 {"errors":["failed to decode JSON input: invalid character 'a' looking for beginning of value"]})"},
        {"POST", "/v1/a", Form, "a=%zz", R"(400 {"errors":["error parsing form data"]})"},
        {"POST", "/v1/a", Form, "a;b=c", R"(400 {"errors":["error parsing form data"]})"},
        {"PATCH", "/v1/a", "", "{}", R"(400 {"errors":["mime: no media type"]})"},
        {"PATCH", "/v1/a", "a/b;;", "{}", R"(400 {"errors":["mime: invalid media parameter"]})"},
        {"PATCH", "/v1/a", "application/json; charset=utf-8", "{}",
         R"(415 {"errors":["PATCH requires Content-Type of application/merge-patch+json, provided application/json"]})"}};
    for (const auto &row : rows)
        QTest::addRow("%s %s %s %s", row[0], row[1], row[2], row[3])
            << QByteArray(row[0]) << QByteArray(row[1]) << QByteArray(row[2]) << QByteArray(row[3])
            << QByteArray(row[4]);
}

void TestTranslation::refusals()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    HttpRequest request = http(method.toStdString(), target.toStdString(), body.toStdString());
    if (!type.isEmpty())
        request.headers["content-type"] = {type.toStdString()};
    QCOMPARE(read(std::move(request)), expected);
}

void TestTranslation::redirects()
{
    const std::pair<const char *, const char *> rows[] = {
        {"/v1//a/b", "/v1/a/b"}, {"/v1/a/../b?x=1", "/v1/b?x=1"}, {"/v1/a/./b/", "/v1/a/b/"}, {"/v1/../..", "/"}};
    for (const auto &[target, location] : rows) {
        const auto result = server::toRequest(http("GET", target), {});
        const auto *answer = std::get_if<HttpAnswer>(&result);
        QVERIFY2(answer, target);
        QCOMPARE(answer->status, 307);
        QCOMPARE(answer->headers.size(), std::size_t{1});
        QCOMPARE(answer->headers.front().second.c_str(), location);
    }
    QCOMPARE(read(http("POST", "/v1//a")), QByteArray("307 "));
    QCOMPARE(read(http("GET", "/v1//a?list=x")), QByteArray(R"(400 {"errors":[]})"));
    QCOMPARE(read(http("GET", "/a?list=x")), QByteArray(R"(404 {"errors":[]})"));
    QCOMPARE(read(http("HEAD", "/v1/sys/health?list=x")), QByteArray(R"(head sys/health {"list":"x"})"));
}

void TestTranslation::paths()
{
    QCOMPARE(read(http("GET", "/v1/a%20b/c%2fd+e")), QByteArray("read a b/c/d+e {}"));
    QCOMPARE(read(http("GET", "/v1/x%2F%2Fy")), QByteArray("read x//y {}"));
    QCOMPARE(read(http("GET", "/v1/a..b/.../..c")), QByteArray("read a..b/.../..c {}"));
    QCOMPARE(read(http("GET", "/v1/a%ffb")), QByteArray("read a\xEF\xBF\xBD"
                                                        "b {}"));
    QCOMPARE(read(http("GET", "/v1/\xC3\xBC")), QByteArray("read \xC3\xBC {}"));
}

void TestTranslation::queryIsData()
{
    QCOMPARE(read(http("GET", "/v1/a?x=1&x=2&y=a+b%26&z")), QByteArray(R"(read a {"x":["1","2"],"y":"a b&","z":""})"));
    QCOMPARE(read(http("LIST", "/v1/a?after=x&bad=%zz&c;d=1")), QByteArray(R"(list a {"after":"x"})"));
    QCOMPARE(read(http("DELETE", "/v1/a?x=1", R"({"y":1})")), QByteArray(R"(delete a {"x":"1"})"));
}

/// Whatever the method: nothing is carried out.
void TestTranslation::helpIsOnlyARead()
{
    for (const char *method : {"GET", "LIST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "FOO"}) {
        QCOMPARE(read(http(method, "/v1/a?help=1&x=1", R"({"a":)", {{"x-vault-wrap-ttl", "zz"}})),
                 QByteArray("read a {}"));
        QCOMPARE(read(http(method, "/v1/sys?help=0")), QByteArray("read sys {}"));
        QCOMPARE(read(http(method, "/v1/sys/seal?help=1")), QByteArray("read sys/seal {}"));
        QCOMPARE(read(http(method, "/v1/a//b?help=1")), QByteArray("read a//b {}"));
    }
    QCOMPARE(read(http("POST", "/v1/a?help=", "{}")), QByteArray("update a {}"));
    QCOMPARE(read(http("HELP", "/v1/a")), QByteArray("read a {}"));
    QCOMPARE(read(http("GET", "/v1/a?help=1&list=x")), QByteArray(R"(400 {"errors":[]})"));
    QVERIFY(!server::refusedHere(http("GET", "/v1/sys/seal?help=1"), {}));
}

void TestTranslation::bodyIsData()
{
    QCOMPARE(read(http("POST", "/v1/a", R"({"n":1.0})")), QByteArray(R"(update a {"n":1.0})"));
    QCOMPARE(read(http("POST", "/v1/a", "null")), QByteArray("update a {}"));
    QCOMPARE(read(http("POST", "/v1/a", "{}", {{"content-type", "text/plain"}})), QByteArray("update a {}"));
    QCOMPARE(read(http("POST", "/v1/a", "p=x&p=y&q=a%20b", {{"content-type", Form}})),
             QByteArray(R"(update a {"p":["x","y"],"q":"a b"})"));
    QCOMPARE(read(http("POST", "/v1/a", R"({"p":"j"})", {{"content-type", Form}})),
             QByteArray(R"(update a {"p":"j"})"));
    QCOMPARE(read(http("PATCH", "/v1/a", R"({"p":null})", {{"content-type", Merge}})),
             QByteArray(R"(patch a {"p":null})"));
}

void TestTranslation::tokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<bool>("bearer");
    QTest::newRow("own header") << QByteArray(" t ") << QByteArray() << QByteArray("t") << false;
    QTest::newRow("bearer") << QByteArray() << QByteArray("Bearer  t ") << QByteArray("t") << true;
    QTest::newRow("own header first") << QByteArray("t") << QByteArray("Bearer u") << QByteArray("t") << false;
    QTest::newRow("empty own header") << QByteArray(" ") << QByteArray("Bearer u") << QByteArray("u") << true;
    QTest::newRow("lower case") << QByteArray() << QByteArray("bearer u") << QByteArray() << false;
    QTest::newRow("other scheme") << QByteArray() << QByteArray("Basic u") << QByteArray() << false;
}

void TestTranslation::tokens()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, expected);
    HttpRequest request = http("GET", "/v1/a");
    if (!token.isNull())
        request.headers["x-vault-token"] = {token.toStdString()};
    if (!authorization.isNull())
        request.headers["authorization"] = {authorization.toStdString()};
    QFETCH(bool, bearer);
    const core::Request read = accepted(std::move(request));
    QCOMPARE(read.token.c_str(), expected.constData());
    QCOMPARE(read.bearer, bearer);
    QCOMPARE(read.authorization.c_str(), authorization.constData());
}

void TestTranslation::namespaces()
{
    const std::pair<const char *, const char *> rows[] = {{"a/b/", "a/b/"}, {"/a", "a/"}, {"/", ""}, {"root", ""}};
    for (const auto &[header, expected] : rows)
        QCOMPARE(accepted(http("GET", "/v1/a", {}, {{"x-vault-namespace", header}})).ns.c_str(), expected);
    const QByteArray unplaced = "400 {\"errors\":[\"operation unavailable in namespaces\"]}";
    QCOMPARE(read(http("GET", "/v1/sys/init//", {}, {{"x-vault-namespace", "a"}})), unplaced);
    for (const char *path : {"/v1/sys/health", "/v1/sys/seal", "/v1/sys/rekey/init"}) {
        for (const char *header : {"a", "root", "/"})
            QCOMPARE(read(http("GET", path, {}, {{"x-vault-namespace", header}})), unplaced);
        accepted(http("GET", path, {}, {{"x-vault-namespace", ""}}));
    }
    accepted(http("GET", "/v1/sys/seal-status", {}, {{"x-vault-namespace", "a"}}));
    accepted(http("GET", "/v1/sys/seals", {}, {{"x-vault-namespace", "a"}}));
}

void TestTranslation::wrapTtl()
{
    const auto ttl = [](const char *header) {
        return accepted(http("GET", "/v1/a", {}, {{"x-vault-wrap-ttl", header}})).wrapTtl;
    };
    QCOMPARE(ttl("90").value_or(0), 90);
    QCOMPARE(ttl(" 1h30m ").value_or(0), 5400);
    QCOMPARE(ttl("1d").value_or(0), 86400);
    QVERIFY(!ttl("0"));
    QVERIFY(!ttl(""));
    QCOMPARE(
        read(http("GET", "/v1/a", {}, {{"x-vault-wrap-ttl", "abc"}})),
        QByteArray("400 {\"errors\":[\"error parsing X-Vault-Wrap-TTL header: time: invalid duration \\\"abc\\\"\"]}"));
    QCOMPARE(read(http("GET", "/v1/a", {}, {{"x-vault-wrap-ttl", "-5s"}})),
             QByteArray(
                 R"(400 {"errors":["error parsing X-Vault-Wrap-TTL header: requested wrap ttl cannot be negative"]})"));
}

void TestTranslation::headersHoldNoSecrets()
{
    const core::Request request = accepted(
        http("GET", "/v1/a", {}, {{"x-vault-token", "t"}, {"authorization", "Bearer t"}, {"user-agent", "me"}}));
    QCOMPARE(request.headers.size(), std::size_t{1});
    QCOMPARE(request.headers.at("user-agent").front().c_str(), "me");
}

void TestTranslation::envelope()
{
    core::Response response = core::Response::of({{"k", "v"}});
    response.requestId = "id";
    response.warnings = {"a \"b\""};
    HttpAnswer answer = server::toAnswer(response);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body.c_str(),
             "{\"request_id\":\"id\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":{\"k\":\"v\"},"
             "\"wrap_info\":null,\"warnings\":[\"a \\\"b\\\"\"],\"auth\":null}\n");

    response = {};
    response.requestId = "id";
    response.auth = core::Auth{{{"client_token", "t"}}};
    answer = server::toAnswer(response);
    QVERIFY(answer.body.find(R"("data":null)") != std::string::npos);
    QVERIFY(answer.body.find(R"("auth":{"client_token":"t"})") != std::string::npos);

    response.wrapInfo = boost::json::object{{"token", "w"}};
    response.auth.reset();
    answer = server::toAnswer(response);
    QVERIFY(answer.body.starts_with(R"({"request_id":"",)"));
    QVERIFY(answer.body.find(R"("wrap_info":{"token":"w"})") != std::string::npos);
}

void TestTranslation::errors()
{
    core::Response response;
    response.status = 202; // begun, with nothing more to say
    QCOMPARE(server::toAnswer(response).status, 202);
    QVERIFY(server::toAnswer(response).body.empty());
    response.status = 404;
    QCOMPARE(server::toAnswer(response).body.c_str(), "{\"errors\":[]}\n");
    response.status = 400;
    response.errors = {"a\nb"};
    response.data = boost::json::object{{"clash", 1}};
    QCOMPARE(server::toAnswer(response).body.c_str(), "{\"errors\":[\"a\\nb\"],\"data\":{\"clash\":1}}\n");
}

void TestTranslation::failuresOfKith()
{
    core::Response response;
    response.status = 507;
    response.errors = {"no room"};
    response.code = ErrorCode::DiskFull;
    response.where = "/data/core.db";
    QCOMPARE(server::toAnswer(response, "identity/entity").body.c_str(), "{\"errors\":[\"no room\"]}\n");
    QCOMPARE(server::toAnswer(response, "kith/apply").body.c_str(),
             "{\"errors\":[\"no room\"],\"kith\":{\"code\":\"disk_full\",\"where\":\"/data/core.db\"}}\n");
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        const auto each = static_cast<ErrorCode>(code);
        QCOMPARE(errorByName(errorName(each)).value(), each);
    }
    QVERIFY(!errorByName("nonsense"));
}

/// What needs no token and could be abused is offered only where the listener says so.
void TestTranslation::closedEndpoints()
{
    server::ServerOptions options;
    for (const char *path : {"/v1/sys/rekey/init", "/v1/sys/rekey/update", "/v1/sys/rekey/verify"}) {
        QCOMPARE(server::refusedHere(http("GET", path), options)->status, 405);
        QCOMPARE(server::refusedHere(http("PUT", path), options)->body.c_str(),
                 "{\"errors\":[\"unsupported operation\"]}\n");
    }
    QVERIFY(server::refusedHere(http("DELETE", "/v1/sys/generate-root/attempt"), options));
    QVERIFY(!server::refusedHere(http("GET", "/v1/sys/rekey/backup"), options));
    QCOMPARE(server::refusedHere(http("LIST", "/v1/sys/seal"), options)->body.c_str(), "{\"errors\":[]}\n");
    QCOMPARE(server::refusedHere(http("LIST", "/v1/sys/step-down"), options)->status, 405);
    QVERIFY(!server::refusedHere(http("POST", "/v1/sys/seal"), options));
    QVERIFY(!server::refusedHere(http("GET", "/v1/sys/rotate/root/init"), options));
    options.openRekey = true;
    QVERIFY(!server::refusedHere(http("GET", "/v1/sys/rekey/init"), options));
    QVERIFY(server::refusedHere(http("GET", "/v1/sys/generate-root/attempt"), options));
    options.openGenerateRoot = true;
    QVERIFY(!server::refusedHere(http("GET", "/v1/sys/generate-root/attempt"), options));
}

void TestTranslation::otherBodies()
{
    QCOMPARE(server::toAnswer(core::Response::noContent()).status, 204);
    QVERIFY(server::toAnswer(core::Response::noContent()).body.empty());
    QCOMPARE(server::toAnswer(core::Response()).status, 204);

    core::Response bare = core::Response::of({{"sealed", true}});
    bare.status = 503;
    bare.body = core::Body::Bare;
    QCOMPARE(server::toAnswer(bare).status, 503);
    QCOMPARE(server::toAnswer(bare).body.c_str(), "{\"sealed\":true}\n");

    bare.body = core::Body::Raw;
    bare.headers = {{"Cache-Control", "max-age=5"}};
    const HttpAnswer raw = server::toAnswer(bare);
    QCOMPARE(raw.body.c_str(), "{\"sealed\":true}");
    QVERIFY(raw.hasHeader("Cache-Control"));
    QVERIFY(!raw.hasHeader("Pragma"));

    core::Response merged = core::Response::of({{"up/", 1}, {"data", 2}});
    merged.body = core::Body::Merged;
    merged.requestId = "id";
    const std::string body = server::toAnswer(merged).body;
    QVERIFY(body.starts_with(R"({"up/":1,"request_id":"id",)"));
    QVERIFY(body.find(R"("data":{"up/":1,"data":2})") != std::string::npos);
    QCOMPARE(server::toAnswer(merged, "sys/auth").body, body);
    QVERIFY(server::toAnswer(merged, "team/sys/auth").body.starts_with(R"({"request_id":"id",)"));
}

QTEST_GUILESS_MAIN(TestTranslation)
#include "tst_Translation.moc"
