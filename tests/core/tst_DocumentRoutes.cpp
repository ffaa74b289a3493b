// SPDX-License-Identifier: Apache-2.0
#include "support/Shared.h"
#include "support/TestCore.h"

#include "identity/Check.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace kith;
using namespace kith::core;
namespace json = boost::json;

class TestDocumentRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void importsAndSaysWhatItDid();
    void importingTwiceChangesNothing();
    void exportImportExportGivesTheSameBytes();
    void previewChangesNothing();
    void saysWhatWouldChange();
    void changesWhatTheDocumentStates();
    void leavesAloneWhatTheDocumentDoesNotSay();
    void findsProblemsWithTheCore_data();
    void findsProblemsWithTheCore();
    void namesWholeCycles();
    void findsCyclesThroughGroupsOfTheCore();
    void turnsAHierarchyAround();
    void refusesAnOldFingerprint();
    void importsNothingWhenAnythingIsWrong();
    void addsNoMoreMetadataThanFits();
    void cancels();
    void carriesStrangeNames();
    void sharedDocuments_data();
    void sharedDocuments();
    void sample();
};

namespace {

Response import(test::TestCore &core, const std::string &document, const char *path = "kith/import")
{
    return core.post(path, json::serialize(json::object{{"document", document}}));
}

Response preview(test::TestCore &core, const std::string &document)
{
    return import(core, document, "kith/import/preview");
}

std::string exported(test::TestCore &core)
{
    const Response response = core.get("kith/export");
    return response.ok() ? std::string(response.data->at("document").as_string()) : std::string();
}

/// "E place code" for each problem.
QByteArray problemsIn(const Response &response)
{
    std::string lines;
    for (const json::value &problem : response.data->at("problems").as_array())
        lines += std::string(problem.at("severity").as_string() == "error" ? "E " : "W ") +
                 std::string(problem.at("place").as_string()) + " " + std::string(problem.at("code").as_string()) +
                 "\n";
    return QByteArray::fromStdString(lines);
}

QByteArray countsIn(const Response &response, const char *kind)
{
    const json::value &counts = response.data->at("counts").at(kind);
    return QByteArray::fromStdString(json::serialize(counts.at("create")) + " " + json::serialize(counts.at("change")) +
                                     " " + json::serialize(counts.at("keep")));
}

QByteArray changesIn(const Response &response)
{
    return QByteArray::fromStdString(json::serialize(response.data->at("change")));
}

bool nothingToDo(const Response &response)
{
    return response.ok() && response.data->at("nothing_to_do").as_bool();
}

QByteArray soundness(test::TestCore &core)
{
    const auto findings = core.core().store().read(
        [](store::Session &session) -> Result<identity::Findings> { return identity::checkCore(session); });
    if (!findings)
        return test::why(findings);
    std::string text;
    for (const identity::Finding &finding : findings->list)
        text += finding.object + ": " + finding.text + "\n";
    return QByteArray::fromStdString(text);
}

const std::string Small = R"({
 "entities": [
  {"name": "Ada", "aliases": [{"mount": "github", "name": "ada"}, {"accessor": "auth_radius_dead", "name": "old-ada"}],
   "metadata": {"site": "Zürich"}, "policies": ["build"]},
  {"name": "Bo", "disabled": true, "aliases": [{"mount": "directory", "name": "CORP\\bo", "custom_metadata": {"d": "4"}}]}],
 "groups": [
  {"name": "all", "member_groups": ["platform", "ext"], "policies": ["everyone"]},
  {"name": "platform", "member_entities": ["ada", "BO"], "metadata": {}},
  {"name": "ext", "type": "external", "member_entities": ["Bo"], "alias": {"mount": "directory", "name": "cn=ext"},
   "policies": []}],
 "policies": [{"name": "build", "policy": "path \"ci/*\" {\n  capabilities = [\"read\"]\n}\n"}]
})";

} // namespace

