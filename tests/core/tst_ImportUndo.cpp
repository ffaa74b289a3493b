// SPDX-License-Identifier: Apache-2.0
#include "identity/Check.h"
#include "identity/Identities.h"
#include "identity/SearchIndex.h"
#include "support/Shared.h"
#include "support/TestCore.h"

#include <QTest>

#include <ctime>

using namespace kith;
using namespace kith::core;
namespace json = boost::json;

class TestImportUndo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void takesBackWhatWasCreated();
    void bringsItBackWithTheSameIds();
    void takesBackWhatWasChanged();
    void refusesWhatWasChangedSince_data();
    void refusesWhatWasChangedSince();
    void goesOnOverWhatWasChangedSince();
    void looksAtValuesNotAtHowOftenTheyChanged();
    void knowsWhatWasDeletedAndRestored();
    void givesNewRowsWhereOldOnesAreTaken();
    void leavesAMountThatIsUsed();
    void knowsNoOtherNames();
    void forgetsTheOldestFirst();
    void isPartOfAnApply();
    void takesBackARealOrganisation_data();
    void takesBackARealOrganisation();

private:
    std::string import(const std::string &document);
    Response undo(const std::string &name, bool force = false);
    std::string exported();
    std::string everything();
    std::string idOf(const char *kind, const std::string &name);

    std::unique_ptr<test::TestCore> m_core;
};

namespace {

/// Says something of all kinds of things, new and old.
const std::string Document = R"({
 "mounts": [{"path": "ldap-new", "type": "ldap", "description": "new"}],
 "policies": [{"name": "fresh", "policy": "path \"a\" { capabilities = [\"read\"] }"},
              {"name": "old-policy", "policy": "path \"b\" { capabilities = [\"list\"] }"}],
 "entities": [{"name": "Zoë", "policies": ["fresh", "dangling"], "metadata": {"site": "京都"},
               "aliases": [{"mount": "ldap-new", "name": "zoe"}]},
              {"name": "OLD one", "disabled": true, "policies": ["fresh"], "metadata": {"site": "Toronto"},
               "aliases": [{"mount": "userpass", "name": "renamed", "custom_metadata": {"k": "v"}}]}],
 "groups": [{"name": "new-group", "policies": ["fresh"], "member_entities": ["Zoë", "old one"],
             "member_groups": ["old-group"]},
            {"name": "old-group", "policies": [], "member_entities": ["Zoë"], "metadata": {}},
            {"name": "directory", "type": "external", "alias": {"mount": "ldap-new", "name": "cn=all"}}]})";

} // namespace

void TestImportUndo::init()
{
    m_core = std::make_unique<test::TestCore>();
    const std::string accessor = m_core->mount("userpass");
    m_core->post("sys/policies/acl/old-policy", R"({"policy": "path \"c\" { capabilities = [\"deny\"] }"})");
    const std::string person = m_core->create(
        "identity/entity", R"({"name": "old one", "policies": ["old-policy"], "metadata": {"site": "x", "y": "z"}})");
    m_core->create("identity/entity-alias", json::object{{"name", "was"},
                                                         {"canonical_id", person},
                                                         {"mount_accessor", accessor},
                                                         {"custom_metadata", json::object{{"a", "b"}}}});
    const std::string other = m_core->create("identity/entity", R"({"name": "other"})");
    m_core->create("identity/group", json::object{{"name", "old-group"},
                                                  {"policies", json::array{"old-policy"}},
                                                  {"metadata", json::object{{"m", "n"}}},
                                                  {"member_entity_ids", json::array{person, other}}});
    m_core->create("identity/group", R"({"name": "elsewhere"})");
}

std::string TestImportUndo::import(const std::string &document)
{
    const Response response = m_core->post("kith/import", json::object{{"document", document}});
    if (!response.ok())
        qWarning("%s", test::line(response).left(500).constData());
    const json::value *name = response.ok() ? response.data->as_object().if_contains("undo") : nullptr;
    return name ? std::string(name->as_string()) : std::string();
}

Response TestImportUndo::undo(const std::string &name, bool force)
{
    return m_core->post("kith/import/undo", json::object{{"undo", name}, {"force", force}});
}

std::string TestImportUndo::exported()
{
    const Response response = m_core->get("kith/export");
    return response.ok() ? std::string(response.data->at("document").as_string()) : std::string();
}

