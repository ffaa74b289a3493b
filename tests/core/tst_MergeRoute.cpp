// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::member;
using kith::test::TestCore;
using Json = boost::json::object;
using Ids = std::vector<std::string>;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

QByteArray listed(const Ids &texts)
{
    QByteArray all;
    for (const std::string &text : texts)
        all += (all.isEmpty() ? "\"" : ",\"") + QByteArray::fromStdString(text) + '"';
    return '[' + all + ']';
}

struct World {
    TestCore core;
    std::string up = core.mount("up");
    std::string other = core.mount("other");
    std::string to = entity("to");
    std::string from = entity("from");

    std::string entity(const std::string &name) { return core.create("identity/entity", Json{{"name", name}}); }
    std::string alias(const std::string &entity, const std::string &accessor, const std::string &name)
    {
        return core.create("identity/entity-alias",
                           Json{{"name", name}, {"canonical_id", entity}, {"mount_accessor", accessor}});
    }
    Response merge(const Ids &others, const Ids &keep = {})
    {
        Json data{{"to_entity_id", to}, {"from_entity_ids", boost::json::value_from(others)}};
        if (!keep.empty())
            data["conflicting_alias_ids_to_keep"] = boost::json::value_from(keep);
        return core.post("identity/entity/merge", std::move(data));
    }
    Response survivor() { return core.get("identity/entity/id/" + to); }
    int status(const std::string &alias) { return core.get("identity/entity-alias/id/" + alias).status; }
    Ids aliases()
    {
        Ids ids;
        const Response read = survivor();
        for (const auto &alias : read.data->at("aliases").as_array())
            ids.emplace_back(alias.at("id").as_string());
        return ids;
    }
};

} // namespace