void TestDocumentRoutes::importsAndSaysWhatItDid()
{
    test::TestCore core;
    const Response done = import(core, Small);
    QVERIFY2(done.ok(), test::line(done));
    QCOMPARE(countsIn(done, "mounts"), QByteArray("2 0 0"));
    QCOMPARE(countsIn(done, "entities"), QByteArray("2 0 0"));
    QCOMPARE(countsIn(done, "groups"), QByteArray("3 0 0"));
    QCOMPARE(problemsIn(done), QByteArray("W groups[0].policies undefined-policy\n"));

    const Response ada = core.get("identity/entity/name/ada");
    QCOMPARE(test::member(ada, "name"), QByteArray("\"Ada\""));
    QCOMPARE(test::member(ada, "policies"), QByteArray("[\"build\"]"));
    const json::array &aliases = ada.data->at("aliases").as_array();
    QCOMPARE(aliases.size(), std::size_t{2});
    for (const json::value &alias : aliases) {
        const bool orphaned = alias.at("mount_accessor").as_string() == "auth_radius_dead";
        QCOMPARE(orphaned ? json::string("old-ada") : json::string("ada"), alias.at("name").as_string());
    }
    QCOMPARE(ada.data->at("direct_group_ids").as_array().size(), std::size_t{1});
    QCOMPARE(ada.data->at("inherited_group_ids").as_array().size(), std::size_t{1});
    QCOMPARE(test::member(core.get("identity/entity/name/bo"), "disabled"), QByteArray("true"));
    const Response ext = core.get("identity/group/name/ext");
    QCOMPARE(ext.data->at("member_entity_ids").as_array().size(), std::size_t{1});
    QVERIFY(ext.data->at("alias").at("name").as_string() == "cn=ext");
    QVERIFY(ext.data->at("alias").at("mount_type").as_string() == "ldap");
    QCOMPARE(soundness(core), QByteArray());
}

void TestDocumentRoutes::importingTwiceChangesNothing()
{
    test::TestCore core;
    QVERIFY(import(core, Small).ok());
    const QByteArray before = test::line(core.get("identity/group/name/platform"));
    const Response again = import(core, Small);
    QVERIFY2(nothingToDo(again), test::line(again));
    QCOMPARE(countsIn(again, "groups"), QByteArray("0 0 3"));
    QCOMPARE(test::line(core.get("identity/group/name/platform")), before);
}

void TestDocumentRoutes::exportImportExportGivesTheSameBytes()
{
    test::TestCore first;
    QVERIFY(import(first, Small).ok());
    const std::string document = exported(first);
    QVERIFY(document.find("\"accessor\": \"auth_radius_dead\"") != std::string::npos);
    test::TestCore second;
    const Response done = import(second, document);
    QVERIFY2(done.ok(), test::line(done));
    QCOMPARE(QByteArray::fromStdString(exported(second)), QByteArray::fromStdString(document));
    QVERIFY(nothingToDo(import(first, document)));
}

void TestDocumentRoutes::previewChangesNothing()
{
    test::TestCore core;
    const std::string before = exported(core);
    const Response shown = preview(core, Small);
    QVERIFY(shown.ok() && shown.data->at("importable").as_bool() && !shown.data->at("nothing_to_do").as_bool());
    QCOMPARE(json::serialize(shown.data->at("create").at("mounts")),
             std::string("[{\"name\":\"directory\",\"type\":\"ldap\"},{\"name\":\"github\",\"type\":\"github\"}]"));
    const json::object dry{{"document", Small}, {"dry_run", true}};
    const Response dryRun = core.post("kith/import", json::serialize(dry));
    QCOMPARE(test::line(dryRun), test::line(shown));
    QCOMPARE(exported(core), before);
}