/// All that can be read, with ids and times, and without what counts changes.
std::string TestImportUndo::everything()
{
    std::string out = exported();
    for (const char *kind :
         {"identity/entity/id", "identity/group/id", "identity/entity-alias/id", "sys/policies/acl"}) {
        const Response ids = m_core->list(kind);
        if (!ids.ok())
            continue;
        for (const json::value &id : ids.data->at("keys").as_array()) {
            Response object = m_core->get(std::string(kind) + "/" + std::string(id.as_string()));
            object.data->as_object().erase("modify_index");
            object.data->as_object().erase("version");
            out += "\n" + json::serialize(*object.data);
        }
    }
    return out + "\n" + json::serialize(*m_core->get("sys/auth").data);
}

std::string TestImportUndo::idOf(const char *kind, const std::string &name)
{
    const Response found = m_core->get(std::string("identity/") + kind + "/name/" + name);
    return found.ok() ? std::string(found.data->at("id").as_string()) : std::string();
}

void TestImportUndo::takesBackWhatWasCreated()
{
    const std::string before = everything();
    m_core->clock().advance(3'600'000'000'000);
    const std::string name = import(R"({"entities": [{"name": "a", "policies": ["p"]}, {"name": "b"}],
        "groups": [{"name": "g", "member_entities": ["a", "b", "old one"]}],
        "policies": [{"name": "p", "policy": "path \"x\" { capabilities = [\"read\"] }"}]})");
    QVERIFY(!name.empty());
    QVERIFY(everything() != before);
    const Response taken = undo(name);
    QVERIFY2(taken.ok(), test::line(taken));
    QCOMPARE(test::member(taken, "warnings"), QByteArray());
    QVERIFY(taken.warnings.empty());
    QCOMPARE(QByteArray::fromStdString(everything()), QByteArray::fromStdString(before));
    QVERIFY(m_core->core().identities().index().find("old one", 5)->size() == 1);
}

void TestImportUndo::bringsItBackWithTheSameIds()
{
    const std::string before = everything();
    const std::string name = import(Document);
    const std::string after = everything();
    m_core->clock().advance(3'600'000'000'000);
    Response taken = undo(name);
    for (int i = 0; i < 3; ++i) {
        QVERIFY2(taken.ok(), test::line(taken));
        QCOMPARE(QByteArray::fromStdString(everything()), QByteArray::fromStdString(i % 2 == 0 ? before : after));
        taken = undo(std::string(taken.data->at("undo").as_string()));
    }
    QCOMPARE(QByteArray::fromStdString(everything()), QByteArray::fromStdString(after));
    const Response stale = undo(name);
    QCOMPARE(stale.status == 412 || stale.status == 400, true);
}

void TestImportUndo::takesBackWhatWasChanged()
{
    const std::string before = everything();
    const auto version = [&] {
        return m_core->core().store().read([](store::Session &session) -> Result<std::int64_t> {
            return session.integer("SELECT version FROM entity WHERE name_key = 'old one'").value_or(0);
        });
    };
    const std::int64_t old = *version();
    const std::string name = import(Document);
    const std::int64_t imported = *version();
    const Response taken = undo(name);
    QVERIFY2(taken.ok(), test::line(taken));
    QCOMPARE(QByteArray::fromStdString(everything()), QByteArray::fromStdString(before));
    QVERIFY(old < imported);
    QVERIFY(imported < *version()); // nobody takes it for what was read before
    const auto sound = m_core->core().store().read(
        [](store::Session &session) -> Result<std::size_t> { return identity::checkCore(session).list.size(); });
    QCOMPARE(*sound, std::size_t(0));
}

