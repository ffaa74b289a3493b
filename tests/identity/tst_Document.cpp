// SPDX-License-Identifier: Apache-2.0
#include "identity/Document.h"
#include "support/Shared.h"

#include <QTest>

using namespace kith;
using namespace kith::identity;

namespace {

/// Every problem on a line of its own: "E place: code".
QByteArray problemsOf(std::string_view text)
{
    Problems problems;
    Document::parse(text, problems);
    std::string lines;
    for (const Problem &problem : problems.list())
        lines +=
            (problem.severity == Problem::Severity::Error ? "E " : "W ") + problem.place + ": " + problem.code + "\n";
    return QByteArray::fromStdString(lines);
}

QByteArray wordsOf(std::string_view text)
{
    Problems problems;
    Document::parse(text, problems);
    std::string lines;
    for (const Problem &problem : problems.list())
        lines += inWords(problem) + "\n";
    return QByteArray::fromStdString(lines);
}

std::string withGroup(const std::string &fields)
{
    return R"({"groups": [{"name": "g", )" + fields + "}]}";
}

std::string withEntity(const std::string &fields)
{
    return R"({"entities": [{"name": "e", )" + fields + "}]}";
}

} // namespace

class TestDocument : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryKey();
    void acceptsAByteOrderMark();
    void saysWhatTheTextGetsWrong_data();
    void saysWhatTheTextGetsWrong();
    void saysWhatTheContentGetsWrong_data();
    void saysWhatTheContentGetsWrong();
    void namesTheObject();
    void keepsStrangeNames();
    void cutsLongNamesInMessages();
    void keepsTheFirstThousandProblems();
    void readsTheSharedDocuments();
    void readsTheSample();
    void endsEveryTruncationInWords();
    void readsHundredMegabytes();
    void refusesWhatIsTooLarge();
};

void TestDocument::readsEveryKey()
{
    Problems problems;
    const Document document = Document::parse(R"({
        "source": "a test",
        "mounts": [{"path": "auth/corp/", "type": "ldap", "description": "d", "local": true}],
        "policies": [{"name": "Read", "policy": "path \"a\" { capabilities = [\"read\"] }", "cas_required": true,
                      "expiration": "2030-01-31T12:00:00.5+02:00", "allow_slashes_in_identity_templates": true,
                      "allow_wildcards_in_identity_templates": false}],
        "entities": [{"name": "Ada", "disabled": true, "metadata": {"b": "2", "a": ""}, "policies": ["B", " a ", "b", ""],
                      "aliases": [{"mount": "corp", "name": "ADA", "custom_metadata": {"desk": "4"}},
                                  {"accessor": "auth_radius_1", "name": "old", "metadata": {"m": "n"}}]}],
        "groups": [{"name": "G", "type": "external", "policies": [], "member_entities": ["Ada", "ada"],
                    "alias": {"mount": "corp", "name": "cn=g"}},
                   {"name": "H", "member_groups": ["G"], "metadata": null}]
    })",
                                              problems);
    const QByteArray warning =
        R"(groups[0].member_entities[1] (group "G"): "ada" stands twice in the list; it counts once)";
    QCOMPARE(QByteArray::fromStdString(inWords(problems.list().at(0))), warning);
    QCOMPARE(problems.list().size(), std::size_t{1});

    QCOMPARE(document.mounts.at(0).path, std::string("corp"));
    QCOMPARE(document.mounts.at(0).type, std::string("ldap"));
    QVERIFY(document.mounts.at(0).local);
    const document::Policy &policy = document.policies.at(0);
    QCOMPARE(policy.name, std::string("read"));
    QVERIFY(policy.casRequired.value() && policy.allowSlashes.value() && !policy.allowWildcards.value());
    QCOMPARE(toRfc3339(policy.expires.value()), std::string("2030-01-31T10:00:00.5Z"));
    const document::Entity &ada = document.entities.at(0);
    QCOMPARE(ada.name, std::string("Ada"));
    QVERIFY(ada.disabled.value());
    QCOMPARE(ada.metadata.value(), (Metadata{{"a", ""}, {"b", "2"}}));
    QCOMPARE(ada.policies.value(), (std::vector<std::string>{"a", "b"}));
    QCOMPARE(ada.aliases.at(0).mount, std::string("corp"));
    QCOMPARE(ada.aliases.at(0).customMetadata.value(), (Metadata{{"desk", "4"}}));
    QVERIFY(!ada.aliases.at(0).metadata);
    QCOMPARE(ada.aliases.at(1).accessor, std::string("auth_radius_1"));
    QVERIFY(ada.aliases.at(1).mount.empty());
    const document::Group &external = document.groups.at(0);
    QVERIFY(external.external && external.policies && external.policies->empty() && !external.memberGroups);
    QCOMPARE(external.memberEntities->size(), std::size_t{1});
    QCOMPARE(external.alias->name, std::string("cn=g"));
    const document::Group &internal = document.groups.at(1);
    QVERIFY(!internal.external && !internal.policies && !internal.metadata && !internal.memberEntities);
    QCOMPARE(internal.memberGroups->at(0).name, std::string("G"));
}

