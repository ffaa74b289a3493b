// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

#include <random>

using namespace kith;
using namespace kith::test;

namespace json = boost::json;

static const std::string fresh = "0f0e0d0c-0b0a-4908-8706-050403020100";

static json::object dataOf(TestCore &c, const std::string &path)
{
    const core::Response response = c.get(path);
    if (!response.data)
        qFatal("%s: %s", path.c_str(), line(response).constData());
    return response.data->as_object();
}

static std::string accessorOf(TestCore &c, const std::string &path)
{
    return json::value_to<std::string>(dataOf(c, "sys/auth/" + path).at("accessor"));
}

static core::Response restore(TestCore &c, const char *kind, json::object data)
{
    return c.post("kith/restore", json::serialize(json::object{{kind, std::move(data)}}));
}

static json::object aliasObject(const std::string &id, const std::string &name, const std::string &mount,
                                const std::string &owner)
{
    return json::object{{"id", id}, {"name", name}, {"mount_accessor", mount}, {"canonical_id", owner}};
}

static std::string post(TestCore &c, const std::string &path, const json::object &data)
{
    return c.create(path, json::serialize(data));
}

/// All that can be read of entities and groups, by path.
static std::map<std::string, json::object> everything(TestCore &c)
{
    std::map<std::string, json::object> all;
    for (const std::string kind : {"entity", "group"}) {
        const core::Response ids = c.list("identity/" + kind + "/id");
        if (!ids.ok())
            continue;
        for (const json::value &id : ids.data->at("keys").as_array()) {
            const std::string path = "identity/" + kind + "/id/" + json::value_to<std::string>(id);
            all[path] = dataOf(c, path);
        }
    }
    return all;
}

/// Reads and deletes in one transaction, as an undoable deletion does; gives what was read.
static json::object take(TestCore &c, const std::string &path)
{
    const json::object body{{"requests", json::array{json::object{{"operation", "read"}, {"path", path}},
                                                     json::object{{"operation", "delete"}, {"path", path}}}}};
    const core::Response done = c.post("kith/apply", json::serialize(body));
    if (!done.ok())
        qFatal("%s", line(done).constData());
    return done.data->at("responses").at(0).at("data").as_object();
}

/// Equal but for the counters of the neighbours of `path`, which may only have risen.
static QByteArray difference(const std::map<std::string, json::object> &before,
                             const std::map<std::string, json::object> &after, const std::string &path)
{
    if (before.size() != after.size())
        return "another number of objects";
    for (const auto &[key, was] : before) {
        json::object is = after.at(key);
        json::object expected = was;
        if (key != path && expected.contains("modify_index")) {
            if (is.at("modify_index").as_int64() < expected.at("modify_index").as_int64())
                return "modify_index fell";
            is["modify_index"] = expected["modify_index"];
        }
        if (json::value(is) != json::value(expected))
            return QByteArray::fromStdString(key + " was " + json::serialize(expected) + ", is " + json::serialize(is));
    }
    return {};
}

class TestRestoreRoutes : public QObject
{
    Q_OBJECT

    /// For requests that are refused and so leave nothing behind.
    std::unique_ptr<TestCore> m_refusing;

