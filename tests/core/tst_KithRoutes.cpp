// SPDX-License-Identifier: Apache-2.0
#include "identity/SlowIdentity.h"
#include "support/TestCore.h"

#include <QFile>
#include <QTest>

#include <cstdlib>

using namespace kith;
using namespace kith::test;

namespace {

boost::json::array arrayOf(const std::vector<std::string> &texts)
{
    return boost::json::array(texts.begin(), texts.end());
}

/// The `policies` that kith/explain should answer with.
boost::json::array expected(const SlowIdentity::Policies &policies, const std::set<std::string> &defined)
{
    boost::json::array list;
    for (const auto &[name, sources] : policies) {
        boost::json::array ways;
        for (const SlowIdentity::Source &source : sources)
            ways.push_back({{"kind", source.chain.empty() ? "entity" : "group"},
                            {"chain", arrayOf(source.chain)},
                            {"chains", std::to_string(source.count)}});
        list.push_back({{"name", name}, {"defined", defined.contains(name)}, {"sources", std::move(ways)}});
    }
    return list;
}

std::set<std::string> texts(const boost::json::value &object, std::string_view key)
{
    std::set<std::string> found;
    if (const boost::json::value *list = object.as_object().if_contains(key)) {
        for (const boost::json::value &text : list->as_array())
            found.emplace(text.as_string());
    }
    return found;
}

std::string nameOf(const boost::json::value &object)
{
    return std::string(object.at("name").as_string());
}

} // namespace

class TestKithRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void explainsAsTheCommandPrints()
    {
        TestCore c;
        const std::string alice = c.create("identity/entity", R"({"name":"Alice","policies":["own","shared"]})");
        const std::string low = c.create(
            "identity/group", "{\"name\":\"low\",\"policies\":[\"shared\"],\"member_entity_ids\":[\"" + alice + "\"]}");
        const std::string top = c.create(
            "identity/group", "{\"name\":\"top\",\"policies\":[\"shared\"],\"member_group_ids\":[\"" + low + "\"]}");
        c.post("sys/policies/acl/own", boost::json::object{{"policy", "path \"a\" { capabilities = [\"read\"] }"}});
        const QByteArray answer =
            QByteArray("200 {\"entity\":{\"id\":\"") + alice.c_str() +
            "\",\"name\":\"Alice\",\"disabled\":false},\"policies\":[{\"name\":\"own\",\"defined\":true,\"sources\":[{"
            "\"kind\":\"entity\","
            "\"chain\":[],"
            "\"chains\":\"1\"}]},{\"name\":\"shared\",\"defined\":false,\"sources\":[{\"kind\":\"entity\",\"chain\":[],"
            "\"chains\":\"1\"},"
            R"({"kind":"group","chain":["low"],"chains":"1"},{"kind":"group","chain":["low","top"],"chains":"1"}]}]})";
        QCOMPARE(line(c.post("kith/explain", R"({"entity":"aLICE"})")), answer);
        QCOMPARE(line(c.post("kith/explain", "{\"entity\":\"" + alice + "\"}")), answer);
        QCOMPARE(line(c.post("kith/explain", R"({"group":"Low"})")),
                 QByteArray("200 {\"group\":{\"id\":\"") + low.c_str() +
                     "\",\"name\":\"low\"},\"policies\":[{\"name\":\"shared\",\"defined\":false,\"sources\":[{\"kind\":"
                     "\"group\","
                     "\"chain\":[\"low\"],\"chains\":\"1\"},{\"kind\":\"group\",\"chain\":[\"low\",\"top\"],\"chains\":"
                     "\"1\"}]}]}");
        QCOMPARE(line(c.post("kith/explain", R"({"entity":"bob"})")),
                 QByteArray("404 no entity has the name or id \"bob\""));
        QCOMPARE(line(c.post("kith/explain", R"({"group":"bob"})")),
                 QByteArray("404 no group has the name or id \"bob\""));
        QCOMPARE(line(c.post("kith/explain")), QByteArray("400 exactly one of entity and group must be given"));
    }

    void saysWhoHasAPolicy()
    {
        TestCore c;
        const std::string a = c.create("identity/entity", R"({"name":"a","policies":["p"]})");
        const std::string b = c.create("identity/entity", R"({"name":"b"})");
        const std::string low = c.create("identity/group", "{\"name\":\"low\",\"member_entity_ids\":[\"" + b + "\"]}");
        const std::string top = c.create(
            "identity/group", "{\"name\":\"top\",\"policies\":[\"p\"],\"member_group_ids\":[\"" + low + "\"]}");
        const QByteArray answer = line(c.post("kith/who", R"({"policy":"P"})"));
        QCOMPARE(answer, ("200 {\"policy\":{\"name\":\"p\",\"defined\":false},\"entity_count\":2,\"group_count\":2,"
                          "\"entities\":[{\"id\":\"" +
                          a + "\",\"name\":\"a\",\"disabled\":false,\"chain\":[]},{\"id\":\"" + b +
                          "\",\"name\":\"b\",\"disabled\":false,\"chain\":[\"low\",\"top\"]}],\"groups\":[{\"id\":\"" +
                          top + "\",\"name\":\"top\",\"chain\":[\"top\"]},{\"id\":\"" + low +
                          "\",\"name\":\"low\",\"chain\":[\"low\",\"top\"]}]}")
                             .c_str());
        const core::Response limited = c.post("kith/who", R"({"policy":"p","limit":1})");
        QCOMPARE(member(limited, "entity_count"), QByteArray("2"));
        QCOMPARE(limited.data->at("entities").as_array().size(), std::size_t{1});
        QCOMPARE(c.post("kith/who").status, 400);
    }

    void searches()
    {
        TestCore c;
        const std::string id = c.create("identity/entity", R"({"name":"Zoë"})");
        c.create("identity/group", R"({"name":"zoo"})");
        QCOMPARE(member(c.post("kith/search", R"({"text":"zo","limit":1})"), "hits"),
                 ("[{\"kind\":\"entity\",\"name\":\"Zoë\",\"detail\":\"\",\"id\":\"" + id + "\"}]").c_str());
        QCOMPARE(c.post("kith/search", R"({"text":"zo"})").data->at("hits").as_array().size(), std::size_t{2});
        QCOMPARE(member(c.post("kith/search", R"({"text":"nobody"})"), "hits"), QByteArray("[]"));
    }

    /// Every entity and group of a real organisation, compared with a slow implementation that lists every chain.
    void explainsARealOrganisation()
    {
        const char *shared = std::getenv("KITH_SHARED");
        QFile file(QString::fromUtf8(shared ? shared : KITH_SOURCE_DIR "/../shared") +
                   QStringLiteral("/data/kubernetes-org-rich.json"));
        if (!file.open(QIODevice::ReadOnly))
            QSKIP("the shared data doesn't stand beside the project");
        const QByteArray bytes = file.readAll();
        const boost::json::value document =
            boost::json::parse(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        TestCore c;
        const core::Response imported = c.post("kith/import", boost::json::object{{"document", document}});
        QVERIFY2(imported.ok(), line(imported).left(500));

        SlowIdentity slow;
        std::set<std::string> defined;
        for (const boost::json::value &policy : document.at("policies").as_array())
            defined.insert(nameOf(policy));
        for (const boost::json::value &entity : document.at("entities").as_array())
            slow.entityPolicies[nameOf(entity)] = texts(entity, "policies");
        for (const boost::json::value &group : document.at("groups").as_array()) {
            slow.groupPolicies[nameOf(group)] = texts(group, "policies");
            for (const std::string &member : texts(group, "member_entities"))
                slow.direct[member].insert(nameOf(group));
            for (const std::string &child : texts(group, "member_groups"))
                slow.parents[child].insert(nameOf(group));
        }
        for (const boost::json::value &entity : document.at("entities").as_array()) {
            const core::Response answer = c.post("kith/explain", boost::json::object{{"entity", nameOf(entity)}});
            if (answer.data->at("policies") != expected(slow.ofEntity(nameOf(entity)), defined))
                QFAIL((nameOf(entity) + " " + boost::json::serialize(*answer.data)).c_str());
        }
        for (const boost::json::value &group : document.at("groups").as_array()) {
            const core::Response answer = c.post("kith/explain", boost::json::object{{"group", nameOf(group)}});
            if (answer.data->at("policies") != expected(slow.ofGroup(nameOf(group)), defined))
                QFAIL((nameOf(group) + " " + boost::json::serialize(*answer.data)).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestKithRoutes)
#include "tst_KithRoutes.moc"