void TestImportUndo::refusesWhatWasChangedSince_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("a new entity is renamed") << QByteArray("rename") << QByteArray("entity \"renamed since\"");
    QTest::newRow("a new entity is deleted") << QByteArray("delete") << QByteArray("\"Zoë\"");
    QTest::newRow("a new entity joins another group") << QByteArray("join") << QByteArray("entity \"Zoë\"");
    QTest::newRow("a new group gets a member") << QByteArray("member") << QByteArray("group \"new-group\"");
    QTest::newRow("a new group gets a parent") << QByteArray("parent") << QByteArray("group \"new-group\"");
    QTest::newRow("a changed group is changed again") << QByteArray("group") << QByteArray("group \"old-group\"");
    QTest::newRow("a changed entity is changed again") << QByteArray("entity") << QByteArray("entity \"old one\"");
    QTest::newRow("a new policy is written again") << QByteArray("policy") << QByteArray("policy \"fresh\"");
    QTest::newRow("a new mount is used") << QByteArray("alias") << QByteArray("mount \"ldap-new/\"");
    QTest::newRow("an alias is deleted") << QByteArray("no alias") << QByteArray("entity \"Zoë\"");
    QTest::newRow("a lost member is gone") << QByteArray("gone") << QByteArray("group \"old-group\"");
}

void TestImportUndo::refusesWhatWasChangedSince()
{
    QFETCH(QByteArray, what);
    QFETCH(QByteArray, named);
    const std::string name = import(Document);
    const std::string zoe = "identity/entity/id/" + idOf("entity", "zoë");
    const auto change = [&]() -> Response {
        if (what == "rename")
            return m_core->post(zoe, R"({"name": "renamed since"})");
        if (what == "delete")
            return m_core->remove(zoe);
        if (what == "join")
            return m_core->post("identity/group/name/elsewhere",
                                json::object{{"member_entity_ids", json::array{idOf("entity", "zoë")}}});
        if (what == "member")
            return m_core->post("kith/members/" + idOf("group", "new-group"),
                                json::object{{"add_entity_ids", json::array{idOf("entity", "other")}}});
        if (what == "parent")
            return m_core->post("kith/members/" + idOf("group", "elsewhere"),
                                json::object{{"add_group_ids", json::array{idOf("group", "new-group")}}});
        if (what == "group")
            return m_core->post("identity/group/name/old-group", R"({"metadata": {"q": "r"}})");
        if (what == "entity")
            return m_core->post("identity/entity/name/old one", R"({"disabled": false})");
        if (what == "policy")
            return m_core->post("sys/policies/acl/fresh", R"({"policy": "path \"z\" { capabilities = [\"sudo\"] }"})");
        if (what == "alias")
            return m_core->post(
                "identity/entity-alias",
                json::object{{"name", "someone"},
                             {"canonical_id", idOf("entity", "other")},
                             {"mount_accessor", m_core->get("sys/auth").data->at("ldap-new/").at("accessor")}});
        if (what == "no alias")
            return m_core->remove("identity/entity-alias/id/" +
                                  std::string(m_core->get(zoe).data->at("aliases").at(0).at("id").as_string()));
        return m_core->remove("identity/entity/id/" + idOf("entity", "other"));
    };
    const Response changed = change();
    QVERIFY2(changed.ok(), test::line(changed));
    const std::string before = everything();
    const Response refused = undo(name);
    QCOMPARE(refused.status, 412);
    QVERIFY2(test::line(refused).contains(named), test::line(refused));
    QVERIFY(refused.code == ErrorCode::PreconditionFailed);
    QCOMPARE(QByteArray::fromStdString(everything()), QByteArray::fromStdString(before));
}

void TestImportUndo::goesOnOverWhatWasChangedSince()
{
    const std::string before = exported();
    const std::string name = import(Document);
    m_core->post("identity/entity/name/zoë", R"({"name": "renamed since"})");
    m_core->post("identity/group/name/old-group", R"({"metadata": {"q": "r"}})");
    m_core->post("kith/members/" + idOf("group", "elsewhere"),
                 json::object{{"add_entity_ids", json::array{idOf("entity", "renamed since")}},
                              {"add_group_ids", json::array{idOf("group", "new-group")}}});
    QCOMPARE(undo(name).status, 412);
    const Response taken = undo(name, true);
    QVERIFY2(taken.ok(), test::line(taken));
    QVERIFY(taken.warnings.empty());
    QCOMPARE(QByteArray::fromStdString(exported()), QByteArray::fromStdString(before));
}

