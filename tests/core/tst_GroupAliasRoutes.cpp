// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;

/// A core with two mounts, a local one, two external groups and an internal one.
struct Fixture {
    Fixture()
    {
        first = mount("first", R"({"type":"ldap"})");
        second = mount("second", R"({"type":"oidc"})");
        local = mount("local", R"({"type":"ldap","local":true})");
        x1 = c.create("identity/group", R"({"name":"x1","type":"external"})");
        x2 = c.create("identity/group", R"({"name":"x2","type":"external"})");
        internal = c.create("identity/group", R"({"name":"internal"})");
    }
    std::string mount(const std::string &path, std::string_view json)
    {
        c.post("sys/auth/" + path, json);
        return boost::json::value_to<std::string>(c.get("sys/auth/" + path).data->at("accessor"));
    }
    static std::string body(const std::string &name, const std::string &accessor, const std::string &group = {})
    {
        return "{\"name\":\"" + name + "\",\"mount_accessor\":\"" + accessor + "\"" +
               (group.empty() ? "" : ",\"canonical_id\":\"" + group + "\"") + "}";
    }
    std::string make(const std::string &name, const std::string &accessor, const std::string &group)
    {
        return c.create("identity/group-alias", body(name, accessor, group));
    }
    QByteArray post(const std::string &json) { return line(c.post("identity/group-alias", json)); }
    QByteArray post(const std::string &id, const std::string &json)
    {
        return line(c.post("identity/group-alias/id/" + id, json));
    }
    QByteArray group(const std::string &id, std::string_view name)
    {
        return member(c.get("identity/group/id/" + id), name);
    }

    TestCore c;
    std::string first, second, local, x1, x2, internal;
};

class TestGroupAliasRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void checksInOrder()
    {
        Fixture f;
        f.make("taken", f.first, f.x1);
        QCOMPARE(f.post("{}"), QByteArray("400 missing alias name"));
        QCOMPARE(f.post(R"({"id":""})"), QByteArray("400 empty group alias ID"));
        QCOMPARE(f.post(R"({"id":null})"), QByteArray("400 empty group alias ID"));
        QCOMPARE(f.post(R"({"id":"zz"})"), QByteArray("400 invalid group alias ID"));
        QCOMPARE(f.post(R"({"name":null,"mount_accessor":"zz"})"), QByteArray("400 missing alias name"));
        QCOMPARE(f.post(R"({"name":"a","canonical_id":"zz"})"), QByteArray("400 missing mount_accessor"));
        QCOMPARE(f.post(f.body("a", "zz", "zz")), QByteArray("400 invalid group ID given in 'canonical_id'"));
        QCOMPARE(f.post(f.body("a", "zz", f.internal)), QByteArray("400 alias can't be set on an internal group"));
        QCOMPARE(f.post(f.body("a", "zz", f.x2)), QByteArray("400 invalid mount accessor \"zz\""));
        QCOMPARE(f.post(f.body("a", f.local, f.x2)),
                 QByteArray("400 mount accessor \"") + f.local.c_str() + "\" is a local mount");
        QCOMPARE(f.post(f.body("TAKEN", f.first, f.x2)),
                 QByteArray("400 combination of mount and group alias name is already in use"));
        QCOMPARE(f.post(f.body("taken", f.first, f.x1)), // even for the group that has it
                 QByteArray("400 combination of mount and group alias name is already in use"));
        QCOMPARE(f.group(f.x2, "modify_index"), QByteArray("1"));
    }

    void readsAndLists()
    {
        Fixture f;
        QCOMPARE(line(f.c.list("identity/group-alias/id")), QByteArray("404"));
        const std::string id = f.make("Dir", f.first, f.x1);
        const core::Response read = f.c.get("identity/group-alias/id/" + id);
        const auto expected = boost::json::object{{"id", id},
                                                  {"canonical_id", f.x1},
                                                  {"mount_accessor", f.first},
                                                  {"metadata", nullptr},
                                                  {"name", "Dir"},
                                                  {"merged_from_canonical_ids", nullptr},
                                                  {"creation_time", "2026-11-22T08:00:00Z"},
                                                  {"last_update_time", "2026-11-22T08:00:00Z"},
                                                  {"mount_path", "auth/first/"},
                                                  {"mount_type", "ldap"},
                                                  {"custom_metadata", nullptr},
                                                  {"local", false},
                                                  {"namespace_id", "root"}};
        QVERIFY2(*read.data == boost::json::value(expected), line(read));
        auto inGroup = expected;
        for (const char *absent : {"custom_metadata", "local", "namespace_id"})
            inGroup.erase(absent);
        QVERIFY(f.c.get("identity/group/id/" + f.x1).data->at("alias") == boost::json::value(inGroup));
        auto info = expected;
        for (const char *absent :
             {"id", "namespace_id", "merged_from_canonical_ids", "creation_time", "last_update_time"})
            info.erase(absent);
        const core::Response listed = f.c.list("identity/group-alias/id");
        QCOMPARE(member(listed, "keys"), QByteArray("[\"") + id.c_str() + "\"]");
        QVERIFY(listed.data->at("key_info").at(id) == boost::json::value(info));
        const auto short_ = boost::json::object{{"id", id},
                                                {"name", "Dir"},
                                                {"mount_accessor", f.first},
                                                {"mount_path", "auth/first/"},
                                                {"mount_type", "ldap"}};
        QVERIFY(f.c.list("identity/group/id").data->at("key_info").at(f.x1).at("alias") == boost::json::value(short_));
        QCOMPARE(line(f.c.get("identity/group-alias/id/none")), QByteArray("404"));
    }

    void makesAGroupWithoutOne()
    {
        Fixture f;
        const core::Response made = f.c.post("identity/group-alias", f.body("new", f.first));
        QCOMPARE(made.status, 200);
        const std::string group = boost::json::value_to<std::string>(made.data->at("canonical_id"));
        QCOMPARE(f.group(group, "type"), QByteArray("\"external\""));
        QCOMPARE(f.group(group, "modify_index"), QByteArray("1"));
    }

    void replacesTheGroupsAlias()
    {
        Fixture f;
        const std::string old = f.make("old", f.first, f.x1);
        f.c.clock().advance(1'000'000'000);
        const std::string now = f.make("new", f.second, f.x1);
        QCOMPARE(line(f.c.get("identity/group-alias/id/" + old)), QByteArray("404"));
        QCOMPARE(line(f.c.get("identity/group-alias/id/" + now)).left(3), QByteArray("200"));
        QCOMPARE(f.group(f.x1, "modify_index"), QByteArray("3"));
        QCOMPARE(f.group(f.x1, "last_update_time"), QByteArray("\"2026-11-22T08:00:01Z\""));
        f.make("old", f.first, f.x2); // the name is free again
    }

    void updates()
    {
        Fixture f;
        const std::string id = f.make("a", f.first, f.x1);
        const QByteArray saved1 =
            QByteArray("200 {\"id\":\"") + id.c_str() + "\",\"canonical_id\":\"" + f.x1.c_str() + "\"}";
        const QByteArray saved2 =
            QByteArray("200 {\"id\":\"") + id.c_str() + "\",\"canonical_id\":\"" + f.x2.c_str() + "\"}";
        QCOMPARE(f.post(id, "{}"), QByteArray("400 missing alias name"));
        QCOMPARE(f.post(id, R"({"name":"a"})"), QByteArray("400 missing mount_accessor"));
        QCOMPARE(f.post(id, f.body("a", f.first)), QByteArray("204"));
        QCOMPARE(f.post(id, f.body("a", f.first, f.x1)), QByteArray("204"));
        QCOMPARE(f.group(f.x1, "modify_index"), QByteArray("2"));
        QCOMPARE(f.post(id, f.body("A", f.first)), saved1);
        QCOMPARE(f.post(id, f.body("b", f.second)), saved1);
        QCOMPARE(f.group(f.x1, "modify_index"), QByteArray("4"));
        QCOMPARE(f.post(id, f.body("b", f.second, "zz")), QByteArray("400 invalid group ID given in 'canonical_id'"));
        QCOMPARE(f.post(id, f.body("b", f.second, f.internal)),
                 QByteArray("400 alias can't be set on an internal group"));
        const std::string other = f.make("other", f.first, f.x2);
        QCOMPARE(f.post(id, f.body("OTHER", f.first)),
                 QByteArray("400 combination of mount and group alias name is already in use"));
        f.c.clock().advance(1'000'000'000);
        QCOMPARE(f.post(id, f.body("b", f.second, f.x2)), saved2); // moves, and replaces what x2 had
        QCOMPARE(line(f.c.get("identity/group-alias/id/" + other)), QByteArray("404"));
        QCOMPARE(f.group(f.x1, "alias"), QByteArray("{}"));
        QCOMPARE(f.group(f.x1, "modify_index"), QByteArray("5"));
        QCOMPARE(f.group(f.x1, "last_update_time"), QByteArray("\"2026-11-22T08:00:00Z\""));
        QCOMPARE(f.group(f.x2, "modify_index"), QByteArray("3"));
        QCOMPARE(f.group(f.x2, "last_update_time"), QByteArray("\"2026-11-22T08:00:01Z\""));
        QCOMPARE(member(f.c.get("identity/group-alias/id/" + id), "creation_time"),
                 QByteArray("\"2026-11-22T08:00:00Z\""));
    }

    void deletes()
    {
        Fixture f;
        const std::string id = f.make("a", f.first, f.x1);
        QCOMPARE(line(f.c.remove("identity/group-alias/id/" + id)), QByteArray("204"));
        QCOMPARE(line(f.c.remove("identity/group-alias/id/" + id)), QByteArray("204"));
        QCOMPARE(f.group(f.x1, "alias"), QByteArray("{}"));
        QCOMPARE(f.group(f.x1, "modify_index"), QByteArray("3"));
        const std::string again = f.make("a", f.first, f.x1);
        f.c.remove("identity/group/id/" + f.x1);
        QCOMPARE(line(f.c.get("identity/group-alias/id/" + again)), QByteArray("404"));
        QVERIFY(!f.make("a", f.first, f.x2).empty());
    }

    void outlivesItsMount()
    {
        Fixture f;
        const std::string id = f.make("a", f.first, f.x1);
        f.c.remove("sys/auth/first");
        const core::Response read = f.c.get("identity/group-alias/id/" + id);
        QCOMPARE(member(read, "mount_accessor"), QByteArray("\"") + f.first.c_str() + "\"");
        QCOMPARE(member(read, "mount_path"), QByteArray());
        QCOMPARE(member(read, "mount_type"), QByteArray());
        QCOMPARE(f.post(id, f.body("a", f.first)), QByteArray("204"));
        QCOMPARE(f.post(id, f.body("b", f.first)),
                 QByteArray("400 invalid mount accessor \"") + f.first.c_str() + "\"");
        QCOMPARE(line(f.c.remove("identity/group-alias/id/" + id)), QByteArray("204"));
    }
};

QTEST_GUILESS_MAIN(TestGroupAliasRoutes)
#include "tst_GroupAliasRoutes.moc"