void TestDocument::acceptsAByteOrderMark()
{
    QCOMPARE(problemsOf("\xEF\xBB\xBF{\"entities\": []}"), QByteArray());
}

void TestDocument::saysWhatTheTextGetsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QByteArray &text, const char *words) {
        QTest::newRow(name) << text << QByteArray(words);
    };
    row("empty", "", "the document is empty\n");
    row("blank", " \n\t", "the document is empty\n");
    row("comma", "{\n \"entities\": [\n  {\"name\": \"ä\" \"x\"}\n ]\n}",
        "line 3, column 16: this isn't JSON: unexpected \"\\\"\" (a comma, a quote or a bracket is missing or too much "
        "just before)\n");
    row("truncated", "{\n \"entities\": [", "line 2, column 15: the document ends in the middle; it was cut off\n");
    row("truncated character", "{\"entities\": [{\"name\": \"Andr\xC3",
        "line 1, column 29: the document ends in the middle of a character; it was cut off\n");
    row("half a character", R"({"entities": [{"name": "\ud83d"}]})",
        "line 1, column 31: an escape such as \\ud83d is one half of a character and the other half is missing (a lone "
        "surrogate): write both halves, or the character itself\n");
    row("the other half", R"({"entities": [{"name": "\ude00"}]})",
        "line 1, column 31: an escape such as \\ud83d is one half of a character and the other half is missing (a lone "
        "surrogate): write both halves, or the character itself\n");
    row("no escape", R"({"entities": [{"name": "\u12x4"}]})",
        "line 1, column 29: four hexadecimal digits must follow \\u, not \"x\"\n");
    row("truncated string", "{\"enti", "line 1, column 7: the document ends in the middle; it was cut off\n");
    row("more", "{}\n{}", "line 2, column 1: something follows after the end of the document: \"{\"\n");
    row("key twice", "{\"groups\": [],\n \"groups\": []}",
        "line 2, column 9: the key \"groups\" stands twice in the same object; join the two\n");
    row("utf-16 le", QByteArray("\xFF\xFE{\0}\0", 6),
        "line 1, column 1: this is encoded in UTF-16; save it as UTF-8\n");
    row("utf-16 be", QByteArray("\xFE\xFF\0{\0}", 6),
        "line 1, column 1: this is encoded in UTF-16; save it as UTF-8\n");
    row("utf-16, no mark", QByteArray("{\0}\0", 4), "line 1, column 1: this is encoded in UTF-16; save it as UTF-8\n");
    row("utf-32", QByteArray("\xFF\xFE\0\0{\0\0\0", 8),
        "line 1, column 1: this is encoded in UTF-32; save it as UTF-8\n");
    row("latin-1", "{\"entities\": [{\"name\":\n\"Andr\xE9\"}]}",
        "line 2, column 6: the byte 0xE9 isn't UTF-8: the document is in another encoding, such as Latin-1; save it as "
        "UTF-8\n");
    row("surrogate", "{\"source\": \"\xED\xA0\x80\"}",
        "line 1, column 13: the byte 0xED isn't UTF-8: the document is in another encoding, such as Latin-1; save it "
        "as UTF-8\n");
    row("gzip", "\x1F\x8B\x08", "line 1, column 1: this is compressed with gzip; unpack it first (gunzip)\n");
    row("core", "SQLite format 3",
        "line 1, column 1: this is a core file (SQLite), not a document; open it with "
        "--core\n");
    row("deep", QByteArray(100, '['),
        "line 1, column 65: objects and lists are nested too deeply for an identity "
        "document\n");
    row("no object", "[]",
        R"(a document is an object with the lists "entities", "groups" and "policies")"
        "\n");
    row("other JSON", "{\"a\": 1}",
        "\"a\": a document has no such key; it is ignored\n"
        R"(this isn't an identity document: it has none of the lists "entities", "groups", "policies")"
        "\n");
}

