// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;

static const char *const nobody = "11111111-2222-3333-4444-555555555555";

static std::string list(std::initializer_list<std::string> ids)
{
    std::string text;
    for (const std::string &id : ids)
        text += (text.empty() ? "\"" : ",\"") + id + "\"";
    return "[" + text + "]";
}

static QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

class TestGroupRoutes : public QObject
{
    Q_OBJECT

    /// For requests that are refused and so leave nothing behind.
    std::unique_ptr<TestCore> m_refusing;

    static std::string entity(TestCore &c, const std::string &name)
    {
        return c.create("identity/entity", "{\"name\":\"" + name + "\"}");
    }
    static std::string group(TestCore &c, const std::string &name, const std::string &rest = {})
    {
        return c.create("identity/group", "{\"name\":\"" + name + "\"" + rest + "}");
    }
    static QByteArray field(TestCore &c, const std::string &id, std::string_view name)
    {
        return member(c.get("identity/group/id/" + id), name);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_refusing = std::make_unique<TestCore>();
        group(*m_refusing, "taken");
    }

    void readsEveryField()
    {
        TestCore c;
        const std::string id = group(c, "Ops");
        const core::Response read = c.get("identity/group/id/" + id);
        QCOMPARE(line(read),
                 "200 {\"id\":\"" + bytes(id) +
                     "\",\"name\":\"Ops\",\"policies\":null,\"member_entity_ids\":null,\"member_group_ids\":null,"
                     "\"parent_group_ids\":null,\"metadata\":null,\"creation_time\":\"2026-11-22T08:00:00Z\","
                     "\"last_update_time\":\"2026-11-22T08:00:00Z\",\"modify_index\":1,\"type\":\"internal\","
                     "\"namespace_id\":\"root\",\"alias\":{}}");
        QCOMPARE(line(c.get("identity/group/name/oPS")), line(read));
        QCOMPARE(line(c.get("identity/group/id/" + std::string(nobody))), QByteArray("404"));
        QCOMPARE(line(c.get("identity/group/name/none")), QByteArray("404"));
    }

