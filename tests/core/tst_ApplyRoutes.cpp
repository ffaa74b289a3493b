// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

#include <thread>

using namespace kith;
using namespace kith::test;

namespace json = boost::json;

static json::object part(const char *operation, const std::string &path, json::object data = {})
{
    return {{"operation", operation}, {"path", path}, {"data", std::move(data)}};
}

static json::object with(json::object request, const char *kind, const std::string &id, std::int64_t version)
{
    request["precondition"] = json::object{{kind, id}, {"version", version}};
    return request;
}

static core::Response apply(TestCore &c, json::array requests, std::shared_ptr<core::Progress> progress = {})
{
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = "kith/apply";
    request.token = "root";
    request.data["requests"] = std::move(requests);
    request.progress = std::move(progress);
    return c.core().handle(request);
}

static const json::value &answer(const core::Response &response, std::size_t index)
{
    return response.data->at("responses").at(index);
}

class TestApplyRoutes : public QObject
{
    Q_OBJECT

    /// For requests that are refused and so leave nothing behind.
    std::unique_ptr<TestCore> m_refusing;

private Q_SLOTS:
    void initTestCase() { m_refusing = std::make_unique<TestCore>(); }

    void doesAllInOrder()
    {
        TestCore c;
        const std::string id = c.create("identity/group", R"({"name":"g"})");
        auto progress = std::make_shared<core::Progress>();
        const core::Response done =
            apply(c,
                  {part("update", "identity/entity", {{"name", "ann"}}), part("read", "identity/entity/name/ANN"),
                   part("delete", "identity/entity/name/ann"), part("list", "identity/group/name"),
                   part("update", "identity/group/id/" + id, {{"zz", 1}}),
                   part("update", "identity/group", {{"name", "h"}, {"zz", 1}})},
                  progress);
        QVERIFY2(done.ok(), line(done));
        QCOMPARE(answer(done, 0).at("status").as_int64(), 200);
        QVERIFY(answer(done, 1).at("data").at("id") == answer(done, 0).at("data").at("id"));
        QVERIFY(answer(done, 2) == (json::value{{"status", 204}}));
        QVERIFY(answer(done, 3).at("data").at("keys") == json::value(json::array{"g"}));
        QVERIFY(answer(done, 5).at("warnings") ==
                json::value(json::array{"Endpoint ignored these unrecognized parameters: [zz]"}));
        QCOMPARE(progress->done.load(), std::int64_t{6});
        QCOMPARE(progress->total.load(), std::int64_t{6});
        QCOMPARE(line(c.get("identity/entity/name/ann")), QByteArray("404"));
        QCOMPARE(member(c.get("identity/group/id/" + id), "modify_index"), QByteArray("2"));
    }

    void takesNothingWell()
    {
        TestCore c;
        QCOMPARE(line(apply(c, {})), QByteArray(R"(200 {"responses":[]})"));
    }

    void doesNothingWhenOneFails()
    {
        TestCore c;
        const std::string id = c.create("identity/group", R"({"name":"g"})");
        const core::Response failed =
            apply(c, {part("update", "identity/entity", {{"name", "ann"}}),
                      part("update", "identity/group/id/" + id, {{"policies", json::array{"p"}}}),
                      part("update", "identity/group/id/" + id, {{"member_entity_ids", json::array{"zz"}}}),
                      part("update", "identity/entity", {{"name", "bob"}})});
        QCOMPARE(line(failed),
                 QByteArray("500 1 error occurred:\n\t* invalid entity ID \"zz\"\n\n {\"failed_request\":2}"));
        QCOMPARE(line(c.list("identity/entity/id")), QByteArray("404"));
        QCOMPARE(member(c.get("identity/group/id/" + id), "policies"), QByteArray("null"));
        QCOMPARE(line(apply(
                     c, {part("update", "identity/entity", {{"name", "ann"}}), part("read", "identity/group/id/zz")})),
                 QByteArray(R"(404 {"failed_request":1})"));
        QCOMPARE(line(c.list("identity/entity/id")), QByteArray("404"));
    }

    void checksPreconditionsBeforeAnything()
    {
        TestCore c;
        const std::string group = c.create("identity/group", R"({"name":"g"})");
        const std::string entity = c.create("identity/entity", R"({"name":"e"})");
        // Both rest on what was there before the first of them.
        QCOMPARE(apply(c, {with(part("update", "identity/group/id/" + group, {{"name", "h"}}), "group", group, 1),
                           with(part("update", "identity/group/id/" + group, {{"policies", "p"}}), "group", group, 1),
                           with(part("update", "identity/entity/id/" + entity, {{"name", "f"}}), "entity", entity, 1)})
                     .status,
                 200);
        const core::Response stale =
            apply(c, {part("update", "identity/entity", {{"name", "x"}}),
                      with(part("update", "identity/group/id/" + group, {{"name", "i"}}), "group", group, 2)});
        QCOMPARE(line(stale),
                 QByteArray("412 the group ") + group.c_str() + " isn't of version 2 any more {\"failed_request\":1}");
        QCOMPARE(line(c.get("identity/entity/name/x")), QByteArray("404"));
        QCOMPARE(apply(c, {with(part("delete", "identity/entity/id/" + entity), "entity", entity, 1)}).status, 412);
        QCOMPARE(apply(c, {with(part("delete", "identity/entity/id/" + entity), "entity", entity, 2)}).status, 200);
        QCOMPARE(apply(c, {with(part("delete", "identity/entity/id/" + entity), "entity", entity, 2)}).status, 412);
    }