    /// Puts members into an external group, as logins do; the API refuses to.
    static void login(TestCore &c, const std::string &group, const std::vector<std::string> &entities)
    {
        const auto done = c.core().store().write([&](store::WriteSession &session) -> Result<void> {
            std::int64_t joined = 1000;
            for (const std::string &entity : entities)
                session.run("INSERT INTO member_entity (grp, entity, joined) SELECT g.id, e.id, ? FROM "
                            "identity_group g, entity e WHERE g.uuid = ? AND e.uuid = ?",
                            joined++, group, entity);
            session.changes.everything = true;
            return {};
        });
        if (!done)
            qFatal("%s", why(done).constData());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_refusing = std::make_unique<TestCore>();
        post(*m_refusing, "identity/entity", {{"name", "taken"}});
        post(*m_refusing, "identity/group", {{"name", "taken"}});
    }
    void putsAnEntityBack()
    {
        TestCore c;
        c.post("sys/auth/a", R"({"type":"ldap"})");
        c.post("sys/auth/b", R"({"type":"github"})");
        const std::string internal = post(c, "identity/group", {{"name", "in"}});
        const std::string external = post(c, "identity/group", {{"name", "out"}, {"type", "external"}});
        const std::string parent =
            post(c, "identity/group", {{"name", "up"}, {"member_group_ids", json::array{internal}}});
        const std::string gone = post(c, "identity/entity", {{"name", "gone"}});
        const std::string id = post(c, "identity/entity",
                                    {{"name", "Zoë"},
                                     {"metadata", {{"site", "京都"}}},
                                     {"policies", json::array{"b", "a"}},
                                     {"disabled", true}});
        c.clock().advance(1'234'567'890);
        post(c, "identity/entity-alias",
             {{"name", "Zoe"},
              {"mount_accessor", accessorOf(c, "a")},
              {"canonical_id", id},
              {"custom_metadata", {{"k", "v"}}}});
        c.clock().advance(1'000);
        post(c, "identity/entity-alias",
             {{"name", "zoe2"}, {"mount_accessor", accessorOf(c, "b")}, {"canonical_id", id}});
        c.post("identity/entity/merge", "{\"from_entity_ids\":[\"" + gone + "\"],\"to_entity_id\":\"" + id + "\"}");
        c.post("kith/members/" + internal, "{\"add_entity_ids\":[\"" + id + "\"]}");
        login(c, external, {id});
        const auto before = everything(c);
        QCOMPARE(before.at("identity/entity/id/" + id).at("direct_group_ids").as_array().size(), std::size_t{2});
        QCOMPARE(before.at("identity/entity/id/" + id).at("merged_entity_ids").as_array().size(), std::size_t{1});

        c.clock().advance(5'000'000'000);
        const json::object data = take(c, "identity/entity/id/" + id);
        QCOMPARE(line(c.get("identity/entity/id/" + id)), QByteArray("404"));
        const core::Response done = restore(c, "entity", data);
        QCOMPARE(line(done), QByteArray("200 {\"id\":\"") + id.c_str() + "\"}");
        QCOMPARE(difference(before, everything(c), "identity/entity/id/" + id), QByteArray());
        QCOMPARE(restore(c, "entity", data).status, 400); // it is there
    }

    void putsGroupsBack()
    {
        TestCore c;
        c.post("sys/auth/a", R"({"type":"ldap"})");
        const std::string e1 = post(c, "identity/entity", {{"name", "e1"}});
        const std::string e2 = post(c, "identity/entity", {{"name", "e2"}});
        const std::string child = post(c, "identity/group", {{"name", "child"}, {"policies", json::array{}}});
        const std::string id = post(c, "identity/group",
                                    {{"name", "G"},
                                     {"policies", json::array{"p"}},
                                     {"metadata", {{"k", "v"}}},
                                     {"member_entity_ids", json::array{e1, e2}},
                                     {"member_group_ids", json::array{child}}});
        const std::string external = post(c, "identity/group", {{"name", "x"}, {"type", "external"}});
        post(c, "identity/group", {{"name", "top"}, {"member_group_ids", json::array{id, external}}});
        post(c, "identity/group-alias",
             {{"name", "Dir"}, {"mount_accessor", accessorOf(c, "a")}, {"canonical_id", external}});
        login(c, external, {std::max(e1, e2), std::min(e1, e2)});
        for (const std::string &one : {id, external, child}) {
            const auto before = everything(c);
            c.clock().advance(1'000'000'007);
            const core::Response done = restore(c, "group", take(c, "identity/group/id/" + one));
            QVERIFY2(done.ok() && done.warnings.empty(), line(done));
            QCOMPARE(difference(before, everything(c), "identity/group/id/" + one), QByteArray());
        }
    }

    void keepsNullFromEmpty()
    {
        TestCore c;
        const std::string emptied = post(c, "identity/group",
                                         {{"name", "a"},
                                          {"policies", json::array{}},
                                          {"metadata", json::object{}},
                                          {"member_entity_ids", json::array{}}});
        const std::string parent =
            post(c, "identity/group", {{"name", "p"}, {"member_group_ids", json::array{emptied}}});
        c.remove("identity/group/id/" + parent);
        const std::string unset = post(c, "identity/group", {{"name", "b"}});
        for (const std::string &one : {emptied, unset}) {
            const auto before = everything(c);
            restore(c, "group", take(c, "identity/group/id/" + one));
            QCOMPARE(difference(before, everything(c), "identity/group/id/" + one), QByteArray());
        }
        QCOMPARE(member(c.get("identity/group/id/" + emptied), "parent_group_ids"), QByteArray("[]"));
        QCOMPARE(member(c.get("identity/group/id/" + unset), "parent_group_ids"), QByteArray("null"));
    }

    void putsAliasesBack()
    {
        TestCore c;
        c.post("sys/auth/a", R"({"type":"ldap"})");
        const std::string entity = post(c, "identity/entity", {{"name", "e"}});
        const std::string group = post(c, "identity/group", {{"name", "x"}, {"type", "external"}});
        const std::string entityAlias = post(c, "identity/entity-alias",
                                             {{"name", "E"},
                                              {"mount_accessor", accessorOf(c, "a")},
                                              {"canonical_id", entity},
                                              {"custom_metadata", {{"k", "v"}}}});
        const std::string groupAlias =
            post(c, "identity/group-alias",
                 {{"name", "X"}, {"mount_accessor", accessorOf(c, "a")}, {"canonical_id", group}});
        c.remove("sys/auth/a"); // also of a mount that is gone
        auto before = everything(c);
        QCOMPARE(restore(c, "entity_alias", take(c, "identity/entity-alias/id/" + entityAlias)).status, 200);
        QCOMPARE(difference(before, everything(c), {}), QByteArray());
        QCOMPARE(restore(c, "group_alias", take(c, "identity/group-alias/id/" + groupAlias)).status, 200);
        QCOMPARE(difference(before, everything(c), {}), QByteArray());
    }

    void survivesRandomDeletions()
    {
        TestCore c;
        std::mt19937 random(20261122);
        const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
        std::vector<std::string> people, groups;
        for (int i = 0; i < 12; ++i)
            people.push_back(post(c, "identity/entity", {{"name", "e" + std::to_string(i)}}));
        for (int i = 0; i < 12; ++i) {
            json::array entities, children;
            for (int k = 0; k < 3; ++k) {
                entities.emplace_back(people[below(people.size())]);
                if (!groups.empty())
                    children.emplace_back(groups[below(groups.size())]);
            }
            json::object data{{"name", "g" + std::to_string(i)}};
            if (i % 3 != 0)
                data["member_entity_ids"] = entities;
            if (i % 2 != 0)
                data["member_group_ids"] = children;
            groups.push_back(post(c, "identity/group", data));
        }
        const auto before = everything(c);
        for (int round = 0; round < 25; ++round) {
            // Several in one go, put back in the opposite order: what was read first may name what was deleted later.
            std::vector<std::pair<const char *, json::object>> taken;
            for (std::size_t k = 1 + below(3); k > 0; --k) {
                const bool group = below(2) == 0;
                auto &ids = group ? groups : people;
                const std::string path =
                    std::string("identity/") + (group ? "group" : "entity") + "/id/" + ids[below(ids.size())];
                if (c.get(path).ok())
                    taken.emplace_back(group ? "group" : "entity", take(c, path));
            }
            for (auto one = taken.rbegin(); one != taken.rend(); ++one) {
                const core::Response done = restore(c, one->first, one->second);
                QVERIFY2(done.ok() && done.warnings.empty(), line(done));
            }
            QCOMPARE(difference(before, everything(c), {}), QByteArray());
        }
    }

    void leavesOutWhatIsGone()
    {
        TestCore c;
        const core::Response entity =
            restore(c, "entity", {{"id", fresh}, {"name", "e"}, {"direct_group_ids", json::array{"x"}}});
        QCOMPARE(line(entity), QByteArray("200 {\"id\":\"") + fresh.c_str() +
                                   "\"} (there is no group \"x\" any more: the entity isn't in it)");
        const core::Response group = restore(c, "group",
                                             {{"id", fresh},
                                              {"name", "g"},
                                              {"member_entity_ids", json::array{"a", fresh}},
                                              {"member_group_ids", json::array{"b"}},
                                              {"parent_group_ids", json::array{"c"}}});
        QCOMPARE(group.warnings.size(), std::size_t{3});
        QCOMPARE(member(c.get("identity/group/id/" + fresh), "member_entity_ids"),
                 QByteArray("[\"") + fresh.c_str() + "\"]");
    }

    void makesNewObjects()
    {
        TestCore c;
        QCOMPARE(restore(c, "entity", {{"id", fresh}, {"name", "New"}}).status, 200);
        const core::Response read = c.get("identity/entity/name/new");
        QCOMPARE(member(read, "creation_time"), QByteArray("\"2026-11-22T08:00:00Z\""));
        QCOMPARE(member(read, "policies"), QByteArray("[]"));
        QCOMPARE(restore(c, "group",
                         {{"id", fresh}, {"name", "New"}, {"type", "external"}, {"member_entity_ids", json::array{}}})
                     .status,
                 200);
        QCOMPARE(member(c.get("identity/group/name/new"), "modify_index"), QByteArray("1"));
    }

    void givesAnEntityAVersionOfItsOwn()
    {
        TestCore c;
        const std::string id = post(c, "identity/entity", {{"name", "e"}});
        restore(c, "entity", take(c, "identity/entity/id/" + id));
        const json::object stale{{"operation", "delete"},
                                 {"path", "identity/entity/id/" + id},
                                 {"precondition", json::object{{"entity", id}, {"version", 1}}}};
        QCOMPARE(c.post("kith/apply", json::serialize(json::object{{"requests", json::array{stale}}})).status, 412);
    }

    void namesTheWrongField_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *body, const char *answer) {
            QByteArray json(body);
            json.replace("$", "\"0f0e0d0c-0b0a-4908-8706-050403020100\"");
            QByteArray text(answer);
            text.replace("$", "\"0f0e0d0c-0b0a-4908-8706-050403020100\"");
            QTest::newRow(body) << json << text;
        };
        row("{}", "400 one of entity, group, entity_alias, group_alias must be given");
        row(R"({"entity":{},"group":{}})",
            "400 only one of entity, group, entity_alias, group_alias can be restored at a time");
        row(R"({"entity":null})", "400 entity must be an object");
        row(R"({"group":[]})", "400 group must be an object");
        row(R"({"entity":{}})", "400 entity.id must be a UUID in lower case");
        row(R"({"entity":{"id":"x","name":"n"}})", "400 entity.id must be a UUID in lower case");
        row(R"({"entity":{"id":$}})", "400 entity.name must be a text that isn't empty");
        row(R"({"entity":{"id":$,"name":5}})", "400 entity.name must be a text");
        row(R"({"entity":{"id":$,"name":5.5}})", "400 entity.name must be a text");
        row(R"({"entity":{"id":$,"name":"n","policies":[1.5]}})", "400 entity.policies must be a list of texts");
        row(R"({"entity":{"id":$,"name":"n","metadata":{"a":1.5}}})", "400 entity.metadata must be an object of texts");
        row(R"({"entity":{"id":$,"name":"n","disabled":"yes"}})", "400 entity.disabled must be true or false");
        row(R"({"entity":{"id":$,"name":"n","policies":"a"}})", "400 entity.policies must be a list of texts");
        row(R"({"entity":{"id":$,"name":"n","policies":["ROOT"]}})",
            "400 entity.policies: policies cannot contain root");
        row(R"({"entity":{"id":$,"name":"n","metadata":{"a":1}}})", "400 entity.metadata must be an object of texts");
        row(R"({"entity":{"id":$,"name":"n","metadata":{"!":"v"}}})",
            "400 entity.metadata: invalid entity metadata: failed to load metadata pair (\"!\", \"v\"): key contains "
            "invalid characters");
        row(R"({"entity":{"id":$,"name":"n","creation_time":"yesterday"}})",
            "400 entity.creation_time must be a time like 2026-11-22T08:00:00.5Z");
        row(R"({"entity":{"id":$,"name":"n","aliases":[1]}})", "400 entity.aliases must be a list of objects");
        row(R"({"entity":{"id":$,"name":"n","aliases":[{"id":$,"mount_accessor":"m","name":"a"},{"id":$,"name":"a"}]}})",
            "400 entity.aliases[1].mount_accessor must be a text that isn't empty");
        row(R"({"entity":{"id":$,"name":"n","aliases":[{"id":$,"mount_accessor":"m","name":"a","custom_metadata":{"":"v"}}]}})",
            "400 entity.aliases[0].custom_metadata: custom_metadata validation failed: length of key \"\" is 0 but "
            "must "
            "be 0 < len(key) <= 128");
        row(R"({"entity":{"id":$,"name":"TAKEN"}})", "400 entity.name: \"TAKEN\" is already in use");
        row(R"({"entity":{"id":$,"name":"n","merged_entity_ids":[$]}})",
            "400 entity.merged_entity_ids: $ is already in use");
        row(R"({"group":{"id":$,"name":"n","type":"x"}})", "400 group.type must be internal or external");
        row(R"({"group":{"id":$,"name":"n","modify_index":-1}})", "400 group.modify_index must be a whole number");
        row(R"({"group":{"id":$,"name":"n","alias":5}})", "400 group.alias must be an object");
        row(R"({"group":{"id":$,"name":"n","type":"external","alias":{"id":$}}})",
            "400 group.alias.mount_accessor must be a text that isn't empty");
        row(R"({"group":{"id":$,"name":"n","alias":{"id":$,"mount_accessor":"m","name":"a"}}})",
            "400 group.alias: alias can't be set on an internal group");
        row(R"({"group":{"id":$,"name":"n","type":"external","member_group_ids":["a"]}})",
            "400 group.member_group_ids: member groups can't be set for external groups");
        row(R"({"group":{"id":$,"name":"n","parent_group_ids":[$]}})",
            "400 group.parent_group_ids: $ is the group itself");
        row(R"({"group":{"id":$,"name":"n","member_group_ids":[$]}})",
            "400 group.member_group_ids: cyclic relationship detected for member group ID $");
        row(R"({"group":{"id":$,"name":"taken"}})", "400 group.name: \"taken\" is already in use");
        row(R"({"entity_alias":{"id":$,"name":"a","mount_accessor":"m"}})",
            "400 entity_alias.canonical_id must be a UUID in lower case");
        row(R"({"entity_alias":{"id":$,"name":"a","mount_accessor":"m","canonical_id":$}})",
            "400 entity_alias.canonical_id: there is no entity $");
        row(R"({"group_alias":{"id":$,"name":"a","mount_accessor":"m","canonical_id":$}})",
            "400 group_alias.canonical_id: there is no group $");
    }
    void namesTheWrongField()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, answer);
        TestCore &c = *m_refusing;
        const auto before = everything(c);
        QCOMPARE(line(c.post("kith/restore", body.toStdString())), answer);
        QVERIFY(everything(c) == before); // nothing half-written
    }