void TestDocument::saysWhatTheTextGetsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    QCOMPARE(wordsOf({text.constData(), static_cast<std::size_t>(text.size())}), words);
}

void TestDocument::saysWhatTheContentGetsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const std::string &text, const char *expected) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(expected);
    };
    row("list is an object", R"({"entities": {}})", "E entities: wrong-type\n");
    row("entity is a text", R"({"entities": ["ada"]})", "E entities[0]: wrong-type\n");
    row("no name", R"({"entities": [{}]})", "E entities[0].name: no-name\n");
    row("empty name", R"({"groups": [{"name": ""}]})", "E groups[0].name: no-name\n");
    row("number as name", R"({"groups": [{"name": 7}]})", "E groups[0].name: wrong-type\n");
    row("fraction as name", R"({"groups": [{"name": 7.5}]})", "E groups[0].name: wrong-type\n");
    row("fraction in metadata", withEntity(R"("metadata": {"a": 1.0})"), "E entities[0].metadata.a: wrong-type\n");
    row("fraction among policies", withEntity(R"("policies": ["a", 1.5])"), "E entities[0].policies[1]: wrong-type\n");
    row("disabled as text", withEntity(R"("disabled": "yes")"), "E entities[0].disabled: wrong-type\n");
    row("number in metadata", withEntity(R"("metadata": {"a": 1})"), "E entities[0].metadata.a: wrong-type\n");
    row("number among policies", withEntity(R"("policies": ["a", 1])"), "E entities[0].policies[1]: wrong-type\n");
    row("root", withGroup(R"("policies": ["a", "ROOT"])"), "E groups[0].policies[1]: root-policy\n");
    row("unknown key", withGroup(R"("member_entites": [])"), "W groups[0].\"member_entites\": unknown-key\n");
    row("type", withGroup(R"("type": "External")"), "E groups[0].type: wrong-type\n");
    row("same name", R"({"entities": [{"name": "a"}, {"name": "b"}, {"name": "a"}]})",
        "E entities[2].name: duplicate-name\n");
    row("same name, other case", R"({"groups": [{"name": "ΑΘΗΝΑ"}, {"name": "αθηνα"}]})",
        "E groups[1].name: duplicate-name\n");
    row("entity and group of one name", R"({"entities": [{"name": "a"}], "groups": [{"name": "a"}]})", "");
    row("same alias", R"({"entities": [{"name": "a", "aliases": [{"mount": "m", "name": "x"}]},
                                       {"name": "b", "aliases": [{"mount": "auth/m/", "name": "X"}]}]})",
        "E entities[1].aliases[0]: duplicate-alias\n");
    row("two on a mount", withEntity(R"("aliases": [{"mount": "m", "name": "x"}, {"mount": "m", "name": "y"}])"),
        "E entities[0].aliases[1]: two-aliases\n");
    row("no mount", withEntity(R"("aliases": [{"name": "x"}])"), "E entities[0].aliases[0]: no-mount\n");
    row("mount and accessor", withEntity(R"("aliases": [{"name": "x", "mount": "m", "accessor": "a"}])"),
        "E entities[0].aliases[0]: no-mount\n");
    row("same group alias", R"({"groups": [{"name": "a", "type": "external", "alias": {"mount": "m", "name": "x"}},
                                           {"name": "b", "type": "external", "alias": {"mount": "m", "name": "X"}}]})",
        "E groups[1].alias: duplicate-alias\n");
    row("internal with alias", withGroup(R"("alias": {"mount": "m", "name": "x"})"),
        "E groups[0].alias: internal-alias\n");
    row("external with subgroup", withGroup(R"("type": "external", "member_groups": ["h"])"),
        "E groups[0].member_groups: external-subgroups\n");
    row("metadata key", withEntity(R"("metadata": {"a b": "1"})"), "E entities[0].metadata: metadata\n");
    row("metadata value", withGroup(R"("metadata": {"a": ")" + std::string(513, 'x') + R"("})"),
        "E groups[0].metadata: metadata\n");
    row("custom metadata", withEntity(R"("aliases": [{"mount": "m", "name": "x", "custom_metadata": {"a": ""}}])"),
        "E entities[0].aliases[0].custom_metadata: metadata\n");
    row("policy text", R"({"policies": [{"name": "p", "policy": "path {"}]})", "E policies[0].policy: policy-text\n");
    row("no policy text", R"({"policies": [{"name": "p"}]})", "E policies[0].policy: policy-text\n");
    row("policy root", R"({"policies": [{"name": "Root", "policy": "path \"a\" { capabilities = [\"read\"] }"}]})",
        "E policies[0].name: fixed-policy\n");
    row("same policy", R"({"policies": [{"name": "p", "policy": "path \"a\" { capabilities = [\"read\"] }"},
                                        {"name": "P", "policy": "path \"a\" { capabilities = [\"read\"] }"}]})",
        "E policies[1].name: duplicate-name\n");
    row("expiration", R"({"policies": [{"name": "p", "policy": "path \"a\" { capabilities = [\"read\"] }",
                                        "expiration": "tomorrow"}]})",
        "E policies[0].expiration: wrong-type\n");
    row("mount without path", R"({"mounts": [{"type": "ldap"}]})", "E mounts[0].path: no-name\n");
    row("many at once", R"({"entities": [{"name": 1}, {"disabled": 0}, 7], "groups": 8})",
        "E entities[0].name: wrong-type\nE entities[1].name: no-name\nE entities[1].disabled: wrong-type\n"
        "E entities[2]: wrong-type\nE groups: wrong-type\n");
}