    void namesWhatIsMalformed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *body, const char *answer) {
            QTest::newRow(body) << QByteArray(body) << QByteArray(answer);
        };
        const char *operation =
            "400 requests[0]: operation must be read, update, patch, delete or list {\"failed_request\":0}";
        const char *condition =
            "400 requests[0]: precondition must be {\"entity\" or \"group\": id, \"version\": number} "
            "{\"failed_request\":0}";
        row("{}", "400 requests must be a list");
        row(R"({"requests":{}})", "400 requests must be a list");
        row(R"({"requests":[1]})", "400 requests[0]: must be an object {\"failed_request\":0}");
        row(R"({"requests":[{"path":"x"}]})", operation);
        row(R"({"requests":[{"operation":"scan","path":"x"}]})", operation);
        row(R"({"requests":[{"operation":"read"}]})", "400 requests[0]: path must be a text {\"failed_request\":0}");
        row(R"({"requests":[{"operation":"read","path":"sys/auth"},{"operation":"read","path":""}]})",
            "400 requests[1]: path must be a text {\"failed_request\":1}");
        row(R"({"requests":[{"operation":"update","path":"x","data":[]}]})",
            "400 requests[0]: data must be an object {\"failed_request\":0}");
        row(R"({"requests":[{"operation":"read","path":"x","precondition":{"entity":"a"}}]})", condition);
        row(R"({"requests":[{"operation":"read","path":"x","precondition":{"entity":"a","group":"b","version":1}}]})",
            condition);
        row(R"({"requests":[{"operation":"read","path":"x","precondition":{"group":"b","version":"1"}}]})", condition);
        row(R"({"requests":[{"operation":"update","path":"kith/apply","data":{"requests":[]}}]})",
            "400 requests[0]: kith/apply can't be part of kith/apply {\"failed_request\":0}");
        row(R"({"requests":[{"operation":"update","path":"sys/wrapping/unwrap","data":{"token":"s.x"}}]})",
            "400 sys/wrapping/unwrap can't be part of kith/apply {\"failed_request\":0}");
        row(R"({"requests":[{"operation":"read","path":"nowhere/x"}]})",
            "404 no handler for route \"nowhere/x\". route entry not found. {\"failed_request\":0}");
    }
    void namesWhatIsMalformed()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, answer);
        QCOMPARE(line(m_refusing->post("kith/apply", body.toStdString())), answer);
    }

    void stopsWhenCancelled()
    {
        TestCore c;
        auto progress = std::make_shared<core::Progress>();
        progress->cancelled = true;
        QCOMPARE(line(apply(c, {part("update", "identity/entity", {{"name", "ann"}})}, progress)),
                 QByteArray(R"(499 cancelled {"failed_request":0})"));
        progress->cancelled = false;
        json::array many;
        for (int i = 0; i < 20'000; ++i)
            many.push_back(part("update", "identity/entity", {{"name", "e" + std::to_string(i)}}));
        std::thread cancelling([progress] {
            while (progress->done < 100)
                std::this_thread::yield();
            progress->cancelled = true;
        });
        const core::Response response = apply(c, std::move(many), progress);
        cancelling.join();
        QCOMPARE(response.status, 499);
        QVERIFY(progress->done < 20'000);
        QCOMPARE(line(c.list("identity/entity/id")), QByteArray("404"));
    }

    /// Also in the middle of a part that is long by itself.
    void stopsInsideAPart()
    {
        TestCore c;
        const std::string group = c.create("identity/group", R"({"name":"all"})");
        json::array people;
        json::array parts;
        for (int i = 0; i < 5'000; ++i)
            parts.push_back(part("update", "identity/entity", {{"name", "e" + std::to_string(i)}}));
        const core::Response made = apply(c, std::move(parts));
        QVERIFY(made.ok());
        for (const json::value &answer : made.data->at("responses").as_array())
            people.push_back(answer.at("data").at("id"));
        auto progress = std::make_shared<core::Progress>();
        std::thread cancelling([progress] {
            while (progress->total == 0) // it is begun
                std::this_thread::yield();
            progress->cancelled = true;
        });
        const core::Response response =
            apply(c, {part("update", "kith/members/" + group, {{"add_entity_ids", people}})}, progress);
        cancelling.join();
        QCOMPARE(line(response), QByteArray(R"(499 cancelled {"failed_request":0})"));
        QCOMPARE(member(c.get("identity/group/id/" + group), "member_entity_ids"), QByteArray("null"));
    }
};

QTEST_GUILESS_MAIN(TestApplyRoutes)
#include "tst_ApplyRoutes.moc"