void TestDocumentRoutes::saysWhatWouldChange()
{
    test::TestCore core;
    QVERIFY(import(core, Small).ok());
    const std::string document = R"({
        "entities": [{"name": "ADA", "disabled": true, "metadata": {"title": "x"}, "policies": ["deploy"],
                      "aliases": [{"mount": "github", "name": "ada2"}]}],
        "groups": [{"name": "platform", "member_entities": ["ada"], "member_groups": ["new"]}, {"name": "new"}]})";
    const Response shown = preview(core, document);
    const QByteArray changes = changesIn(shown);
    for (const char *part : {
             "{\"field\":\"name\",\"before\":\"Ada\",\"after\":\"ADA\"}",
             "{\"field\":\"disabled\",\"before\":\"false\",\"after\":\"true\"}",
             "{\"field\":\"metadata.site\",\"before\":\"Zürich\",\"after\":\"\"}",
             "{\"field\":\"metadata.title\",\"before\":\"\",\"after\":\"x\"}",
             "{\"field\":\"policies\",\"added\":[\"deploy\"],\"removed\":[\"build\"]}",
             "{\"field\":\"aliases.github\",\"before\":\"ada\",\"after\":\"ada2\"}",
             "{\"field\":\"member_entities\",\"added\":[],\"removed\":[\"Bo\"]}",
             "{\"field\":\"member_groups\",\"added\":[\"new\"],\"removed\":[]}",
         })
        QVERIFY2(changes.contains(part), part);
    QVERIFY(import(core, document).ok());
    QVERIFY(nothingToDo(preview(core, document)));
    QCOMPARE(soundness(core), QByteArray());
}

void TestDocumentRoutes::changesWhatTheDocumentStates()
{
    test::TestCore core;
    QVERIFY(import(core, Small).ok());
    QVERIFY(import(core, R"({
        "entities": [{"name": "ADA", "metadata": {"title": "x"}, "aliases": [{"mount": "github", "name": "ada2"}]}],
        "groups": [{"name": "Platform", "member_entities": ["ada"], "policies": ["p"], "metadata": {"k": "v"}},
                   {"name": "ext", "type": "external", "alias": {"mount": "directory", "name": "cn=other"}}],
        "policies": [{"name": "build", "policy": "path \"x\" { capabilities = [\"list\"] }"}]})")
                .ok());
    const Response ada = core.get("identity/entity/name/ada");
    QCOMPARE(test::member(ada, "name"), QByteArray("\"ADA\""));
    QCOMPARE(test::member(ada, "metadata"), QByteArray("{\"title\":\"x\"}"));
    QCOMPARE(test::member(ada, "policies"), QByteArray("[\"build\"]")); // not mentioned
    QCOMPARE(ada.data->at("aliases").as_array().size(), std::size_t{2});
    const Response platform = core.get("identity/group/name/platform");
    QCOMPARE(test::member(platform, "name"), QByteArray("\"Platform\""));
    QCOMPARE(platform.data->at("member_entity_ids").as_array().size(), std::size_t{1});
    QVERIFY(core.get("identity/group/name/ext").data->at("alias").at("name").as_string() == "cn=other");
    QVERIFY(exported(core).find("capabilities = [\\\"list\\\"]") != std::string::npos);
    QCOMPARE(soundness(core), QByteArray());
}

