// SPDX-License-Identifier: Apache-2.0
#include "audit/Record.h"
#include "store/Json.h"

#include <QTest>

using namespace kith;
using namespace kith::audit;
namespace json = boost::json;

namespace {

const Hasher &hasher()
{
    static const Hasher one(store::SecretKey(std::string(32, 'k')));
    return one;
}

std::string hashed(std::string_view text)
{
    return hasher().hash(text);
}

json::object lineOf(const Record &record, const Writing &writing = {})
{
    const std::string line = toLine(record, writing, hasher());
    if (!line.ends_with('\n') || line.find('\n') != line.size() - 1)
        qFatal("not one line");
    return json::parse(line.substr(writing.prefix.size())).as_object();
}

Record sample()
{
    Record record;
    record.time = "2026-11-22T08:00:00Z";
    record.type = "response";
    record.auth = {{"client_token", "s.secret"}, {"accessor", "acc"}, {"display_name", "al"}, {"entity_id", "e-1"}};
    record.request = {{"operation", "list"},
                      {"client_token", "s.secret"},
                      {"client_token_accessor", "acc"},
                      {"path", "identity/entity/id"},
                      {"data", json::parse(R"({"password":"pw","n":5,"b":true,"z":null,"e":"",
                                               "list":["x",{"deep":"y"}],"shown":{"in":"clear"}})")},
                      {"headers", json::parse(R"({"x-one":["a"],"x-two":["b"]})")}};
    record.response = json::parse(R"({"data":{"keys":["k1","k2"],"key_info":{"k1":{}},"accessor":"acc",
                                      "creation_time":"2026-11-22T08:00:00Z","not_a_time":"2026-11-22T08:00:00Z",
                                      "forged_time":"pw"},
                                      "auth":{"client_token":"s.new","accessor":"new","policies":["p"]},
                                      "wrap_info":{"token":"s.wrap","accessor":"w","creation_path":"x"},
                                      "warnings":["w"]})");
    record.error = "permission denied";
    record.clearRequestKeys = {"shown"};
    record.hashedHeaders = {"x-two"};
    return record;
}

} // namespace

class TestRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hashesAsRfc4231Does()
    {
        QCOMPARE(hashed("x").size(), std::string("hmac-sha256:").size() + 64);
        QCOMPARE(hashed("x"), hashed("x"));
        QVERIFY(hashed("x") != hashed("y"));
        const std::string key(20, '\x0b'); // RFC 4231, test 1; a key shorter than 32 bytes is padded with zeros
        QCOMPARE(Hasher(store::SecretKey(key + std::string(12, '\0'))).hash("Hi There"),
                 std::string("hmac-sha256:b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    }
    void coversTextsOnly()
    {
        const json::object line = lineOf(sample());
        const json::object &data = line.at("request").at("data").as_object();
        QCOMPARE(data.at("password"), json::value(hashed("pw")));
        QCOMPARE(data.at("n"), json::value(5));
        QCOMPARE(data.at("b"), json::value(true));
        QVERIFY(data.at("z").is_null());
        QCOMPARE(data.at("e"), json::value(hashed("")));
        QCOMPARE(data.at("list").at(0), json::value(hashed("x")));
        QCOMPARE(data.at("list").at(1).at("deep"), json::value(hashed("y")));
        QCOMPARE(data.at("shown").at("in"), json::value("clear"));
        QCOMPARE(line.at("request").at("headers").at("x-one").at(0), json::value("a"));
        QCOMPARE(line.at("request").at("headers").at("x-two").at(0), json::value(hashed("b")));
        QCOMPARE(line.at("request").at("path"), json::value("identity/entity/id"));
        QCOMPARE(line.at("auth").at("client_token"), json::value(hashed("s.secret")));
        QCOMPARE(line.at("auth").at("accessor"), json::value(hashed("acc")));
        QCOMPARE(line.at("auth").at("display_name"), json::value("al"));
        QCOMPARE(line.at("auth").at("entity_id"), json::value("e-1"));
        const json::object &response = line.at("response").as_object();
        QCOMPARE(response.at("data").at("creation_time"), json::value("2026-11-22T08:00:00Z"));
        QCOMPARE(response.at("data").at("not_a_time"), json::value("2026-11-22T08:00:00Z"));
        QCOMPARE(response.at("data").at("forged_time"), json::value(hashed("pw")));
        QCOMPARE(response.at("auth").at("client_token"), json::value(hashed("s.new")));
        QCOMPARE(response.at("auth").at("policies").at(0), json::value("p"));
        QCOMPARE(response.at("wrap_info").at("token"), json::value(hashed("s.wrap")));
        QCOMPARE(response.at("wrap_info").at("creation_path"), json::value("x"));
        QCOMPARE(response.at("warnings").at(0), json::value("w"));
        QCOMPARE(line.at("error"), json::value("permission denied"));
        const std::string text = toLine(sample(), {}, hasher());
        for (const char *secret : {"s.secret", "s.new", "s.wrap", "\"pw\""})
            QVERIFY(text.find(secret) == std::string::npos);
    }
    void leavesAccessorsClearIfAsked()
    {
        Writing writing;
        writing.hashAccessors = false;
        const json::object line = lineOf(sample(), writing);
        QCOMPARE(line.at("auth").at("accessor"), json::value("acc"));
        QCOMPARE(line.at("request").at("client_token_accessor"), json::value("acc"));
        QCOMPARE(line.at("response").at("auth").at("accessor"), json::value("new"));
        QCOMPARE(line.at("response").at("data").at("accessor"), json::value("acc"));
        QCOMPARE(line.at("auth").at("client_token"), json::value(hashed("s.secret")));
    }
    void writesAllRawIfAsked()
    {
        Writing writing;
        writing.raw = true;
        writing.prefix = "@cee: ";
        const json::object line = lineOf(sample(), writing);
        QCOMPARE(line.at("request").at("data").at("password"), json::value("pw"));
        QCOMPARE(line.at("auth").at("client_token"), json::value("s.secret"));
    }
    void countsListsIfAsked()
    {
        Writing writing;
        writing.elideLists = true;
        const json::object line = lineOf(sample(), writing);
        QCOMPARE(line.at("response").at("data").at("keys"), json::value(2));
        QCOMPARE(line.at("response").at("data").at("key_info"), json::value(1));
    }
    void keepsNumbersAsTheyWereSent()
    {
        Record record = sample();
        record.request["data"] = *store::readJson(R"({"a":1.0,"b":99999999999999999999})", {});
        const std::string text = toLine(record, {}, hasher());
        QVERIFY(text.find(R"("a":1.0)") != std::string::npos);
        QVERIFY(text.find(R"("b":99999999999999999999)") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestRecord)
#include "tst_Record.moc"