    void refusesWhatAnotherHas()
    {
        TestCore c;
        c.post("sys/auth/a", R"({"type":"ldap"})");
        c.post("sys/auth/l", R"({"type":"ldap","local":true})");
        const std::string accessor = accessorOf(c, "a");
        const std::string entity = post(c, "identity/entity", {{"name", "e"}});
        const std::string alias =
            post(c, "identity/entity-alias", {{"name", "A"}, {"mount_accessor", accessor}, {"canonical_id", entity}});
        const std::string internal = post(c, "identity/group", {{"name", "in"}});
        const std::string external = post(c, "identity/group", {{"name", "x"}, {"type", "external"}});
        const std::string groupAlias =
            post(c, "identity/group-alias", {{"name", "A"}, {"mount_accessor", accessor}, {"canonical_id", external}});
        const auto before = everything(c);
        const auto withAliases = [&](json::array aliases) {
            return line(restore(c, "entity", {{"id", fresh}, {"name", "n"}, {"aliases", std::move(aliases)}}));
        };
        QCOMPARE(line(restore(c, "entity", {{"id", entity}, {"name", "n"}})),
                 QByteArray("400 entity.id: \"") + entity.c_str() + "\" is already in use");
        QCOMPARE(withAliases({aliasObject(fresh, "a", accessor, {})}),
                 QByteArray("400 entity.aliases[0]: alias with combination of mount accessor and name already exists"));
        QCOMPARE(withAliases({aliasObject(alias, "b", accessor, {})}),
                 QByteArray("400 entity.aliases[0].id: \"") + alias.c_str() + "\" is already in use");
        QCOMPARE(withAliases({aliasObject(fresh, "b", accessor, {}), aliasObject(internal, "c", accessor, {})}),
                 QByteArray("400 entity.aliases[1]: Alias already exists for requested entity and mount accessor"));
        QCOMPARE(line(restore(c, "entity_alias", aliasObject(fresh, "b", accessor, entity))),
                 QByteArray("400 entity_alias: Alias already exists for requested entity and mount accessor"));
        QCOMPARE(line(restore(c, "group_alias", aliasObject(fresh, "b", accessor, internal))),
                 QByteArray("400 group_alias.canonical_id: alias can't be set on an internal group"));
        QCOMPARE(line(restore(c, "group_alias", aliasObject(fresh, "b", accessor, external))),
                 QByteArray("400 group_alias.canonical_id: the group has an alias already"));
        const auto external2 = [&](const json::object &a) {
            return line(restore(c, "group", {{"id", fresh}, {"name", "n"}, {"type", "external"}, {"alias", a}}));
        };
        QCOMPARE(external2(aliasObject(fresh, "a", accessor, {})),
                 QByteArray("400 group.alias: combination of mount and group alias name is already in use"));
        QCOMPARE(external2(aliasObject(groupAlias, "b", accessor, {})),
                 QByteArray("400 group.alias.id: \"") + groupAlias.c_str() + "\" is already in use");
        QCOMPARE(external2(aliasObject(fresh, "b", accessorOf(c, "l"), {})),
                 ("400 group.alias: mount accessor \"" + accessorOf(c, "l") + "\" is a local mount").c_str());
        QCOMPARE(line(restore(c, "group", {{"id", fresh}, {"name", "n"}, {"parent_group_ids", json::array{external}}})),
                 QByteArray("400 group.parent_group_ids: \"") + external.c_str() +
                     "\" is an external group, which can't have member groups");
        QVERIFY(everything(c) == before);
    }

