// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;

static std::string quote(const std::string &text)
{
    return "\"" + text + "\"";
}

class TestMemberRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changesByDifference()
    {
        TestCore c;
        const std::string a = c.create("identity/entity", R"({"name":"a"})");
        const std::string b = c.create("identity/entity", R"({"name":"b"})");
        const std::string child = c.create("identity/group", R"({"name":"child"})");
        const std::string id = c.create(
            "identity/group", "{\"name\":\"g\",\"policies\":[\"p\"],\"member_entity_ids\":[" + quote(a) + "]}");
        c.clock().advance(1'000'000'000);
        const core::Response done = c.post("kith/members/" + id, "{\"add_entity_ids\":[" + quote(a) + "," + quote(b) +
                                                                     "," + quote(b) + "],\"add_group_ids\":[" +
                                                                     quote(child) + "],\"remove_group_ids\":[\"zz\"]}");
        QCOMPARE(line(done),
                 ("200 {\"added_entity_ids\":[" + quote(b) + "],\"removed_entity_ids\":[],\"added_group_ids\":[" +
                  quote(child) + "],\"removed_group_ids\":[]}")
                     .c_str());
        const core::Response read = c.get("identity/group/id/" + id);
        QCOMPARE(member(read, "modify_index"), QByteArray("2"));
        QCOMPARE(member(read, "last_update_time"), QByteArray("\"2026-11-22T08:00:01Z\""));
        QCOMPARE(member(read, "policies"), QByteArray("[\"p\"]"));
        QCOMPARE(read.data->at("member_entity_ids").as_array().size(), std::size_t{2});
        QCOMPARE(member(c.get("identity/group/id/" + child), "modify_index"), QByteArray("2"));
        c.post("kith/members/" + id, "{\"remove_entity_ids\":[" + quote(a) + "," + quote(b) +
                                         "],\"remove_group_ids\":[" + quote(child) + "]}");
        QCOMPARE(member(c.get("identity/group/id/" + id), "member_entity_ids"), QByteArray("[]"));
        QCOMPARE(member(c.get("identity/group/id/" + child), "parent_group_ids"), QByteArray("[]"));
    }

    void storesNothingWithoutAChange()
    {
        TestCore c;
        const std::string a = c.create("identity/entity");
        const std::string id = c.create("identity/group", "{\"member_entity_ids\":[" + quote(a) + "]}");
        const QByteArray nothing(R"(200 {"added_entity_ids":[],"removed_entity_ids":[],"added_group_ids":[],)"
                                 R"("removed_group_ids":[]})");
        QCOMPARE(line(c.post("kith/members/" + id)), nothing);
        QCOMPARE(
            line(c.post("kith/members/" + id, "{\"add_entity_ids\":[" + quote(a) + "],\"remove_entity_ids\":[\"z\"]}")),
            nothing);
        QCOMPARE(member(c.get("identity/group/id/" + id), "modify_index"), QByteArray("1"));
    }

    /// Who comes and goes has the rights of the group from then on, whichever way, and nobody else's change.
    void rightsFollowAtOnce()
    {
        TestCore c;
        c.mount("up");
        c.policy("p", R"(path "sys/mounts" { capabilities = ["read"] })");
        c.post("auth/up/users/joe", R"({"password":"pw"})");
        const core::Response in = c.sendAs({}, core::Operation::Update, "auth/up/login/joe", R"({"password":"pw"})");
        QVERIFY(in.auth);
        const std::string joe = "[" + quote(std::string(in.auth->fields.at("entity_id").as_string())) + "]";
        const std::string id = c.create("identity/group", R"({"policies":["p"]})");
        const std::string token(in.auth->fields.at("client_token").as_string());
        const auto may = [&] { return c.sendAs(token, core::Operation::Read, "sys/mounts").status == 200; };
        QVERIFY(!may());
        for (const std::string &path : {"kith/members/" + id, "identity/group/id/" + id}) {
            const bool whole = path.starts_with("identity");
            QVERIFY(c.post(path, whole ? R"({"member_entity_ids":)" + joe + "}" : R"({"add_entity_ids":)" + joe + "}")
                        .ok());
            QVERIFY(may());
            QVERIFY(c.post("identity/group/id/" + id, R"({"member_entity_ids":)" + joe + "}").ok()); // the same again
            QVERIFY(may());
            QVERIFY(c.post(path, whole ? R"({"member_entity_ids":[]})" : R"({"remove_entity_ids":)" + joe + "}").ok());
            QVERIFY(!may());
        }
        QVERIFY(c.post("identity/group/id/" + id, R"({"policies":[],"member_entity_ids":)" + joe + "}").ok());
        QVERIFY(!may());
        QVERIFY(c.post("identity/group/id/" + id, R"({"policies":["p"],"member_entity_ids":)" + joe + "}").ok());
        QVERIFY(may());
    }

    void refusesAsAGroupUpdateDoes()
    {
        TestCore c;
        const std::string a = c.create("identity/entity");
        const std::string low = c.create("identity/group", R"({"name":"low"})");
        const std::string top =
            c.create("identity/group", "{\"name\":\"top\",\"member_group_ids\":[" + quote(low) + "]}");
        const std::string external = c.create("identity/group", R"({"type":"external"})");
        const auto send = [&](const std::string &group, const std::string &json) {
            return line(c.post("kith/members/" + group, json));
        };
        const QByteArray entities("400 member entities can't be set manually for external groups");
        QCOMPARE(send("zz", "{}"), QByteArray("400 invalid group ID"));
        QCOMPARE(send(external, "{\"add_entity_ids\":[" + quote(a) + "]}"), entities);
        QCOMPARE(send(external, "{\"remove_entity_ids\":[" + quote(a) + "]}"), entities);
        QCOMPARE(send(external, "{\"add_group_ids\":[" + quote(low) + "]}"),
                 QByteArray("400 member groups can't be set for external groups"));
        QCOMPARE(send(low, "{\"add_entity_ids\":[" + quote(a) + ",\"zz\"]}"),
                 QByteArray("500 1 error occurred:\n\t* invalid entity ID \"zz\"\n\n"));
        QCOMPARE(member(c.get("identity/group/id/" + low), "member_entity_ids"), QByteArray("null"));
        QCOMPARE(send(low, R"({"add_group_ids":["zz"]})"),
                 QByteArray("500 1 error occurred:\n\t* invalid member group ID \"zz\"\n\n"));
        QCOMPARE(send(low, "{\"add_group_ids\":[" + quote(low) + "]}"),
                 ("500 1 error occurred:\n\t* member group ID " + quote(low) + " is same as the ID of the group\n\n")
                     .c_str());
        QCOMPARE(send(low, "{\"add_group_ids\":[" + quote(top) + "]}"),
                 ("400 cyclic relationship detected for member group ID " + quote(top)).c_str());
        QCOMPARE(send(low, "{\"add_entity_ids\":[" + quote(a) + "],\"remove_entity_ids\":[" + quote(a) + "]}"),
                 ("400 member " + quote(a) + " can't be both added and removed").c_str());
    }
};

QTEST_GUILESS_MAIN(TestMemberRoutes)
#include "tst_MemberRoutes.moc"
