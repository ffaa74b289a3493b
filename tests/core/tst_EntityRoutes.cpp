// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::member;
using kith::test::TestCore;
using Json = boost::json::object;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

QByteArray inJson(const std::string &text)
{
    return '"' + QByteArray::fromStdString(text) + '"';
}

QByteArray listed(const std::vector<std::string> &texts)
{
    QByteArray all;
    for (const std::string &text : texts)
        all += (all.isEmpty() ? "" : ",") + inJson(text);
    return '[' + all + ']';
}

/// {"k0":"v", …} with that many pairs.
Json pairs(int count)
{
    Json object;
    for (int i = 0; i < count; ++i)
        object["k" + std::to_string(i)] = "v";
    return object;
}

} // namespace

class TestEntityRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void createsAndReads()
    {
        TestCore core;
        const Response made =
            core.post("identity/entity",
                      R"({"name":"Zoë/Köln","metadata":{"a":"b"},"policies":["B","a","b",""," c "],"disabled":true})");
        QCOMPARE(made.status, 200);
        QCOMPARE(member(made, "name"), QByteArray("\"Zoë/Köln\""));
        QCOMPARE(member(made, "aliases"), QByteArray("null"));
        const QByteArray id = member(made, "id");
        const Response read = core.get("identity/entity/name/zoë/köln");
        QCOMPARE(line(read),
                 "200 {\"id\":" + id +
                     ",\"name\":\"Zoë/Köln\",\"metadata\":{\"a\":\"b\"},\"merged_entity_ids\":null,\"policies\":[\"a\","
                     "\"b\",\"c\"],\"disabled\":true,\"namespace_id\":\"root\",\"creation_time\":\"2026-11-22T08:00:"
                     "00Z\",\"last_update_time\":\"2026-11-22T08:00:00Z\",\"aliases\":[],\"direct_group_ids\":[],"
                     "\"inherited_group_ids\":[],\"group_ids\":[]}");
        QCOMPARE(line(core.get("identity/entity/id/" + id.mid(1, id.size() - 2).toStdString())), line(read));
    }
    void drawsNames()
    {
        TestCore core;
        for (const char *json : {"{}", R"({"name":""})", R"({"name":null})"}) {
            const Response made = core.post("identity/entity", json);
            const QRegularExpression form(QStringLiteral("^\"entity_[0-9a-f]{8}\\.root\"$"));
            QVERIFY2(form.match(QString::fromUtf8(member(made, "name"))).hasMatch(), line(made));
        }
        QCOMPARE(core.list("identity/entity/id").data->at("keys").as_array().size(), std::size_t(3));
    }
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *path, const char *json, const char *expected) {
            QTest::addRow("%s %s", path, json) << QByteArray(path) << QByteArray(json) << QByteArray(expected);
        };
        const char *raw = "500 1 error occurred:\n\t* invalid entity metadata: ";
        row("identity/entity", R"({"id":"nope","name":"taken","policies":"root"})", "400 entity not found from id");
        row("identity/entity/id/nope", R"({"metadata":{"":""}})", "400 entity not found from id");
        row("identity/entity", R"({"id":"ID","name":"TAKEN","policies":"root"})", "400 entity name is already in use");
        row("identity/entity/name/Taken", R"({"id":"ID"})", "400 entity name is already in use");
        row("identity/entity", R"({"policies":"x, ROOT","metadata":{"":""}})", "400 policies cannot contain root");
        row("identity/entity/id/ID", R"({"policies":["root"]})", "400 policies cannot contain root");
        row("identity/entity", R"({"metadata":{"":"x"}})",
            (raw + std::string("failed to load metadata pair (\"\", \"x\"): key cannot be blank\n\n")).c_str());
        row("identity/entity", R"({"metadata":{"a b":"x"}})",
            (raw + std::string("failed to load metadata pair (\"a b\", \"x\"): key contains invalid characters\n\n"))
                .c_str());
        row("identity/entity/id/ID", R"({"metadata":{"vault-a":"x"}})",
            (raw + std::string("failed to load metadata pair (\"vault-a\", \"x\"): key prefix \"vault-\" is reserved "
                               "for internal use\n\n"))
                .c_str());
    }
    void refuses()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, expected);
        TestCore core;
        core.create("identity/entity", R"({"name":"taken"})");
        const std::string id = core.create("identity/entity", R"({"name":"mine"})");
        path.replace("ID", QByteArray::fromStdString(id));
        json.replace("\"ID\"", inJson(id));
        const QByteArray before = line(core.get("identity/entity/id/" + id));
        QCOMPARE(line(core.post(path.toStdString(), json.toStdString())), expected);
        QCOMPARE(line(core.get("identity/entity/id/" + id)), before);
        QCOMPARE(core.list("identity/entity/id").data->at("keys").as_array().size(), std::size_t(2));
    }
    void limitsMetadata()
    {
        TestCore core;
        QCOMPARE(core.post("identity/entity", Json{{"metadata", pairs(64)}}).status, 200);
        QCOMPARE(line(core.post("identity/entity", Json{{"metadata", pairs(65)}})),
                 QByteArray("500 1 error occurred:\n\t* invalid entity metadata: metadata cannot contain more than 64 "
                            "key/value pairs\n\n"));
        const std::string long128(128, 'k');
        QCOMPARE(core.post("identity/entity", Json{{"metadata", Json{{long128, std::string(512, 'v')}}}}).status, 200);
        QVERIFY(line(core.post("identity/entity", Json{{"metadata", Json{{long128 + "k", "v"}}}}))
                    .endsWith("key is too long (limit: 128 characters)\n\n"));
        QVERIFY(line(core.post("identity/entity", Json{{"metadata", Json{{"k", std::string(513, 'v')}}}}))
                    .endsWith("value is too long (limit: 512 characters)\n\n"));
    }
    void tellsNullFromEmpty()
    {
        TestCore core;
        const std::string path = "identity/entity/id/" + core.create("identity/entity", R"({"policies":"a"})");
        QCOMPARE(member(core.get(path), "metadata"), QByteArray("null"));
        core.post(path, R"({"metadata":{}})");
        QCOMPARE(member(core.get(path), "metadata"), QByteArray("{}"));
        core.post(path, R"({"metadata":["a=b=c"]})");
        QCOMPARE(member(core.get(path), "metadata"), QByteArray(R"({"a":"b=c"})"));
        core.post(path, R"({"metadata":null,"policies":null})");
        QCOMPARE(member(core.get(path), "metadata"), QByteArray("null"));
        QCOMPARE(member(core.get(path), "policies"), QByteArray("[]"));
    }
    void updatesOnlyWhatIsGiven()
    {
        TestCore core;
        const std::string id =
            core.create("identity/entity", R"({"name":"a","metadata":{"k":"v"},"policies":"p","disabled":1})");
        core.clock().advance(Second);
        QCOMPARE(line(core.post("identity/entity/id/" + id)), QByteArray("204"));
        Response read = core.get("identity/entity/id/" + id);
        QCOMPARE(member(read, "policies"), QByteArray("[\"p\"]"));
        QCOMPARE(member(read, "metadata"), QByteArray("{\"k\":\"v\"}"));
        QCOMPARE(member(read, "disabled"), QByteArray("true"));
        QCOMPARE(member(read, "creation_time"), QByteArray("\"2026-11-22T08:00:00Z\""));
        QCOMPARE(member(read, "last_update_time"), QByteArray("\"2026-11-22T08:00:01Z\"")); // though nothing changed

        QCOMPARE(line(core.post("identity/entity/id/" + id, R"({"name":"A","policies":[],"disabled":null})")),
                 QByteArray("204"));
        read = core.get("identity/entity/name/a");
        QCOMPARE(member(read, "name"), QByteArray("\"A\""));
        QCOMPARE(member(read, "policies"), QByteArray("[]"));
        QCOMPARE(member(read, "disabled"), QByteArray("false"));
    }
    void findsByNameInAnyCase()
    {
        TestCore core;
        const std::string id = core.create("identity/entity", R"({"name":"ÄNNE"})");
        QCOMPARE(line(core.post("identity/entity", R"({"name":"änne","policies":"p"})")), QByteArray("204"));
        const Response read = core.get("identity/entity/name/Änne");
        QCOMPARE(member(read, "id"), inJson(id));
        QCOMPARE(member(read, "name"), QByteArray("\"änne\"")); // renamed to the case given
        QCOMPARE(line(core.post("identity/entity/name/ännE")), QByteArray("204"));
        QCOMPARE(member(core.get("identity/entity/id/" + id), "name"), QByteArray("\"ännE\""));
        QCOMPARE(line(core.get("identity/entity/id/" + QByteArray::fromStdString(id).toUpper().toStdString())),
                 QByteArray("404"));
    }
    void renamesByTheIdInTheBody()
    {
        TestCore core;
        const std::string id = core.create("identity/entity", R"({"name":"old"})");
        QCOMPARE(line(core.post("identity/entity/name/new", Json{{"id", id}})), QByteArray("204"));
        QCOMPARE(member(core.get("identity/entity/name/new"), "id"), inJson(id));
        QCOMPARE(line(core.get("identity/entity/name/old")), QByteArray("404"));
        QVERIFY(core.create("identity/entity", R"({"name":"old"})") != id); // the name is free again
    }
    void keepsHardNames()
    {
        TestCore core;
        for (const std::string &name : {std::string("a/b\\c \"d\"\n'e'"), std::string("\u202Eabc\u200F😀"),
                                        std::string(10'000, 'n'), std::string("  x  ")}) {
            const std::string id = core.create("identity/entity", Json{{"name", name}});
            const Response read = core.get("identity/entity/name/" + name);
            QCOMPARE(member(read, "id"), inJson(id));
            QVERIFY(read.data->at("name").as_string() == name);
        }
    }
    void deletes()
    {
        TestCore core;
        const std::string id = core.create("identity/entity", R"({"name":"gone"})");
        const std::string accessor = core.mount("up");
        const std::string alias = core.create("identity/entity-alias",
                                              Json{{"name", "a"}, {"canonical_id", id}, {"mount_accessor", accessor}});
        const std::string group = core.create("identity/group", Json{{"name", "g"}, {"member_entity_ids", {id}}});
        QCOMPARE(member(core.get("identity/group/id/" + group), "modify_index"), QByteArray("1"));
        core.clock().advance(Second);
        QCOMPARE(line(core.remove("identity/entity/name/GONE")), QByteArray("204"));
        QCOMPARE(line(core.get("identity/entity/id/" + id)), QByteArray("404"));
        QCOMPARE(line(core.get("identity/entity-alias/id/" + alias)), QByteArray("404"));
        const Response read = core.get("identity/group/id/" + group);
        QCOMPARE(member(read, "modify_index"), QByteArray("2"));
        QCOMPARE(member(read, "member_entity_ids"), QByteArray("[]"));
        QCOMPARE(member(read, "last_update_time"), QByteArray("\"2026-11-22T08:00:00Z\"")); // only the index rises
        QCOMPARE(line(core.remove("identity/entity/name/gone")), QByteArray("204"));
        QCOMPARE(line(core.remove("identity/entity/id/" + id)), QByteArray("204"));
    }
    void deletesMany()
    {
        TestCore core;
        const std::string a = core.create("identity/entity");
        const std::string b = core.create("identity/entity");
        const std::string c = core.create("identity/entity");
        const std::string group = core.create("identity/group", Json{{"member_entity_ids", {a, b, c}}});
        for (const char *json : {"{}", R"({"entity_ids":[]})", R"({"entity_ids":null})", R"({"entity_ids":""})"})
            QCOMPARE(line(core.post("identity/entity/batch-delete", json)),
                     QByteArray("400 missing entity ids to delete"));
        QCOMPARE(line(core.post("identity/entity/batch-delete", Json{{"entity_ids", {a, ""}}})),
                 QByteArray("500 1 error occurred:\n\t* missing entity id\n\n"));
        QCOMPARE(core.get("identity/entity/id/" + a).status, 200); // all or nothing
        QCOMPARE(line(core.post("identity/entity/batch-delete", Json{{"entity_ids", a + ", nope," + b + "," + b}})),
                 QByteArray("204"));
        const Response read = core.get("identity/group/id/" + group);
        QCOMPARE(member(read, "member_entity_ids"), listed({c}));
        QCOMPARE(member(read, "modify_index"), QByteArray("3")); // one for each member that went
    }
    void lists()
    {
        TestCore core;
        const std::string accessor = core.mount("up");
        std::string a = core.create("identity/entity", R"({"name":"a"})");
        std::string b = core.create("identity/entity", R"({"name":"b"})");
        const std::string alias = core.create("identity/entity-alias",
                                              Json{{"name", "x"}, {"canonical_id", a}, {"mount_accessor", accessor}});
        const Response byId = core.list("identity/entity/id");
        QCOMPARE(member(byId, "keys"), listed({std::min(a, b), std::max(a, b)}));
        const auto &info = byId.data->at("key_info").as_object();
        QCOMPARE(boost::json::serialize(info.at(b)), std::string(R"({"name":"b"})"));
        QCOMPARE(QByteArray::fromStdString(boost::json::serialize(info.at(a))),
                 "{\"name\":\"a\",\"aliases\":[{\"id\":" + inJson(alias) + ",\"name\":\"x\",\"mount_accessor\":" +
                     inJson(accessor) + ",\"mount_path\":\"auth/up/\",\"mount_type\":\"userpass\"}]}");
        // By name: in the order of ids, and keys only.
        QCOMPARE(line(core.list("identity/entity/name")),
                 a < b ? QByteArray("200 {\"keys\":[\"a\",\"b\"]}") : QByteArray("200 {\"keys\":[\"b\",\"a\"]}"));
    }
    void showsGroups()
    {
        TestCore core;
        const std::string entity = core.create("identity/entity");
        const std::string sub = core.create("identity/group", Json{{"name", "sub"}, {"member_entity_ids", {entity}}});
        const std::string mid = core.create("identity/group", Json{{"name", "mid"}, {"member_group_ids", {sub}}});
        // `top` is above twice, and direct too: a direct one isn't inherited.
        const std::string top = core.create(
            "identity/group", Json{{"name", "top"}, {"member_group_ids", {mid, sub}}, {"member_entity_ids", {entity}}});
        const Response read = core.get("identity/entity/id/" + entity);
        QCOMPARE(member(read, "direct_group_ids"), listed({std::min(sub, top), std::max(sub, top)}));
        QCOMPARE(member(read, "inherited_group_ids"), listed({mid}));
        QCOMPARE(read.data->at("group_ids").as_array().size(), std::size_t(3));
    }
    void looksUp_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected"); // "found" stands for the whole entity
        const auto row = [](const char *json, const char *expected) {
            QTest::newRow(json) << QByteArray(json) << QByteArray(expected);
        };
        const char *conflict = "400 query parameter conflict; please supply distinct set of query parameters";
        const char *half = "400 both 'alias_name' and 'alias_mount_accessor' needs to be set";
        row(R"({"id":"ENTITY"})", "found");
        row(R"({"name":"ME"})", "found");
        row(R"({"alias_id":"ALIAS"})", "found");
        row(R"({"alias_name":"X","alias_mount_accessor":"ACCESSOR"})", "found");
        row(R"({"id":"nope"})", "204");
        row(R"({"id":""})", "204");
        row(R"({"id":null})", "204");
        row(R"({"name":""})", "204");
        row(R"({"alias_id":"nope"})", "204");
        row(R"({"alias_name":"x","alias_mount_accessor":"nope"})", "204");
        row(R"({"alias_name":""})", "204");
        row(R"({"alias_mount_accessor":null})", "204");
        row("{}", "400 query parameter not supplied");
        row(R"({"zz":1})", "400 query parameter not supplied");
        row(R"({"alias_name":"x"})", half);
        row(R"({"alias_mount_accessor":"x"})", half);
        row(R"({"id":"ENTITY","name":"me"})", conflict);
        row(R"({"id":"","name":""})", conflict);
        row(R"({"alias_name":"x","id":"ENTITY"})", conflict);
        row(R"({"alias_name":null,"id":null})", conflict);
        row(R"({"alias_name":"","alias_mount_accessor":""})", conflict);
        row(R"({"alias_name":"x","alias_mount_accessor":""})", conflict);
        row(R"({"alias_id":"ALIAS","alias_name":"x","alias_mount_accessor":"ACCESSOR"})", conflict);
    }
    void looksUp()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, expected);
        TestCore core;
        const std::string accessor = core.mount("up");
        const std::string entity = core.create("identity/entity", R"({"name":"me"})");
        const std::string alias = core.create(
            "identity/entity-alias", Json{{"name", "x"}, {"canonical_id", entity}, {"mount_accessor", accessor}});
        json.replace("ENTITY", QByteArray::fromStdString(entity));
        json.replace("ALIAS", QByteArray::fromStdString(alias));
        json.replace("ACCESSOR", QByteArray::fromStdString(accessor));
        if (expected == "found")
            expected = line(core.get("identity/entity/id/" + entity));
        QCOMPARE(line(core.post("identity/lookup/entity", json.toStdString())), expected);
    }
    void writesEntitiesAtTheOldestPath()
    {
        TestCore core;
        const Response made =
            core.post("identity/persona",
                      R"({"name":"p","metadata":{"k":"v"},"policies":"x","mount_accessor":"m","entity_id":"e"})");
        QCOMPARE(made.warnings, std::vector<std::string>{"Endpoint ignored these unrecognized parameters: [policies]"});
        const Response read = core.get("identity/entity/name/p");
        QCOMPARE(member(read, "metadata"), QByteArray("{\"k\":\"v\"}"));
        QCOMPARE(member(read, "policies"), QByteArray("[]"));
        const std::string id(read.data->at("id").as_string());
        QCOMPARE(line(core.post("identity/persona/id/" + id, R"({"name":"q"})")), QByteArray("204"));
        QCOMPARE(core.get("identity/entity/name/q").status, 200);
        QCOMPARE(line(core.post("identity/persona/id/nope", R"({"name":"q"})")),
                 QByteArray("400 entity not found from id"));
        QCOMPARE(line(core.get("identity/persona/id/" + id)), QByteArray("404")); // reading it means aliases
    }

    /// Whoever only passes answers on gets them as texts.
    void textsSayTheSame()
    {
        using Texts = boost::json::array;
        TestCore core;
        const std::string accessor = core.mount("up");
        const std::string name = "a\"b\\";
        const std::string id = core.create(
            "identity/entity", Json{{"name", name}, {"policies", Texts{"p", "a"}}, {"metadata", Json{{"k", "v\n"}}}});
        core.create("identity/entity", R"({"name":"without"})");
        for (const std::string &mount : {accessor, core.mount("other")})
            core.post("identity/entity-alias", Json{{"name", "x"}, {"canonical_id", id}, {"mount_accessor", mount}});
        const std::string group = core.create("identity/group", Json{{"name", "g"}, {"member_entity_ids", Texts{id}}});
        core.create("identity/group", Json{{"name", "above"}, {"member_group_ids", Texts{group}}});
        const auto compare = [&](Operation operation, const std::string &path, Json data = {}) {
            Request request;
            request.operation = operation;
            request.path = path;
            request.token = "root";
            request.data = std::move(data);
            const Response value = core.core().handle(request);
            request.form = DataForm::Text;
            const Response text = core.core().handle(request);
            QVERIFY2(value.data && value.text.empty(), line(value));
            QVERIFY(!text.data);
            QCOMPARE(QByteArray::fromStdString(text.text),
                     QByteArray::fromStdString(boost::json::serialize(*value.data)));
        };
        compare(Operation::Read, "identity/entity/id/" + id);
        compare(Operation::Read, "identity/entity/name/" + name);
        compare(Operation::Update, "identity/lookup/entity", {{"alias_name", "x"}, {"alias_mount_accessor", accessor}});
        compare(Operation::List, "identity/entity/id");
        // What is to be wrapped is looked at.
        Request wrapped;
        wrapped.path = "identity/entity/id/" + id;
        wrapped.token = "root";
        wrapped.form = DataForm::Text;
        wrapped.wrapTtl = 60;
        const Response made = core.core().handle(wrapped);
        QVERIFY(made.wrapInfo);
        const std::string token(made.wrapInfo->at("token").as_string());
        QCOMPARE(member(core.sendAs(token, Operation::Update, "sys/wrapping/unwrap"), "id"), inJson(id));
    }
};

QTEST_GUILESS_MAIN(TestEntityRoutes)
#include "tst_EntityRoutes.moc"