    void refusesACycleThroughOthers()
    {
        TestCore c;
        const std::string low = post(c, "identity/group", {{"name", "low"}});
        const std::string top = post(c, "identity/group", {{"name", "top"}, {"member_group_ids", json::array{low}}});
        const core::Response refused = restore(c, "group",
                                               {{"id", fresh},
                                                {"name", "n"},
                                                {"parent_group_ids", json::array{low}},
                                                {"member_group_ids", json::array{top}}});
        QCOMPARE(line(refused),
                 QByteArray("400 group.member_group_ids: cyclic relationship detected for member group ID \"") +
                     top.c_str() + "\"");
        QCOMPARE(line(c.get("identity/group/name/n")), QByteArray("404"));
    }

    /// Somebody who may do everything in a namespace reaches nobody of another: a login there would find an alias that
    /// was put here, and enter its person into a group of that name's policies.
    void takesNoMountOfAnotherNamespace()
    {
        TestCore c;
        c.post("sys/auth/up", R"({"type":"userpass"})");
        const core::Response made = c.post("sys/namespaces/team");
        const std::string end = "." + json::value_to<std::string>(made.data->as_object().at("id"));
        c.post("team/sys/auth/up", R"({"type":"userpass"})");
        const std::string own = accessorOf(c, "up");
        const std::string teams = json::value_to<std::string>(dataOf(c, "team/sys/auth/up").at("accessor"));
        const std::string id = fresh + end;
        const auto inTeam = [&](const char *kind, json::object data) {
            return line(c.post("team/kith/restore", json::serialize(json::object{{kind, std::move(data)}})));
        };
        const auto group = [&](const std::string &accessor) {
            return json::object{
                {"id", id}, {"name", "g"}, {"type", "external"}, {"alias", aliasObject(id, "x", accessor, {})}};
        };
        const auto entity = [&](const std::string &accessor) {
            return json::object{
                {"id", id}, {"name", "e"}, {"aliases", json::array{aliasObject(id, "x", accessor, {})}}};
        };
        for (const std::string &accessor : {own, std::string("auth_gone_0")}) {
            const QByteArray refused = (": there is no mount \"" + accessor + "\" in this namespace").c_str();
            QCOMPARE(inTeam("group", group(accessor)), "400 group.alias.mount_accessor" + refused);
            QCOMPARE(inTeam("entity", entity(accessor)), "400 entity.aliases[0].mount_accessor" + refused);
        }
        QCOMPARE(
            line(restore(c, "entity",
                         {{"id", fresh}, {"name", "e"}, {"aliases", json::array{aliasObject(fresh, "x", teams, {})}}})),
            QByteArray(("400 entity.aliases[0].mount_accessor: there is no mount \"" + teams + "\" in this namespace")
                           .c_str()));
        json::object merged = entity(teams);
        merged["merged_entity_ids"] = json::array{fresh};
        QCOMPARE(inTeam("entity", merged), QByteArray(("400 " + fresh + " is no id of this namespace").c_str()));
        QCOMPARE(inTeam("group", group(teams)).left(3), QByteArray("200"));
        QCOMPARE(inTeam("entity", entity(teams)).left(3), QByteArray("200"));
    }
};

QTEST_GUILESS_MAIN(TestRestoreRoutes)
#include "tst_RestoreRoutes.moc"