void TestDocumentRoutes::leavesAloneWhatTheDocumentDoesNotSay()
{
    test::TestCore core;
    QVERIFY(import(core, Small).ok());
    const std::string before = exported(core);
    QVERIFY(nothingToDo(import(core, R"({"entities": [{"name": "Ada", "aliases": []}],
                                         "groups": [{"name": "platform"}, {"name": "ext", "type": "external",
                                                     "member_entities": []}]})")));
    QCOMPARE(exported(core), before);
}

void TestDocumentRoutes::findsProblemsWithTheCore_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("problems");
    const auto row = [](const char *name, const char *document, const char *problems) {
        QTest::newRow(name) << QByteArray(document) << QByteArray(problems);
    };
    row("unknown entity", R"({"groups": [{"name": "g", "member_entities": ["Ada", "nobody"]}]})",
        "E groups[0].member_entities[1] unknown-member\n");
    row("unknown group", R"({"groups": [{"name": "g", "member_groups": ["ALL", "Ada"]}]})",
        "E groups[0].member_groups[1] unknown-member\n");
    row("alias of somebody else", R"({"entities": [{"name": "new", "aliases": [{"mount": "github", "name": "ADA"}]}]})",
        "E entities[0].aliases[0] alias-taken\n");
    row("group alias of another", R"({"groups": [{"name": "g", "type": "external",
        "alias": {"mount": "directory", "name": "CN=EXT"}}]})",
        "E groups[0].alias alias-taken\n");
    row("other type", R"({"groups": [{"name": "all", "type": "external"}]})", "E groups[0].type group-type\n");
    row("external members", R"({"groups": [{"name": "ext", "type": "external", "member_entities": ["Ada"]}]})",
        "W groups[0].member_entities external-members\n");
    row("mount of another type", R"({"mounts": [{"path": "github", "type": "oidc"}]})",
        "W mounts[0].type mount-type\n");
    row("no such type", R"({"mounts": [{"path": "new", "type": "magic"}]})", "E mounts[0].type mount-type\n");
    row("undefined",
        R"({"entities": [{"name": "x", "policies": ["build", "nope"]}, {"name": "y", "policies": ["nope"]}]})",
        "W entities[0].policies undefined-policy\n");
}

void TestDocumentRoutes::findsProblemsWithTheCore()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, problems);
    test::TestCore core;
    QVERIFY(import(core, Small).ok());
    const Response shown = preview(core, document.toStdString());
    QCOMPARE(problemsIn(shown), problems);
    QCOMPARE(shown.data->at("importable").as_bool(), !problems.startsWith("E"));
}

void TestDocumentRoutes::namesWholeCycles()
{
    test::TestCore core;
    const Response self = preview(core, R"({"groups": [{"name": "a", "member_groups": ["A"]}]})");
    QCOMPARE(problemsIn(self), QByteArray("E groups[0].member_groups[0] cycle\n"));
    std::string document = R"({"groups": [{"name": "top", "member_groups": ["g0"]})";
    for (int i = 0; i < 6; ++i)
        document += R"(, {"name": "g)" + std::to_string(i) + R"(", "member_groups": ["g)" +
                    std::to_string((i + 1) % 6) + "\"]}";
    const Response shown = preview(core, document + "]}");
    QCOMPARE(problemsIn(shown), QByteArray("E groups[6].member_groups[0] cycle\n"));
    const std::string text(shown.data->at("problems").at(0).at("text").as_string());
    QVERIFY2(text.find("\"g0\" → \"g1\" → \"g2\" → \"g3\" → \"g4\" → \"g5\" → \"g0\"") != std::string::npos,
             text.c_str());
    // A chain of many groups isn't walked by recursion.
    std::string chain = R"({"groups": [{"name": "g0"})";
    for (int i = 1; i < 20'000; ++i)
        chain += R"(, {"name": "g)" + std::to_string(i) + R"(", "member_groups": ["g)" + std::to_string(i - 1) + "\"]}";
    QCOMPARE(problemsIn(preview(core, chain + "]}")), QByteArray());
}

void TestDocumentRoutes::findsCyclesThroughGroupsOfTheCore()
{
    test::TestCore core;
    QVERIFY(import(core, R"({"groups": [{"name": "top", "member_groups": ["mid"]},
                                        {"name": "mid", "member_groups": ["low"]}, {"name": "low"}]})")
                .ok());
    const Response shown = preview(core, R"({"groups": [{"name": "low", "member_groups": ["top"]}]})");
    QCOMPARE(problemsIn(shown), QByteArray("E groups[0].member_groups[0] cycle\n"));
    const std::string text(shown.data->at("problems").at(0).at("text").as_string());
    QVERIFY2(text.find("\"low\" → \"top\" → \"mid\" → \"low\"") != std::string::npos, text.c_str());
}