void TestImportUndo::looksAtValuesNotAtHowOftenTheyChanged()
{
    const std::string before = exported();
    const std::string name = import(Document);
    m_core->clock().advance(3'600'000'000'000);
    for (const char *then : {R"({"name": "Z"})", R"({"name": "Zoë"})"})
        m_core->post("identity/entity/id/" + idOf("entity", idOf("entity", "z").empty() ? "zoë" : "z"), then);
    const std::string members = "kith/members/" + idOf("group", "new-group");
    m_core->post(members, json::object{{"add_entity_ids", json::array{idOf("entity", "other")}}});
    m_core->post(members, json::object{{"remove_entity_ids", json::array{idOf("entity", "other")}}});
    // As a login does at the alias that it came by.
    QVERIFY(m_core->core().store().write([](store::WriteSession &session) -> Result<void> {
        session.run("UPDATE entity_alias SET refreshed = ?", session.now);
        return {};
    }));
    const Response taken = undo(name);
    QVERIFY2(taken.ok(), test::line(taken));
    QCOMPARE(QByteArray::fromStdString(exported()), QByteArray::fromStdString(before));
}

void TestImportUndo::knowsWhatWasDeletedAndRestored()
{
    const std::string before = exported();
    const std::string name = import(Document);
    const std::string imported = exported();
    // In this order, so that the rows are taken by others when they come back.
    std::vector<std::pair<const char *, json::value>> deleted;
    for (const auto &[kind, who] : {std::pair("entity", "zoë"), std::pair("entity", "old one"),
                                    std::pair("group", "new-group"), std::pair("group", "directory")}) {
        const std::string path = std::string("identity/") + kind + "/id/" + idOf(kind, who);
        deleted.emplace_back(kind, *m_core->get(path).data);
        QVERIFY(m_core->remove(path).ok());
    }
    for (const char *who : {"q1", "q2"}) {
        m_core->create("identity/entity", json::object{{"name", who}, {"disabled", true}});
        m_core->create("identity/group", json::object{{"name", who}});
    }
    for (auto back = deleted.rbegin(); back != deleted.rend(); ++back) {
        const Response restored = m_core->post("kith/restore", json::object{{back->first, back->second}});
        QVERIFY2(restored.ok(), test::line(restored));
    }
    for (const char *who : {"q1", "q2"}) {
        m_core->remove(std::string("identity/group/name/") + who);
        QVERIFY(!idOf("entity", who).empty());
    }
    Response taken = undo(name);
    QVERIFY2(taken.ok(), test::line(taken));
    QVERIFY(idOf("entity", "zoë").empty());
    for (const char *who : {"q1", "q2"}) {
        const Response other = m_core->get(std::string("identity/entity/name/") + who);
        QCOMPARE(test::member(other, "disabled"), QByteArray("true"));
        m_core->remove(std::string("identity/entity/name/") + who);
    }
    QCOMPARE(QByteArray::fromStdString(exported()), QByteArray::fromStdString(before));
    taken = undo(std::string(taken.data->at("undo").as_string()));
    QVERIFY2(taken.ok(), test::line(taken));
    QCOMPARE(QByteArray::fromStdString(exported()), QByteArray::fromStdString(imported));
}

void TestImportUndo::givesNewRowsWhereOldOnesAreTaken()
{
    const std::string name = import(Document);
    const std::string id = idOf("entity", "zoë");
    Response taken = undo(name);
    QVERIFY2(taken.ok(), test::line(taken));
    for (const char *who : {"q1", "q2"}) {
        m_core->create("identity/entity", json::object{{"name", who}});
        m_core->create("identity/group", json::object{{"name", who}});
    }
    const std::string before = exported();
    taken = undo(std::string(taken.data->at("undo").as_string()));
    QVERIFY2(taken.ok(), test::line(taken));
    QCOMPARE(QByteArray::fromStdString(idOf("entity", "zoë")), QByteArray::fromStdString(id));
    const Response group = m_core->get("identity/group/name/new-group");
    QVERIFY(test::member(group, "member_entity_ids").contains(QByteArray::fromStdString(id)));
    const Response other = m_core->get("identity/group/name/q1");
    QCOMPARE(test::member(other, "member_entity_ids"), QByteArray("null"));
    taken = undo(std::string(taken.data->at("undo").as_string()));
    QVERIFY2(taken.ok(), test::line(taken));
    QCOMPARE(QByteArray::fromStdString(exported()), QByteArray::fromStdString(before));
}

