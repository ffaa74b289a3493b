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

/// Two auth methods, a local one, and two entities with an alias each on the first.
struct World {
    TestCore core;
    std::string up = core.mount("up");
    std::string other = core.mount("other");
    std::string local = core.mount("local", R"({"type":"userpass","local":true})");
    std::string ann = core.create("identity/entity", R"({"name":"ann"})");
    std::string bob = core.create("identity/entity", R"({"name":"bob"})");
    std::string annUp = alias(ann, up, "ann");
    std::string bobUp = alias(bob, up, "bob");

    std::string alias(const std::string &entity, const std::string &accessor, const char *name)
    {
        return core.create("identity/entity-alias",
                           Json{{"name", name}, {"canonical_id", entity}, {"mount_accessor", accessor}});
    }
    Response read(const std::string &alias) { return core.get("identity/entity-alias/id/" + alias); }
    Response change(const std::string &alias, Json data)
    {
        return core.post("identity/entity-alias/id/" + alias, std::move(data));
    }
    Response save(Json data) { return core.post("identity/entity-alias", std::move(data)); }
    /// The answer that names an alias and its entity.
    static QByteArray saved(const std::string &alias, const std::string &entity)
    {
        return QByteArray("200 {\"id\":") + inJson(alias) + ",\"canonical_id\":" + inJson(entity) + "}";
    }
};

const QByteArray Taken = "400 alias with combination of mount accessor and name already exists";
const QByteArray OwnMount =
    "400 Alias cannot be updated as the entity already has an alias for the given 'mount_accessor' ";
const QByteArray TheirMount = "400 Alias cannot be updated as the given entity already has an alias for this mount ";
const QByteArray NoEntity = "400 given 'canonical_id' is not associated with an entity";
const QByteArray LocalMove = "400 local aliases can't be moved between entities";
const QByteArray Duplicate = "500 1 error occurred:\n\t* duplicate identity name\n\n";

} // namespace

class TestEntityAliasRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void createsAndReads()
    {
        World w;
        const Response made = w.save(Json{{"name", "Ann"},
                                          {"canonical_id", w.ann},
                                          {"mount_accessor", w.other},
                                          {"custom_metadata", Json{{"team", "red"}}}});
        QCOMPARE(made.status, 200);
        QCOMPARE(member(made, "canonical_id"), inJson(w.ann));
        const QByteArray id = member(made, "id");
        const QByteArray inner =
            "{\"id\":" + id + ",\"canonical_id\":" + inJson(w.ann) + ",\"mount_accessor\":" + inJson(w.other) +
            ",\"metadata\":null,\"custom_metadata\":{\"team\":\"red\"},\"name\":\"Ann\",\"merged_from_canonical_ids\":"
            "null,\"local\":false,\"creation_time\":\"2026-11-22T08:00:00Z\",\"last_update_time\":\"2026-11-22T08:00:"
            "00Z\",\"mount_path\":\"auth/other/\",\"mount_type\":\"userpass\"";
        QCOMPARE(line(w.read(id.mid(1, id.size() - 2).toStdString())), "200 " + inner + ",\"namespace_id\":\"root\"}");
        QVERIFY(member(w.core.get("identity/entity/id/" + w.ann), "aliases").endsWith("," + inner + "}]"));
    }
    void makesTheEntityThatIsNotNamed()
    {
        World w;
        const Response made = w.save(Json{{"name", "new"}, {"mount_accessor", w.up}, {"canonical_id", nullptr}});
        const Response owner =
            w.core.get("identity/entity/id/" + std::string(made.data->at("canonical_id").as_string()));
        QVERIFY(member(owner, "name").startsWith("\"entity_"));
        QCOMPARE(owner.data->at("aliases").as_array().size(), std::size_t(1));
    }
    void takesTheOldNameOfTheOwner()
    {
        World w;
        const Response made = w.save(Json{{"name", "a"}, {"mount_accessor", w.other}, {"entity_id", w.ann}});
        QCOMPARE(member(made, "canonical_id"), inJson(w.ann));
        const Response both =
            w.save(Json{{"name", "b"}, {"mount_accessor", w.other}, {"entity_id", "nope"}, {"canonical_id", w.bob}});
        QCOMPARE(member(both, "canonical_id"), inJson(w.bob));
    }
    void acceptsEveryKindOfMount()
    {
        World w;
        const Response made = w.save(Json{
            {"name", "a"}, {"mount_accessor", w.core.get("sys/mounts/cubbyhole").data->at("accessor").as_string()}});
        const Response read = w.read(std::string(made.data->at("id").as_string()));
        QCOMPARE(member(read, "mount_path"), QByteArray("\"cubbyhole/\""));
        QCOMPARE(member(read, "local"), QByteArray("true"));
    }
    void refusesInOrder()
    {
        World w;
        const QByteArray custom = "500 1 error occurred:\n\t* custom_metadata validation failed: length of value for "
                                  "key \"a\" is 0 but must be 0 < len(value) <= 512\n\n";
        const Json bad{{"a", ""}};
        QCOMPARE(line(w.save(Json{{"id", "nope"}, {"custom_metadata", bad}})), custom);
        QCOMPARE(line(w.save(Json{{"custom_metadata", bad}})), custom);
        QCOMPARE(line(w.save(Json{{"id", "nope"}})), QByteArray("400 invalid alias ID provided"));
        QCOMPARE(line(w.change("nope", Json{})), QByteArray("400 invalid alias ID provided"));
        const QByteArray both = "400 'id' or 'mount_accessor' and 'name' must be provided";
        QCOMPARE(line(w.save(Json{})), both);
        QCOMPARE(line(w.save(Json{{"id", ""}, {"name", "x"}})), both);
        QCOMPARE(line(w.save(Json{{"mount_accessor", w.up}, {"canonical_id", w.ann}})), both);
        QCOMPARE(line(w.save(Json{{"name", "x"}, {"mount_accessor", "bad"}, {"canonical_id", "nope"}})),
                 QByteArray("400 invalid mount accessor \"bad\""));
        QCOMPARE(line(w.save(Json{{"name", "x"}, {"mount_accessor", w.up}, {"canonical_id", "nope"}})),
                 QByteArray("400 invalid canonical ID"));
        QCOMPARE(line(w.save(Json{{"name", "x"}, {"mount_accessor", w.up}, {"canonical_id", w.ann}})),
                 QByteArray("400 Alias already exists for requested entity and mount accessor"));
        QCOMPARE(w.core.list("identity/entity-alias/id").data->at("keys").as_array().size(), std::size_t(2));
    }
    void limitsCustomMetadata()
    {
        World w;
        Json many;
        for (int i = 0; i < 65; ++i)
            many["k" + std::to_string(i)] = "v";
        QCOMPARE(
            line(w.change(w.annUp, Json{{"custom_metadata", many}})),
            QByteArray("500 1 error occurred:\n\t* custom_metadata validation failed: payload must contain at most "
                       "64 keys, provided 65\n\n"));
        many.erase("k0");
        QCOMPARE(w.change(w.annUp, Json{{"custom_metadata", many}}).status, 200);
        const Response all = w.change(w.annUp, Json{{"custom_metadata", Json{{"", "v"}, {"a\x01", "b\n"}}}});
        QCOMPARE(all.status, 500);
        QVERIFY(line(all).startsWith("500 3 errors occurred:\n\t* custom_metadata validation failed: "));
        QVERIFY(line(all).contains("length of key \"\" is 0 but must be 0 < len(key) <= 128\n"));
        QVERIFY(line(all).contains("key \"a\\x01\" (a\x01) contains unprintable characters\n"));
        QVERIFY(line(all).contains("value for key \"a\\x01\" contains unprintable characters\n"));
    }
    void changesById()
    {
        World w;
        w.core.clock().advance(Second);
        QCOMPARE(line(w.change(w.annUp, Json{{"name", "ANN"}, {"custom_metadata", Json{{"a", "b"}}}})),
                 World::saved(w.annUp, w.ann));
        Response read = w.read(w.annUp);
        QCOMPARE(member(read, "name"), QByteArray("\"ANN\""));
        QCOMPARE(member(read, "last_update_time"), QByteArray("\"2026-11-22T08:00:01Z\""));
        QCOMPARE(member(read, "creation_time"), QByteArray("\"2026-11-22T08:00:00Z\""));
        // The entity's own time stays.
        QCOMPARE(member(w.core.get("identity/entity/id/" + w.ann), "last_update_time"),
                 QByteArray("\"2026-11-22T08:00:00Z\""));

        QCOMPARE(line(w.change(w.annUp, Json{{"mount_accessor", w.other}, {"canonical_id", w.bob}})),
                 World::saved(w.annUp, w.bob));
        read = w.read(w.annUp);
        QCOMPARE(member(read, "canonical_id"), inJson(w.bob));
        QCOMPARE(member(read, "mount_path"), QByteArray("\"auth/other/\""));
        QCOMPARE(member(read, "custom_metadata"), QByteArray("{\"a\":\"b\"}")); // kept, unlike by factors
        QCOMPARE(member(w.core.get("identity/entity/id/" + w.ann), "aliases"), QByteArray("[]"));
    }
    void saysWhenNothingChanges()
    {
        World w;
        for (const Json &same : {Json{}, Json{{"name", "ann"}}, Json{{"name", ""}, {"mount_accessor", nullptr}},
                                 Json{{"mount_accessor", w.up}, {"canonical_id", w.ann}},
                                 Json{{"custom_metadata", nullptr}}, Json{{"custom_metadata", Json{}}}})
            QCOMPARE(line(w.change(w.annUp, same)), QByteArray("204"));
        QCOMPARE(line(w.save(Json{{"name", "ann"}, {"mount_accessor", w.up}})), QByteArray("204"));
        QCOMPARE(line(w.save(Json{{"id", w.annUp}, {"name", "ann"}, {"mount_accessor", w.up}})), QByteArray("204"));
    }
    void refusesChanges()
    {
        World w;
        const std::string annOther = w.alias(w.ann, w.other, "x");
        const auto change = [&](Json data) { return line(w.change(annOther, std::move(data))); };
        QCOMPARE(change(Json{{"mount_accessor", "bad"}, {"canonical_id", "nope"}}),
                 QByteArray("400 invalid mount accessor \"bad\""));
        QCOMPARE(change(Json{{"mount_accessor", w.up}}), OwnMount);
        QCOMPARE(change(Json{{"mount_accessor", w.up}, {"name", "bob"}}), OwnMount);
        QCOMPARE(change(Json{{"mount_accessor", w.up}, {"name", "BOB"}, {"canonical_id", "nope"}}), Taken);
        QCOMPARE(change(Json{{"mount_accessor", w.up}, {"canonical_id", w.bob}}), TheirMount);
        QCOMPARE(change(Json{{"canonical_id", "nope"}}), NoEntity);
        QCOMPARE(line(w.change(w.annUp, Json{{"name", "Bob"}})), Taken);
        QCOMPARE(member(w.read(annOther), "name"), QByteArray("\"x\""));
    }
    void changesByFactors()
    {
        World w;
        w.change(w.annUp, Json{{"custom_metadata", Json{{"a", "b"}}}});
        // Another case renames, and custom_metadata that isn't mentioned is cleared.
        QCOMPARE(line(w.save(Json{{"name", "Ann"}, {"mount_accessor", w.up}})), World::saved(w.annUp, w.ann));
        const Response read = w.read(w.annUp);
        QCOMPARE(member(read, "name"), QByteArray("\"Ann\""));
        QCOMPARE(member(read, "custom_metadata"), QByteArray("{}"));
        QCOMPARE(line(w.save(Json{{"name", "ann"}, {"mount_accessor", w.up}, {"canonical_id", "nope"}})), NoEntity);
        QCOMPARE(line(w.save(Json{{"name", "ann"}, {"mount_accessor", w.up}, {"canonical_id", w.bob}})), TheirMount);
        const std::string carl = w.core.create("identity/entity");
        QCOMPARE(line(w.save(Json{{"name", "ann"}, {"mount_accessor", w.up}, {"entity_id", carl}})),
                 World::saved(w.annUp, carl));
    }
    void tellsNullFromEmpty()
    {
        World w;
        const auto custom = [&] { return member(w.read(w.annUp), "custom_metadata"); };
        QCOMPARE(custom(), QByteArray("{}")); // as it was made
        w.change(w.annUp, Json{{"name", "ann2"}});
        QCOMPARE(custom(), QByteArray("null"));
        w.change(w.annUp, Json{{"custom_metadata", Json{{"a", "b"}}}});
        w.change(w.annUp, Json{{"custom_metadata", Json{}}});
        QCOMPARE(custom(), QByteArray("{}"));
        w.change(w.annUp, Json{{"custom_metadata", Json{{"a", "b"}}}});
        w.change(w.annUp, Json{{"custom_metadata", nullptr}});
        QCOMPARE(custom(), QByteArray("null"));
    }
    void keepsLocalAliasesWhereTheyAre()
    {
        World w;
        const std::string alias = w.alias(w.ann, w.local, "l");
        QCOMPARE(member(w.read(alias), "local"), QByteArray("true"));
        QCOMPARE(line(w.change(alias, Json{{"canonical_id", "nope"}})), LocalMove);
        QCOMPARE(line(w.change(alias, Json{{"canonical_id", w.bob}, {"name", "q"}})), LocalMove);
        QCOMPARE(line(w.change(alias, Json{{"name", "other"}})), Duplicate);
        QCOMPARE(line(w.change(w.annUp, Json{{"mount_accessor", w.local}})), OwnMount);
        QCOMPARE(line(w.change(w.bobUp, Json{{"mount_accessor", w.local}})), Duplicate);
        QCOMPARE(line(w.change(w.bobUp, Json{{"mount_accessor", w.local}, {"canonical_id", w.ann}})), LocalMove);
        QCOMPARE(line(w.change(alias, Json{{"name", "L"}})), World::saved(alias, w.ann));
        QCOMPARE(line(w.change(alias, Json{{"custom_metadata", Json{{"a", "b"}}}})), World::saved(alias, w.ann));
        QCOMPARE(line(w.change(alias, Json{{"mount_accessor", w.other}, {"canonical_id", w.bob}})),
                 World::saved(alias, w.bob));
    }
    void outlivesItsMount()
    {
        World w;
        QCOMPARE(line(w.core.remove("sys/auth/up")), QByteArray("204"));
        const Response read = w.read(w.annUp);
        QCOMPARE(member(read, "mount_accessor"), inJson(w.up));
        QCOMPARE(member(read, "mount_path"), QByteArray());
        QCOMPARE(member(read, "mount_type"), QByteArray());
        const Response list = w.core.list("identity/entity-alias/id");
        const auto &info = list.data->at("key_info").at(w.annUp);
        QVERIFY(!info.as_object().contains("mount_path"));
        const QByteArray invalid = "invalid mount accessor \"" + QByteArray::fromStdString(w.up) + "\"";
        QCOMPARE(line(w.change(w.annUp, Json{})), QByteArray("204"));
        QCOMPARE(line(w.change(w.annUp, Json{{"name", "x"}})), "400 " + invalid);
        QCOMPARE(line(w.change(w.annUp, Json{{"custom_metadata", Json{{"a", "b"}}}})), "400 " + invalid);
        QCOMPARE(line(w.change(w.annUp, Json{{"canonical_id", w.bob}})),
                 "500 1 error occurred:\n\t* " + invalid + "\n\n");
        QCOMPARE(line(w.save(Json{{"name", "ann"}, {"mount_accessor", w.up}})), "400 " + invalid);
        QCOMPARE(line(w.change(w.bobUp, Json{{"mount_accessor", w.other}})), World::saved(w.bobUp, w.bob));
        QCOMPARE(line(w.core.remove("identity/entity-alias/id/" + w.annUp)), QByteArray("204"));
        QCOMPARE(line(w.read(w.annUp)), QByteArray("404"));
    }
    void deletes()
    {
        World w;
        QCOMPARE(line(w.core.remove("identity/entity-alias/id/nope")), QByteArray("204"));
        QCOMPARE(line(w.core.remove("identity/entity-alias/id/" + w.annUp)), QByteArray("204"));
        QCOMPARE(line(w.read(w.annUp)), QByteArray("404"));
        QCOMPARE(member(w.core.get("identity/entity/id/" + w.ann), "aliases"), QByteArray("[]"));
        QVERIFY(!w.alias(w.bob, w.other, "ann").empty()); // the name is free again
    }
    /// The old owner stays in the group of the directory, but no alias of somebody else brought him there, not even in
    /// a file that still says so.
    void leavesTheMembershipsItBrought()
    {
        World w;
        w.core.create("identity/group", R"({"name":"staff","type":"external"})");
        const auto run = [&](const char *sql) {
            const auto done = w.core.core().store().write([&](store::WriteSession &session) -> Result<void> {
                session.run(sql);
                session.changes.everything = true;
                return {};
            });
            QVERIFY2(done, kith::test::why(done));
        };
        const auto brought = [&](const std::string &entity) -> std::string {
            const Response explained = w.core.post("kith/explain", Json{{"entity", entity}});
            const Json external = explained.data->at("external").at(0).as_object();
            return external.contains("alias") ? boost::json::value_to<std::string>(external.at("alias")) : "nobody";
        };
        run("INSERT INTO member_entity (grp, entity, joined, alias) SELECT g.id, a.entity, 1000, a.id "
            "FROM identity_group g, entity_alias a WHERE g.name = 'staff' AND a.name = 'ann'");
        QCOMPARE(brought(w.ann), std::string("ann"));
        const std::string cy = w.core.create("identity/entity", R"({"name":"cy"})");
        QCOMPARE(line(w.change(w.annUp, Json{{"canonical_id", cy}})), World::saved(w.annUp, cy));
        QCOMPARE(brought(w.ann), std::string("nobody"));
        const auto named = w.core.core().store().read([](store::Session &session) -> Result<bool> {
            return session.integer("SELECT 1 FROM member_entity WHERE alias IS NOT NULL").has_value();
        });
        QVERIFY2(named, kith::test::why(named));
        QVERIFY(!*named);
        run("UPDATE member_entity SET alias = (SELECT id FROM entity_alias WHERE name = 'ann')");
        QCOMPARE(brought(w.ann), std::string("nobody"));
    }
    void lists()
    {
        World w;
        const Response list = w.core.list("identity/entity-alias/id");
        QCOMPARE(member(list, "keys"),
                 "[" + inJson(std::min(w.annUp, w.bobUp)) + "," + inJson(std::max(w.annUp, w.bobUp)) + "]");
        QCOMPARE(QByteArray::fromStdString(boost::json::serialize(list.data->at("key_info").at(w.annUp))),
                 "{\"name\":\"ann\",\"canonical_id\":" + inJson(w.ann) + ",\"mount_accessor\":" + inJson(w.up) +
                     ",\"mount_path\":\"auth/up/\",\"mount_type\":\"userpass\",\"custom_metadata\":{},\"metadata\":"
                     "null,\"local\":false}");
        for (const char *path : {"identity/alias/id", "identity/persona/id"})
            QCOMPARE(line(w.core.list(path)), line(list));
    }
    void answersAtItsOldPaths()
    {
        World w;
        QCOMPARE(line(w.core.get("identity/alias/id/" + w.annUp)), line(w.read(w.annUp)));
        QCOMPARE(line(w.core.get("identity/persona/id/" + w.annUp)), line(w.read(w.annUp)));
        QCOMPARE(line(w.core.post("identity/alias/id/" + w.annUp, R"({"name":"n"})")), World::saved(w.annUp, w.ann));
        QCOMPARE(line(w.core.post("identity/alias", Json{{"id", w.annUp}, {"name", "m"}})),
                 World::saved(w.annUp, w.ann));
        QCOMPARE(line(w.core.post("identity/persona/id/" + w.annUp, R"({"name":"n"})")),
                 QByteArray("400 entity not found from id"));
        QCOMPARE(line(w.core.remove("identity/persona/id/" + w.annUp)), QByteArray("204"));
        QCOMPARE(line(w.core.remove("identity/alias/id/" + w.bobUp)), QByteArray("204"));
        QCOMPARE(line(w.core.list("identity/entity-alias/id")), QByteArray("404"));
    }
};

QTEST_GUILESS_MAIN(TestEntityAliasRoutes)
#include "tst_EntityAliasRoutes.moc"