/// Edges that leave may make room for edges that come.
void TestDocumentRoutes::turnsAHierarchyAround()
{
    test::TestCore core;
    QVERIFY(import(core, R"({"groups": [{"name": "a", "member_groups": ["b"]}, {"name": "b", "member_groups": ["c"]},
                                        {"name": "c"}]})")
                .ok());
    const std::string around = R"({"groups": [{"name": "a", "member_groups": []}, {"name": "b", "member_groups": ["a"]},
                                              {"name": "c", "member_groups": ["b"]}]})";
    const Response done = import(core, around);
    QVERIFY2(done.ok(), test::line(done));
    QVERIFY(nothingToDo(preview(core, around)));
    QCOMPARE(soundness(core), QByteArray());
}

void TestDocumentRoutes::refusesAnOldFingerprint()
{
    test::TestCore core;
    const Response shown = preview(core, Small);
    QVERIFY(import(core, R"({"entities": [{"name": "Ada"}]})").ok());
    const json::object agreed{{"document", Small}, {"fingerprint", shown.data->at("fingerprint")}};
    QCOMPARE(core.post("kith/import", json::serialize(agreed)).status, 412);
    QVERIFY(!core.get("identity/group/name/all").ok());
    const json::object anew{{"document", Small}, {"fingerprint", preview(core, Small).data->at("fingerprint")}};
    QVERIFY(core.post("kith/import", json::serialize(anew)).ok());
}

void TestDocumentRoutes::importsNothingWhenAnythingIsWrong()
{
    test::TestCore core;
    const std::string before = exported(core);
    const Response refused = import(core, R"({"entities": [{"name": "a"}, {"name": "A"}],
                                              "groups": [{"name": "g", "member_entities": ["b"]}]})");
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.errors.size(), std::size_t{2});
    QVERIFY(refused.errors[1].find("groups[0].member_entities[0] (group \"g\"): there is no entity \"b\"") == 0);
    QCOMPARE(import(core, "{\"entities\": [").status, 400);
    QCOMPARE(core.post("kith/import").status, 400);
    QCOMPARE(exported(core), before);
}

void TestDocumentRoutes::cancels()
{
    test::TestCore core;
    const std::string before = exported(core);
    Request request;
    request.operation = Operation::Update;
    request.path = "kith/import";
    request.token = "root";
    request.data = {{"document", Small}};
    request.progress = std::make_shared<Progress>();
    request.progress->cancelled = true;
    QCOMPARE(core.core().handle(request).status, 499);
    QCOMPARE(exported(core), before);
    request.progress->cancelled = false;
    QVERIFY(core.core().handle(request).ok());
    QVERIFY(request.progress->total > 0);

    Request out;
    out.path = "kith/export";
    out.token = "root";
    out.progress = std::make_shared<Progress>();
    QVERIFY(core.core().handle(out).ok());
    QVERIFY(out.progress->total > 0);
    QVERIFY(out.progress->done > 0 && out.progress->done <= out.progress->total);
    out.progress->cancelled = true;
    QCOMPARE(core.core().handle(out).status, 499);
}

void TestDocumentRoutes::carriesStrangeNames()
{
    const std::vector<std::string> names{"a/b//c/",
                                         "\"q\" \\b",
                                         "line\nbreak\r\n\t",
                                         "\u202Eright\u200F",
                                         "👩🏽‍🚀",
                                         std::string(10'000, 'n'),
                                         " blanks ",
                                         "%00",
                                         "\x01\x7F",
                                         "ẞß",
                                         "İ"};
    json::array entities;
    json::array groups;
    for (const std::string &name : names) {
        entities.emplace_back(json::object{
            {"name", name}, {"aliases", json::array{json::object{{"mount", "userpass"}, {"name", name}}}}});
        groups.emplace_back(json::object{{"name", name}, {"member_entities", json::array{name}}});
    }
    test::TestCore first;
    const Response done = import(first, json::serialize(json::object{{"entities", entities}, {"groups", groups}}));
    QVERIFY2(done.ok(), test::line(done));
    test::TestCore second;
    QVERIFY(import(second, exported(first)).ok());
    QCOMPARE(exported(second), exported(first));
    QCOMPARE(soundness(second), QByteArray());
}

void TestDocumentRoutes::sharedDocuments_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("plain") << QStringLiteral("data/kubernetes-org.json");
    QTest::newRow("rich") << QStringLiteral("data/kubernetes-org-rich.json");
}