void TestImportUndo::leavesAMountThatIsUsed()
{
    const std::string name = import(Document);
    const json::value accessor = m_core->get("sys/auth").data->at("ldap-new/").at("accessor");
    m_core->post(
        "identity/entity-alias",
        json::object{{"name", "someone"}, {"canonical_id", idOf("entity", "other")}, {"mount_accessor", accessor}});
    const Response taken = undo(name, true);
    QVERIFY2(taken.ok(), test::line(taken));
    QCOMPARE(taken.warnings.size(), std::size_t(1));
    QCOMPARE(QByteArray::fromStdString(taken.warnings.front()), QByteArray("mount \"ldap-new/\" couldn't be put back"));
    QVERIFY(m_core->get("sys/auth").data->as_object().contains("ldap-new/"));
    QVERIFY(idOf("entity", "zoë").empty());
}

void TestImportUndo::knowsNoOtherNames()
{
    QCOMPARE(undo("").status, 400);
    QCOMPARE(undo("0123").status, 400);
    QVERIFY(test::line(undo("0123")).contains("can't be taken back any more"));
    // What changed nothing has nothing to take back.
    import(Document);
    QCOMPARE(QByteArray::fromStdString(import(Document)), QByteArray());
}

void TestImportUndo::forgetsTheOldestFirst()
{
    std::string first;
    std::string last;
    for (int i = 0; i < 41; ++i) {
        last = import(R"({"entities": [{"name": "number )" + std::to_string(i) + R"("}]})");
        first = first.empty() ? last : first;
    }
    QCOMPARE(undo(first).status, 400);
    // Going back and forth pushes nothing else out.
    Response taken = undo(last);
    for (int i = 0; i < 50 && taken.ok(); ++i)
        taken = undo(std::string(taken.data->at("undo").as_string()));
    QVERIFY2(taken.ok(), test::line(taken));
}

void TestImportUndo::isPartOfAnApply()
{
    const std::string before = exported();
    const std::string name = import(Document);
    const std::string after = everything();
    const auto apply = [&](const char *then) {
        json::array parts{
            json::object{{"operation", "update"}, {"path", "kith/import/undo"}, {"data", json::object{{"undo", name}}}},
            json::object{{"operation", "update"}, {"path", then}, {"data", json::object()}}};
        return m_core->post("kith/apply", json::object{{"requests", std::move(parts)}});
    };
    QVERIFY(!apply("no/such/path").ok());
    QCOMPARE(QByteArray::fromStdString(everything()), QByteArray::fromStdString(after));
    const Response taken = undo(name);
    QVERIFY2(taken.ok(), test::line(taken));
    QCOMPARE(QByteArray::fromStdString(exported()), QByteArray::fromStdString(before));
}

void TestImportUndo::takesBackARealOrganisation_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("then");
    QTest::newRow("into a small core") << QString() << QStringLiteral("data/kubernetes-org-rich.json");
    QTest::newRow("over another state of it")
        << QStringLiteral("data/kubernetes-org.json") << QStringLiteral("data/kubernetes-org-rich.json");
}

void TestImportUndo::takesBackARealOrganisation()
{
    QFETCH(QString, first);
    QFETCH(QString, then);
    const QByteArray document = test::sharedFile(then);
    if (document.isEmpty())
        QSKIP("the shared data isn't beside the project");
    if (!first.isEmpty())
        QVERIFY(!import(test::sharedFile(first).toStdString()).empty());
    const std::string before = everything();
    const std::string name = import(document.toStdString());
    const std::string after = everything();
    const std::clock_t start = std::clock(); // of the processor: others may be busy on this machine
    Response taken = undo(name);
    const std::clock_t undone = std::clock();
    QVERIFY2(taken.ok(), test::line(taken));
    QVERIFY(everything() == before);
    taken = undo(std::string(taken.data->at("undo").as_string()));
    qInfo("taken back in %ld ms", static_cast<long>((undone - start) * 1000 / CLOCKS_PER_SEC));
    QVERIFY2(taken.ok(), test::line(taken));
    QVERIFY(everything() == after);
    const auto findings = m_core->core().store().read(
        [](store::Session &session) -> Result<std::size_t> { return identity::checkCore(session).list.size(); });
    QVERIFY2(undone - start < 4 * CLOCKS_PER_SEC, "a real organisation is taken back at once"); // with the sanitizers
    QVERIFY(findings);
}

QTEST_GUILESS_MAIN(TestImportUndo)
#include "tst_ImportUndo.moc"