class TestMergeRoute : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void checksInOrder()
    {
        World w;
        const auto send = [&](Json data) { return line(w.core.post("identity/entity/merge", std::move(data))); };
        QCOMPARE(send(Json{}), QByteArray("400 missing entity id to merge to"));
        QCOMPARE(send(Json{{"from_entity_ids", w.from}}), QByteArray("400 missing entity id to merge to"));
        QCOMPARE(send(Json{{"to_entity_id", w.to}}), QByteArray("400 missing entity ids to merge from"));
        QCOMPARE(send(Json{{"to_entity_id", "x"}, {"from_entity_ids", ""}}),
                 QByteArray("400 missing entity ids to merge from"));
        QCOMPARE(send(Json{{"to_entity_id", "x"}, {"from_entity_ids", w.from}}),
                 QByteArray("400 entity id to merge to is invalid"));
        QCOMPARE(line(w.merge({"a", "a"}, {"x", "y"})),
                 QByteArray("400 aliases conflicts cannot be resolved with multiple from entity ids - merge one entity "
                            "at a time"));
        QCOMPARE(line(w.merge({"nope", w.to})),
                 QByteArray("400 to_entity_id should not be present in from_entity_ids"));
        QCOMPARE(line(w.merge({w.from, "nope"})), QByteArray("400 entity id to merge from is invalid"));
        QCOMPARE(line(w.merge({""})), QByteArray("204"));
        QCOMPARE(line(w.core.list("identity/entity/merge")),
                 QByteArray("405 1 error occurred:\n\t* unsupported operation\n\n"));
        QCOMPARE(member(w.survivor(), "merged_entity_ids"), QByteArray("null"));
        QCOMPARE(w.core.get("identity/entity/id/" + w.from).status, 200);
    }
    void movesWhatMoves()
    {
        World w;
        w.core.post("identity/entity/id/" + w.from, R"({"policies":"p","metadata":{"k":"v"},"disabled":true})");
        w.core.post("identity/entity/id/" + w.to, R"({"policies":"q"})");
        const std::string kept = w.alias(w.to, w.up, "kept");
        const std::string moved = w.alias(w.from, w.other, "moved");
        w.core.clock().advance(Second);
        QCOMPARE(line(w.merge({w.from, w.from, ""})), QByteArray("204"));

        const Response survivor = w.survivor();
        QCOMPARE(member(survivor, "merged_entity_ids"), listed({w.from}));
        QCOMPARE(member(survivor, "name"), QByteArray("\"to\""));
        QCOMPARE(member(survivor, "policies"), QByteArray("[\"q\"]"));
        QCOMPARE(member(survivor, "metadata"), QByteArray("null"));
        QCOMPARE(member(survivor, "disabled"), QByteArray("false"));
        QCOMPARE(member(survivor, "last_update_time"), QByteArray("\"2026-11-22T08:00:00Z\""));
        QCOMPARE(w.aliases(), (Ids{kept, moved}));
        const Response alias = w.core.get("identity/entity-alias/id/" + moved);
        QCOMPARE(member(alias, "merged_from_canonical_ids"), listed({w.from}));
        QCOMPARE(member(alias, "last_update_time"), QByteArray("\"2026-11-22T08:00:00Z\""));
        QCOMPARE(member(alias, "custom_metadata"), QByteArray("null")); // {} turns null

        QCOMPARE(line(w.core.get("identity/entity/id/" + w.from)), QByteArray("404"));
        QVERIFY(w.entity("from") != w.from); // the name is free
    }
    void remembersTheWholeLine()
    {
        World w;
        const std::string a = w.entity("a");
        const std::string b = w.entity("b");
        const std::string last = w.entity("last");
        const std::string alias = w.alias(a, w.up, "x");
        QCOMPARE(line(w.merge({w.from, a})), QByteArray("204"));
        QCOMPARE(line(w.merge({b})), QByteArray("204"));
        const std::string first = w.to;
        w.to = last;
        QCOMPARE(line(w.merge({first})), QByteArray("204"));
        QCOMPARE(member(w.survivor(), "merged_entity_ids"), listed({w.from, a, b, first}));
        QCOMPARE(member(w.core.get("identity/entity-alias/id/" + alias), "merged_from_canonical_ids"),
                 listed({a, first}));
    }
    void takesOverMemberships()
    {
        World w;
        const std::string third = w.entity("third");
        const auto group = [&](const Ids &members) {
            return w.core.create("identity/group", Json{{"member_entity_ids", boost::json::value_from(members)}});
        };
        const std::string one = group({w.from});
        const std::string two = group({w.from, third});
        const std::string both = group({w.from, w.to});
        const std::string none = group({w.to});
        w.core.clock().advance(Second);
        QCOMPARE(line(w.merge({w.from, third})), QByteArray("204"));
        const auto check = [&](const std::string &id, const char *index) {
            const Response read = w.core.get("identity/group/id/" + id);
            QCOMPARE(member(read, "member_entity_ids"), listed({w.to})); // once, also where it was in before
            QCOMPARE(member(read, "modify_index"), QByteArray(index));
            QCOMPARE(member(read, "last_update_time"), QByteArray("\"2026-11-22T08:00:00Z\""));
        };
        check(one, "3"); // one for the place, one for the merge
        check(two, "4");
        check(both, "3");
        check(none, "1");
        QCOMPARE(w.survivor().data->at("direct_group_ids").as_array().size(), std::size_t(4));
    }
    void reportsClashes()
    {
        World w;
        const std::string keptUp = w.alias(w.to, w.up, "1a");
        const std::string keptOther = w.alias(w.to, w.other, "1b");
        const std::string up = w.alias(w.from, w.up, "2a");
        const std::string other = w.alias(w.from, w.other, "2b");
        const Response refused = w.merge({w.from});
        QCOMPARE(refused.status, 400);
        const auto clash = [&](const std::string &accessor, const std::string &kept, const std::string &coming) {
            return "\n\t* mountAccessor: " + accessor + ", toEntity ID: " + w.to + ", fromEntity ID: " + w.from +
                   ", conflicting toEntity alias ID: " + kept + ", conflicting fromEntity alias ID: " + coming;
        };
        QCOMPARE(refused.errors,
                 Ids{"3 errors occurred:\n\t* toEntity and at least one fromEntity have aliases with the same mount "
                     "accessor, repeat the merge request specifying exactly one fromEntity, clashes: " +
                     clash(w.up, keptUp, up) + clash(w.other, keptOther, other) + "\n\n"});
        const auto &sides = refused.data->as_array();
        QCOMPARE(sides.size(), std::size_t(4));
        QCOMPARE(boost::json::serialize(sides[3]), R"({"alias":"2b","entity":"from","entity_id":")" + w.from +
                                                       R"(","mount":"userpass","mount_path":"auth/other/"})");
        QCOMPARE(w.core.get("identity/entity/id/" + w.from).status, 200);

        w.core.remove("sys/auth/other");
        const Response orphaned = w.merge({w.from});
        QCOMPARE(boost::json::serialize(orphaned.data->at(3)),
                 R"({"alias":"2b","entity":"from","entity_id":")" + w.from + R"(","mount":"","mount_path":""})");
    }
    void keepsOneAliasOfAMount_data()
    {
        QTest::addColumn<bool>("nameKept");
        QTest::addColumn<bool>("nameComing");
        QTest::newRow("the survivor's") << true << false;
        QTest::newRow("the other one") << false << true;
        QTest::newRow("both") << true << true;
    }
    void keepsOneAliasOfAMount()
    {
        QFETCH(bool, nameKept);
        QFETCH(bool, nameComing);
        World w;
        const std::string kept = w.alias(w.to, w.up, "a");
        const std::string coming = w.alias(w.from, w.up, "b");
        const std::string free = w.alias(w.from, w.other, "c");
        Ids keep;
        if (nameKept)
            keep.push_back(kept);
        if (nameComing)
            keep.push_back(coming);
        QCOMPARE(line(w.merge({w.from}, keep)), QByteArray("204"));
        const std::string &left = nameKept ? kept : coming;
        QCOMPARE(w.aliases().size(), std::size_t(2));
        QCOMPARE(w.status(left), 200);
        QCOMPARE(w.status(nameKept ? coming : kept), 404); // gone for good
        QCOMPARE(w.status(free), 200);
        QVERIFY(!w.alias(w.entity("new"), w.up, nameKept ? "b" : "a").empty()); // its name is free
    }
    void needsADecisionForEachClash()
    {
        World w;
        const std::string kept = w.alias(w.to, w.up, "a");
        const std::string coming = w.alias(w.from, w.up, "b");
        QCOMPARE(line(w.merge({w.from}, {"nope"})),
                 QByteArray("400 conflicting mount accessors in following alias IDs and neither were present in "
                            "conflicting_alias_ids_to_keep: ") +
                     QByteArray::fromStdString(coming + ", " + kept));
        QCOMPARE(w.status(coming), 200);
        QCOMPARE(line(w.merge({w.entity("free")}, {"nope"})), QByteArray("204")); // nothing to decide
    }
    void mergesOneOfAMountAtATime()
    {
        World w;
        const std::string second = w.entity("second");
        w.alias(w.from, w.up, "b");
        w.alias(second, w.up, "c");
        const QByteArray text = "400 mount accessor " + QByteArray::fromStdString(w.up) +
                                " found in multiple fromEntities, merge should be done with one fromEntity at a time";
        QCOMPARE(line(w.merge({w.from, second})), text); // though the survivor has no alias: it would get two
        w.alias(w.to, w.up, "a");
        QCOMPARE(line(w.merge({w.from, second})), text);
    }
};

QTEST_GUILESS_MAIN(TestMergeRoute)
#include "tst_MergeRoute.moc"