void TestDocumentRoutes::sharedDocuments()
{
    QFETCH(QString, file);
    const std::string document = test::sharedFile(file).toStdString();
    if (document.empty())
        QSKIP("no shared data here");
    test::TestCore core;
    QElapsedTimer timer;
    timer.start();
    const Response shown = preview(core, document);
    const qint64 previewed = timer.restart();
    QVERIFY2(shown.ok() && shown.data->at("importable").as_bool(), test::line(shown).left(2000));
    const Response done = import(core, document);
    qInfo("preview %lld ms, import %lld ms", previewed, timer.elapsed());
    QVERIFY2(done.ok(), test::line(done).left(2000));
    QCOMPARE(countsIn(done, "entities"), QByteArray("1509 0 0"));
    QVERIFY(nothingToDo(import(core, document)));
    const std::string out = exported(core);
    test::TestCore second;
    QVERIFY(import(second, out).ok());
    QCOMPARE(exported(second), out);
    QCOMPARE(soundness(core), QByteArray());
    // But for what no document holds, the export is the document: the same objects in the same words.
    json::object given = json::parse(document).as_object();
    json::object back = json::parse(out).as_object();
    QCOMPARE(back.at("entities").as_array().size(), given.at("entities").as_array().size());
    for (std::size_t i = 0; i < given.at("groups").as_array().size(); ++i)
        QCOMPARE(json::serialize(back.at("groups").at(i).at("name")),
                 json::serialize(given.at("groups").at(i).at("name")));
}

/// Neither what is there nor what is added is too much, but both together.
void TestDocumentRoutes::addsNoMoreMetadataThanFits()
{
    test::TestCore core;
    const auto adding = [](const char *prefix, int count) {
        json::object metadata;
        for (int i = 0; i < count; ++i)
            metadata[prefix + std::to_string(i)] = "v";
        return json::serialize(
            json::object{{"lists", "add"},
                         {"entities", json::array{json::object{{"name", "ada"}, {"metadata", metadata}}}},
                         {"groups", json::array{json::object{{"name", "ops"}, {"metadata", metadata}}}}});
    };
    const Response first = import(core, adding("a", 40));
    QVERIFY2(first.ok(), test::line(first));
    QCOMPARE(problemsIn(preview(core, adding("b", 40))),
             QByteArray("E entities[0].metadata metadata\nE groups[0].metadata metadata\n"));
    QCOMPARE(import(core, adding("b", 40)).status, 400);
    const Response fitting = import(core, adding("b", 24));
    QVERIFY2(fitting.ok(), test::line(fitting));
    QCOMPARE(core.get("identity/entity/name/ada").data->at("metadata").as_object().size(), std::size_t{64});
}

void TestDocumentRoutes::sample()
{
    test::TestCore core;
    const std::string document = test::projectFile(QStringLiteral("resources/sample.json")).toStdString();
    const Response done = import(core, document);
    QVERIFY2(done.ok(), test::line(done).left(2000));
    QCOMPARE(problemsIn(done).count("undefined-policy"), 4);
    QCOMPARE(problemsIn(done).count('\n'), 4);
    QVERIFY(nothingToDo(preview(core, document)));
    QCOMPARE(soundness(core), QByteArray());
}

QTEST_GUILESS_MAIN(TestDocumentRoutes)
#include "tst_DocumentRoutes.moc"