void TestDocument::saysWhatTheContentGetsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(problemsOf({text.constData(), static_cast<std::size_t>(text.size())}), expected);
}

void TestDocument::namesTheObject()
{
    const QByteArray sameName = wordsOf(R"({"entities": [{"name": "ada"}, {"name": "Ada"}]})");
    QCOMPARE(sameName, QByteArray("entities[1].name (entity \"Ada\"): the name is taken by entities[0].name, \"ada\": "
                                  "names that differ only in case are the same name\n"));
    const QByteArray wrongType = wordsOf(R"({"groups": [{"name": "ops", "policies": "deploy"}]})");
    QCOMPARE(wrongType, QByteArray("groups[0].policies (group \"ops\"): expected a list, found a text\n"));
    const QByteArray policy =
        wordsOf(R"({"policies": [{"name": "p", "policy": "path \"a\" {\n capabilities = [\"reed\"]\n}"}]})");
    QCOMPARE(policy, QByteArray("policies[0].policy (policy \"p\"): failed to parse policy: path \"a\": path \"a\": "
                                "invalid capability \"reed\"\n"));
}

void TestDocument::keepsStrangeNames()
{
    const std::vector<std::string> names{"a/b//c/",
                                         R"("quoted" and \back)",
                                         "line\nbreak\r\n\ttab",
                                         "\u202Eright\u200F",
                                         "👩🏽‍🚀🏴‍☠️",
                                         std::string(10'000, 'n'),
                                         " blanks ",
                                         "%00%2e",
                                         std::string("nul\0inside", 10)};
    boost::json::array entities;
    for (const std::string &name : names)
        entities.emplace_back(boost::json::object{{"name", name}});
    Problems problems;
    const Document document =
        Document::parse(boost::json::serialize(boost::json::object{{"entities", entities}}), problems);
    QVERIFY(problems.list().empty());
    for (std::size_t i = 0; i < names.size(); ++i)
        QCOMPARE(document.entities.at(i).name, names[i]);
}

void TestDocument::cutsLongNamesInMessages()
{
    const QByteArray words =
        wordsOf(R"({"entities": [{"disabled": 1, "name": "\u202E)" + std::string(9'997, 'n') + "\"}]}");
    QCOMPARE(words, QByteArray("entities[0].disabled (entity \"\\u202e") + QByteArray(57, 'n') +
                        "…\" (10000 bytes)): expected true or false, found a number\n");
}