    void choosesBetweenCreateAndUpdate()
    {
        TestCore c;
        const core::Response drawn = c.post("identity/group");
        QCOMPARE(drawn.status, 200);
        QVERIFY(QRegularExpression(QStringLiteral("^\"group_[0-9a-f]{8}\\.root\"$"))
                    .match(QString::fromUtf8(member(drawn, "name")))
                    .hasMatch());
        const std::string id = group(c, "ops");
        QCOMPARE(line(c.post("identity/group", R"({"name":"OPS"})")), QByteArray("204"));
        QCOMPARE(field(c, id, "name"), QByteArray("\"OPS\""));
        QCOMPARE(field(c, id, "modify_index"), QByteArray("2"));
        QCOMPARE(line(c.post("identity/group", "{\"id\":\"" + id + "\",\"name\":\"\"}")), QByteArray("204"));
        QCOMPARE(field(c, id, "name"), QByteArray("\"OPS\""));
        QCOMPARE(line(c.post("identity/group/name/x/y z", R"({"id":"ignored"})")).left(3), QByteArray("200"));
        QCOMPARE(member(c.get("identity/group/name/X/Y Z"), "name"), QByteArray("\"x/y z\""));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *body, const char *answer) {
            QTest::newRow(body) << QByteArray(body) << QByteArray(answer);
        };
        row(R"({"id":""})", "400 empty group ID");
        row(R"({"id":null})", "400 empty group ID");
        row(R"({"id":"","name":"x"})", "400 empty group ID");
        row(R"({"id":"zz","name":""})", "400 invalid group ID");
        row(R"({"name":""})", "400 empty group name");
        row(R"({"name":null})", "400 empty group name");
        row(R"({"name":"x","policies":["a"," ROOT "],"type":"zz"})", "400 policies cannot contain root");
        row(R"({"name":"x","type":"Internal"})", "400 invalid group type \"Internal\"");
        row(R"({"name":"taken","type":""})", "400 group type cannot be changed");
        row(R"({"name":"taken","type":null})", "400 group type cannot be changed");
        row(R"({"name":"taken","type":"external","member_entity_ids":[]})", "400 group type cannot be changed");
        row(R"({"name":"x","type":"external","member_entity_ids":null,"member_group_ids":[]})",
            "400 member entities can't be set manually for external groups");
        row(R"({"name":"x","type":"external","member_group_ids":[],"metadata":{"!":"1"}})",
            "400 member groups can't be set for external groups");
        row(R"({"name":"x","metadata":{"!":"1"},"member_entity_ids":["zz"]})",
            "500 1 error occurred:\n\t* invalid group metadata: failed to load metadata pair (\"!\", \"1\"): key "
            "contains invalid characters\n\n");
        row(R"({"name":"x","member_entity_ids":["zz","","aa"],"member_group_ids":["yy"]})",
            "500 1 error occurred:\n\t* invalid entity ID \"aa\"\n\n");
        row(R"({"name":"x","member_group_ids":["zz"]})",
            "500 1 error occurred:\n\t* invalid member group ID \"zz\"\n\n");
        row(R"({"name":"x","metadata":"a","id":"zz"})",
            "400 Field validation failed: error converting input for field \"metadata\": invalid key pair at index 0 "
            "in field \"metadata\"");
    }
    void refuses()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, answer);
        TestCore &c = *m_refusing;
        QCOMPARE(line(c.post("identity/group", body.toStdString())), answer);
        QCOMPARE(line(c.get("identity/group/name/x")), QByteArray("404")); // nothing is left of it
        QCOMPARE(member(c.get("identity/group/name/taken"), "modify_index"), QByteArray("1"));
    }

    void refusesAnotherGroupsName()
    {
        TestCore c;
        group(c, "a");
        const std::string b = group(c, "b");
        QCOMPARE(line(c.post("identity/group/id/" + b, R"({"name":"A"})")),
                 QByteArray("400 group name is already in use"));
        QCOMPARE(line(c.post("identity/group/id/" + b, R"({"name":"B"})")), QByteArray("204"));
        QCOMPARE(line(c.post("identity/group/id/" + std::string(nobody), R"({"name":"c"})")),
                 QByteArray("400 invalid group ID"));
    }

    void tellsNeverSetFromEmptied()
    {
        TestCore c;
        const std::string id = group(c, "g", R"(,"policies":[],"metadata":{},"member_entity_ids":[""])");
        QCOMPARE(field(c, id, "policies"), QByteArray("[]"));
        QCOMPARE(field(c, id, "metadata"), QByteArray("{}"));
        QCOMPARE(field(c, id, "member_entity_ids"), QByteArray("[]"));
        c.post("identity/group/id/" + id); // storing it again forgets that
        for (const char *name : {"policies", "metadata", "member_entity_ids", "member_group_ids"})
            QCOMPARE(field(c, id, name), QByteArray("null"));
        c.post("identity/group/id/" + id, R"({"policies":["B","a","b"],"metadata":{"k":"v"}})");
        QCOMPARE(field(c, id, "policies"), QByteArray("[\"a\",\"b\"]"));
        c.post("identity/group/id/" + id, R"({"policies":null,"metadata":null,"member_entity_ids":null})");
        QCOMPARE(field(c, id, "policies"), QByteArray("[]"));
        QCOMPARE(field(c, id, "metadata"), QByteArray("null"));
        QCOMPARE(field(c, id, "member_entity_ids"), QByteArray("[]"));
    }

    void replacesMembers()
    {
        TestCore c;
        const std::string a = entity(c, "a");
        const std::string b = entity(c, "b");
        const std::string id = group(c, "g", ",\"member_entity_ids\":" + list({b, a, b}));
        QCOMPARE(field(c, id, "member_entity_ids"), bytes(list({std::min(a, b), std::max(a, b)})));
        QCOMPARE(field(c, id, "modify_index"), QByteArray("1"));
        c.post("identity/group/id/" + id, "{\"member_entity_ids\":\"" + b + "\"}");
        QCOMPARE(field(c, id, "member_entity_ids"), bytes(list({b})));
        QCOMPARE(member(c.get("identity/entity/id/" + a), "direct_group_ids"), QByteArray("[]"));
        QCOMPARE(line(c.post("identity/group/id/" + id, R"({"member_entity_ids":["A"],"name":"h"})")),
                 QByteArray("500 1 error occurred:\n\t* invalid entity ID \"A\"\n\n"));
        QCOMPARE(field(c, id, "name"), QByteArray("\"g\""));
        c.remove("identity/entity/id/" + b);
        QCOMPARE(field(c, id, "member_entity_ids"), QByteArray("[]"));
        QCOMPARE(field(c, id, "modify_index"), QByteArray("3"));
    }

    void linksSubgroups()
    {
        TestCore c;
        const std::string a = group(c, "a");
        const std::string b = group(c, "b");
        c.clock().advance(1'000'000'000);
        const std::string p = group(c, "p", ",\"member_group_ids\":" + list({a, b, a}));
        QCOMPARE(field(c, p, "member_group_ids"), bytes(list({std::min(a, b), std::max(a, b)})));
        QCOMPARE(field(c, p, "modify_index"), QByteArray("1"));
        QCOMPARE(field(c, a, "parent_group_ids"), bytes(list({p})));
        QCOMPARE(field(c, a, "modify_index"), QByteArray("2"));
        QCOMPARE(field(c, a, "last_update_time"), QByteArray("\"2026-11-22T08:00:00Z\""));
        c.post("identity/group/id/" + p, "{\"member_group_ids\":" + list({b}) + "}");
        QCOMPARE(field(c, a, "parent_group_ids"), QByteArray("[]"));
        QCOMPARE(field(c, a, "modify_index"), QByteArray("3"));
        QCOMPARE(field(c, b, "modify_index"), QByteArray("2"));
        QCOMPARE(field(c, p, "modify_index"), QByteArray("2"));
        QCOMPARE(field(c, p, "last_update_time"), QByteArray("\"2026-11-22T08:00:01Z\""));
    }

    void forgetsWhatWasEmptiedWhenLinked()
    {
        TestCore c;
        const std::string child = group(c, "c", R"(,"policies":[],"metadata":{},"member_entity_ids":[])");
        group(c, "p", ",\"member_group_ids\":" + list({child}));
        for (const char *name : {"policies", "metadata", "member_entity_ids"})
            QCOMPARE(field(c, child, name), QByteArray("null"));
        c.post("identity/group/id/" + child, R"({"policies":[]})");
        c.post("identity/group/name/p", R"({"member_group_ids":[]})");
        QCOMPARE(field(c, child, "policies"), QByteArray("null"));
        QCOMPARE(field(c, child, "parent_group_ids"), QByteArray("[]"));
    }

    void refusesCycles()
    {
        TestCore c;
        std::vector<std::string> chain{group(c, "g0")};
        for (int i = 1; i <= 5; ++i)
            chain.push_back(group(c, "g" + std::to_string(i), ",\"member_group_ids\":" + list({chain.back()})));
        const std::string top = chain.back();
        QCOMPARE(
            line(c.post("identity/group/name/g0", "{\"member_group_ids\":" + list({top}) + ",\"policies\":[\"p\"]}")),
            "400 cyclic relationship detected for member group ID \"" + bytes(top) + "\"");
        QCOMPARE(field(c, chain[0], "policies"), QByteArray("null"));
        QCOMPARE(line(c.post("identity/group/name/g5", "{\"member_group_ids\":" + list({top}) + "}")),
                 "500 1 error occurred:\n\t* member group ID \"" + bytes(top) +
                     "\" is same as the ID of the group\n\n");
        QCOMPARE(field(c, top, "member_group_ids"), bytes(list({chain[4]})));
        QCOMPARE(field(c, top, "modify_index"), QByteArray("1"));
    }

    void takesExternalGroupsAsSubgroups()
    {
        TestCore c;
        const std::string external = group(c, "e", R"(,"type":"external")");
        const std::string parent = group(c, "p", ",\"member_group_ids\":" + list({external}));
        QCOMPARE(field(c, external, "parent_group_ids"), bytes(list({parent})));
        QCOMPARE(field(c, external, "type"), QByteArray("\"external\""));
    }

    void leavesNoDeadParent()
    {
        TestCore c;
        const std::string person = entity(c, "e");
        const std::string child = group(c, "c", ",\"member_entity_ids\":" + list({person}));
        const std::string parent = group(c, "p", ",\"member_group_ids\":" + list({child}));
        QCOMPARE(member(c.get("identity/entity/id/" + person), "inherited_group_ids"), bytes(list({parent})));
        QCOMPARE(line(c.remove("identity/group/id/" + parent)), QByteArray("204"));
        QCOMPARE(line(c.remove("identity/group/id/" + parent)), QByteArray("204"));
        QCOMPARE(field(c, child, "parent_group_ids"), QByteArray("[]"));
        QCOMPARE(field(c, child, "modify_index"), QByteArray("3"));
        QCOMPARE(member(c.get("identity/entity/id/" + person), "inherited_group_ids"), QByteArray("[]"));
        QCOMPARE(line(c.remove("identity/group/name/C")), QByteArray("204"));
        QCOMPARE(line(c.get("identity/group/id/" + child)), QByteArray("404"));
        const std::string empty = group(c, "d", R"(,"member_entity_ids":[])");
        const std::string other = group(c, "q", ",\"member_group_ids\":" + list({empty}));
        c.post("identity/group/id/" + empty, R"({"member_entity_ids":[]})");
        c.remove("identity/group/id/" + other);
        QCOMPARE(field(c, empty, "member_entity_ids"), QByteArray("[]")); // as the real server has it
        QCOMPARE(member(c.get("identity/entity/id/" + person), "group_ids"), QByteArray("[]"));
    }

    void lists()
    {
        TestCore c;
        QCOMPARE(line(c.list("identity/group/id")), QByteArray("404"));
        QCOMPARE(line(c.list("identity/group/name")), QByteArray("404"));
        const std::string person = entity(c, "e");
        const std::string child = group(c, "c", ",\"member_entity_ids\":" + list({person}));
        const std::string parent = group(c, "p", ",\"member_group_ids\":" + list({child}));
        const core::Response byId = c.list("identity/group/id");
        QCOMPARE(member(byId, "keys"), bytes(list({std::min(child, parent), std::max(child, parent)})));
        const auto &info = byId.data->at("key_info").as_object();
        QCOMPARE(bytes(boost::json::serialize(info.at(child))),
                 QByteArray(R"({"name":"c","num_member_entities":1,"num_parent_groups":1})"));
        QCOMPARE(bytes(boost::json::serialize(info.at(parent))),
                 QByteArray(R"({"name":"p","num_member_entities":0,"num_parent_groups":0})"));
        const core::Response byName = c.list("identity/group/name/");
        QCOMPARE(member(byName, "keys"), QByteArray(child < parent ? R"(["c","p"])" : R"(["p","c"])"));
        QCOMPARE(member(byName, "key_info"), QByteArray());
    }

    void looksUp_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *body, const char *answer) {
            QTest::newRow(body) << QByteArray(body) << QByteArray(answer);
        };
        const char *conflict = "400 query parameter conflict; please supply distinct set of query parameters";
        const char *half = "400 both 'alias_name' and 'alias_mount_accessor' needs to be set";
        row("{}", "400 query parameter not supplied");
        row(R"({"id":""})", "204");
        row(R"({"id":null})", "204");
        row(R"({"name":"none"})", "204");
        row(R"({"alias_id":"none"})", "204");
        row(R"({"alias_name":"n","alias_mount_accessor":"none"})", "204");
        row(R"({"alias_name":""})", "204");
        row(R"({"alias_mount_accessor":null})", "204");
        row(R"({"alias_name":"n"})", half);
        row(R"({"alias_mount_accessor":"n"})", half);
        row(R"({"alias_name":"","alias_mount_accessor":"n"})", conflict);
        row(R"({"alias_name":"n","alias_mount_accessor":null})", conflict);
        row(R"({"alias_name":"n","id":"x"})", conflict);
        row(R"({"id":"x","name":""})", conflict);
        row(R"({"id":"x","alias_id":null})", conflict);
    }
    void looksUp()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, answer);
        QCOMPARE(line(m_refusing->post("identity/lookup/group", body.toStdString())), answer);
    }

    void looksUpByEveryWay()
    {
        TestCore c;
        c.post("sys/auth/up", R"({"type":"ldap"})");
        const std::string accessor = boost::json::value_to<std::string>(c.get("sys/auth/up").data->at("accessor"));
        const std::string id = group(c, "Ext", R"(,"type":"external")");
        const std::string alias =
            c.create("identity/group-alias",
                     "{\"name\":\"Dir\",\"mount_accessor\":\"" + accessor + "\",\"canonical_id\":\"" + id + "\"}");
        const QByteArray read = line(c.get("identity/group/id/" + id));
        QCOMPARE(line(c.post("identity/lookup/group", "{\"id\":\"" + id + "\"}")), read);
        QCOMPARE(line(c.post("identity/lookup/group", R"({"name":"eXT"})")), read);
        QCOMPARE(line(c.post("identity/lookup/group", "{\"alias_id\":\"" + alias + "\"}")), read);
        QCOMPARE(line(c.post("identity/lookup/group",
                             "{\"alias_name\":\"dIR\",\"alias_mount_accessor\":\"" + accessor + "\"}")),
                 read);
        QCOMPARE(c.get("identity/lookup/group").status, 405);
    }
};

QTEST_GUILESS_MAIN(TestGroupRoutes)
#include "tst_GroupRoutes.moc"