void TestDocument::keepsTheFirstThousandProblems()
{
    std::string text = R"({"entities": [)";
    for (int i = 0; i < 2500; ++i)
        text += "1,";
    text += "1]}";
    Problems problems;
    Document::parse(text, problems);
    QCOMPARE(problems.list().size(), Problems::Kept);
    QCOMPARE(problems.leftOut(), std::size_t{1501});
    QVERIFY(problems.hasErrors());
}

void TestDocument::readsTheSharedDocuments()
{
    const QByteArray plain = test::sharedFile("data/kubernetes-org.json");
    if (plain.isEmpty())
        QSKIP("no shared data here");
    Problems problems;
    const Document document = Document::parse(plain.toStdString(), problems);
    QVERIFY(problems.list().empty());
    QCOMPARE(document.entities.size(), std::size_t{1509});
    QCOMPARE(document.groups.size(), std::size_t{782});
    QCOMPARE(document.policies.size(), std::size_t{611});
    const Document rich = Document::parse(test::sharedFile("data/kubernetes-org-rich.json").toStdString(), problems);
    QVERIFY(problems.list().empty());
    QCOMPARE(rich.groups.size(), std::size_t{802});
}

void TestDocument::readsTheSample()
{
    Problems problems;
    const Document document = Document::parse(test::projectFile("resources/sample.json").toStdString(), problems);
    QCOMPARE(QByteArray::fromStdString(problems.list().empty() ? "" : inWords(problems.list().front())), QByteArray());
    QCOMPARE(document.groups.size(), std::size_t{40});
    QVERIFY(document.entities.size() >= 150);
}

/// Cut anywhere, a document is refused with a place, never half understood.
void TestDocument::endsEveryTruncationInWords()
{
    const std::string whole = R"({"entities": [{"name": "Zoë", "metadata": {"k": "v\n"}, "disabled": false}]})";
    for (std::size_t length = 1; length < whole.size(); ++length) {
        Problems problems;
        const Document document = Document::parse(std::string_view(whole).substr(0, length), problems);
        QCOMPARE(problems.list().size(), std::size_t{1});
        QVERIFY2(problems.list().front().code == "syntax" || problems.list().front().code == "encoding",
                 problems.list().front().code.c_str());
        QVERIFY(!problems.list().front().place.empty());
        QVERIFY(document.entities.empty());
    }
}

void TestDocument::readsHundredMegabytes()
{
    if (!qEnvironmentVariableIsSet("KITH_LONG"))
        QSKIP("set KITH_LONG=1");
    std::string text = R"({"entities": [)";
    text.reserve(std::size_t{105} << 20);
    std::size_t count = 0;
    while (text.size() < std::size_t{100} << 20) {
        text += (count == 0 ? "" : ",\n") + std::string(R"({"name": "person-)") + std::to_string(count) +
                R"(", "metadata": {"site": "Zürich", "title": "of many"}, "aliases": [{"mount": "m", "name": "p-)" +
                std::to_string(count) + "\"}]}";
        ++count;
    }
    text += "]}";
    Problems problems;
    QCOMPARE(Document::parse(text, problems).entities.size(), count);
    QVERIFY(problems.list().empty());
}

void TestDocument::refusesWhatIsTooLarge()
{
    Problems problems;
    Document::parse(std::string((std::size_t{256} << 20) + 1, ' '), problems);
    QCOMPARE(QByteArray::fromStdString(inWords(problems.list().at(0))),
             QByteArray("the document has more than 256 MiB, which is the most that can be imported at once: split it "
                        "into several documents"));
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_Document.moc"
