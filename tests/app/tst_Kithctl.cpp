// SPDX-License-Identifier: Apache-2.0
#include "app/KithctlFixture.h"
#include "support/Shared.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace kith;
using test::KithctlFixture;

/// kithctl as people run it: a process, its output, its messages, its exit status.
class TestKithctl : public QObject, protected KithctlFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { start(); }
    void wrongUsage_data();
    void wrongUsage();
    void helpAndVersion();
    void usesTheDefaultFile();
    void importsTheSample();
    void dryRunCreatesNothing();
    void readsStandardInput();
    void exportsWhatWasImported();
    void explainsInWords();
    void explainsAsJson();
    void countsWaysExactly();
    void saysWhoHasAPolicy();
    void searches();
    void namesCannotMoveTheCursor();
    void badDocuments_data();
    void badDocuments();
    void badDocumentsChangeNothing();
    void saysThatRootIsBuiltIn();
    void namesTheDocumentWhateverItIsCalled();
};

void TestKithctl::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *arguments, const char *message) {
        QTest::newRow(arguments) << QString::fromUtf8(arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts)
                                 << QString::fromUtf8(message);
    };
    row("", "a command is missing");
    row("frobnicate", "there is no command \"frobnicate\"");
    row("import", "import needs a document");
    row("import a b", "\"b\" is too much after import");
    row("export x", "\"x\" is too much after export");
    row("explain entity", "explain needs a kind and a name");
    row("explain person ada", "neither entity nor group");
    row("who", "who needs a policy");
    row("search", "search needs a text");
    row("--core", "--core needs a file");
    row("--frob export", "there is no option --frob");
    row("export --json", "export has no --json");
    row("check --dry-run", "check has no --dry-run");
    row("--addr", "--addr needs a URL");
    row("--addr host:8200 export", "--addr wants a URL such as");
    row("--addr http://h --core f export", "either --core or --addr");
    row("--ca f export", "--token-file, --ca and --namespace go with --addr");
    row("--addr http://h --ca f --ca g export", "are given once for one server");
    row("diff a", "diff needs two cores");
    row("copy a b c", "\"c\" is too much after copy");
    row("--core f copy a b", "copy names both cores after it");
    row("diff a b --dry-run", "diff has no --dry-run");
    row("--namespace n diff a b", "are for servers");
    row("--token-file f copy http://a http://b", "a token is for one server");
    row("--token-file f diff @a http://b", "a token is for one server");
    row("--connection a --addr http://h export", "one of --core, --addr and --connection");
}

void TestKithctl::wrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    const Run done = run(arguments);
    QCOMPARE(done.status, 2);
    QVERIFY2(done.err.contains(message), qPrintable(done.err));
    QVERIFY(done.err.contains(QStringLiteral("--help")));
    QCOMPARE(done.out, QString());
}

void TestKithctl::helpAndVersion()
{
    for (const char *option : {"--help", "-h"}) {
        const Run help = run({QString::fromUtf8(option)});
        QCOMPARE(help.status, 0);
        QVERIFY(help.out.startsWith(QStringLiteral("Usage: kithctl [--core FILE | --addr URL")));
    }
    const Run version = run({QStringLiteral("--version")});
    QCOMPARE(version.status, 0);
    QVERIFY(version.out.startsWith(QStringLiteral("kithctl 0.")));
}

void TestKithctl::usesTheDefaultFile()
{
    const Run none = run({QStringLiteral("export")});
    QCOMPARE(none.status, 1);
    QVERIFY2(none.err.contains(path("data/kith/core.db")), qPrintable(none.err));
    QVERIFY(!QFile::exists(path("data")));
    QCOMPARE(run({QStringLiteral("import"), QStringLiteral("-")}, "{\"entities\": [{\"name\": \"ada\"}]}").status, 0);
    QVERIFY(QFile::exists(path("data/kith/core.db")));
    QVERIFY(run({QStringLiteral("export")}).out.contains(QStringLiteral("\"ada\"")));
}

void TestKithctl::importsTheSample()
{
    const QString sample = QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json");
    const Run done = onCore({QStringLiteral("import"), sample});
    QCOMPARE(done.status, 0);
    QVERIFY2(done.out.contains(QStringLiteral("groups    40 new")), qPrintable(done.out));
    QCOMPARE(done.err.count(QStringLiteral("isn't defined")), 4);
    const Run again = onCore({QStringLiteral("import"), sample});
    QCOMPARE(again.status, 0);
    QVERIFY2(again.out.startsWith(QStringLiteral("Nothing to do")), qPrintable(again.out));
    QCOMPARE(onCore({QStringLiteral("check")}).status, 0);
}

void TestKithctl::dryRunCreatesNothing()
{
    const QString document = write("d.json", "{\"groups\": [{\"name\": \"g\", \"policies\": [\"b\"]}]}");
    const Run preview = onCore({QStringLiteral("import"), document, QStringLiteral("--dry-run")});
    QCOMPARE(preview.status, 0);
    QVERIFY2(preview.out.contains(QStringLiteral("groups    1 new")), qPrintable(preview.out));
    QVERIFY(!QFile::exists(core()));
    importDocument("{\"groups\": [{\"name\": \"g\", \"policies\": [\"a\"]}]}");
    const QString before = onCore({QStringLiteral("export")}).out;
    const Run change = onCore({QStringLiteral("import"), document, QStringLiteral("--dry-run")});
    QVERIFY2(change.out.contains(QStringLiteral("group g\n    policies: + b; − a\n")), qPrintable(change.out));
    QCOMPARE(onCore({QStringLiteral("export")}).out, before);
}

void TestKithctl::readsStandardInput()
{
    importDocument("\xEF\xBB\xBF{\"entities\": [{\"name\": \"Zoë\"}]}");
    QVERIFY(onCore({QStringLiteral("export")}).out.contains(QStringLiteral("Zoë")));
}

void TestKithctl::exportsWhatWasImported()
{
    importDocument(test::projectFile(QStringLiteral("resources/sample.json")));
    const Run first = onCore({QStringLiteral("export")});
    QCOMPARE(first.status, 0);
    const QString document = write("out.json", first.out.toUtf8());
    const QString other = path("other.db");
    QCOMPARE(run({QStringLiteral("--core"), other, QStringLiteral("import"), document}).status, 0);
    QCOMPARE(run({QStringLiteral("--core=") + other, QStringLiteral("export")}).out, first.out);
}

void TestKithctl::explainsInWords()
{
    importDocument(R"({"entities": [{"name": "ada", "policies": ["own"]}],
        "groups": [{"name": "top", "member_groups": ["l", "r"], "policies": ["deploy"]},
                   {"name": "l", "member_groups": ["low"]}, {"name": "r", "member_groups": ["low"]},
                   {"name": "low", "member_entities": ["ada"]}],
        "policies": [{"name": "deploy", "policy": "path \"a\" { capabilities = [\"read\"] }"}]})");
    const Run entity = onCore({QStringLiteral("explain"), QStringLiteral("entity"), QStringLiteral("ADA")});
    QCOMPARE(entity.status, 0);
    QVERIFY2(
        entity.out.endsWith(QStringLiteral("2 policies\n\ndeploy\n    low → l → top · 2 ways\n\nown · not defined: "
                                           "grants nothing\n    on the entity itself\n")),
        qPrintable(entity.out));
    const Run group = onCore({QStringLiteral("explain"), QStringLiteral("group"), QStringLiteral("low")});
    QVERIFY2(group.out.contains(QStringLiteral("1 policy\n\ndeploy\n    low → l → top · 2 ways\n")),
             qPrintable(group.out));
    const Run nobody = onCore({QStringLiteral("explain"), QStringLiteral("entity"), QStringLiteral("bo")});
    QCOMPARE(nobody.status, 1);
    QVERIFY2(nobody.err.contains(QStringLiteral("there is no entity \"bo\"")), qPrintable(nobody.err));
}

void TestKithctl::explainsAsJson()
{
    importDocument(R"({"entities": [{"name": "ada", "policies": ["own"]}],
        "groups": [{"name": "top", "member_groups": ["low"], "policies": ["own"]},
                   {"name": "low", "member_entities": ["ada"]}]})");
    const Run done =
        onCore({QStringLiteral("explain"), QStringLiteral("entity"), QStringLiteral("ada"), QStringLiteral("--json")});
    QCOMPARE(done.status, 0);
    QString expected =
        QStringLiteral("{\"entity\":{\"id\":\"ID\",\"name\":\"ada\"},\"policies\":[{\"name\":\"own\","
                       "\"defined\":false,\"sources\":[{\"kind\":\"entity\",\"chain\":[],\"chains\":\"1\"},"
                       "{\"kind\":\"group\",\"chain\":[\"low\",\"top\"],\"chains\":\"1\"}]}]}\n");
    const QString id =
        QJsonDocument::fromJson(done.out.toUtf8())[QStringLiteral("entity")][QStringLiteral("id")].toString();
    QCOMPARE(id.size(), 36);
    QCOMPARE(done.out, expected.replace(QStringLiteral("ID"), id));
    QCOMPARE(onCore({QStringLiteral("explain"), QStringLiteral("entity"), id, QStringLiteral("--json")}).out, done.out);
    const Run group =
        onCore({QStringLiteral("explain"), QStringLiteral("group"), QStringLiteral("low"), QStringLiteral("--json")});
    QVERIFY2(group.out.startsWith(QStringLiteral("{\"group\":{\"id\":")), qPrintable(group.out));
}

/// A lattice of 300 diamonds: 2^300 ways, at once.
void TestKithctl::countsWaysExactly()
{
    QJsonArray groups;
    const auto group = [&](const QString &name, const QJsonArray &below) {
        groups.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("member_groups"), below}});
    };
    for (int i = 0; i < 300; ++i) {
        const QString n = QString::number(i);
        const QString below = i == 0 ? QStringLiteral("bottom") : QStringLiteral("top") + QString::number(i - 1);
        group(QStringLiteral("left") + n, {below});
        group(QStringLiteral("right") + n, {below});
        group(QStringLiteral("top") + n, {QStringLiteral("left") + n, QStringLiteral("right") + n});
    }
    groups.append(QJsonObject{{QStringLiteral("name"), QStringLiteral("bottom")}});
    groups.append(QJsonObject{{QStringLiteral("name"), QStringLiteral("all")},
                              {QStringLiteral("policies"), QJsonArray{QStringLiteral("p")}},
                              {QStringLiteral("member_groups"), QJsonArray{QStringLiteral("top299")}}});
    importDocument(QJsonDocument(QJsonObject{{QStringLiteral("groups"), groups}}).toJson());
    const Run done = onCore({QStringLiteral("explain"), QStringLiteral("group"), QStringLiteral("bottom")});
    QVERIFY2(done.out.contains(QStringLiteral(
                 " · 2037035976334486086268445688409378161051468393665936250636140449354381299763336706183397376 "
                 "ways\n")),
             qPrintable(done.out.right(400)));
}

void TestKithctl::saysWhoHasAPolicy()
{
    importDocument(R"({"entities": [{"name": "ada", "policies": ["p"]}, {"name": "bo", "disabled": true}],
        "groups": [{"name": "top", "member_groups": ["low"], "policies": ["P"]},
                   {"name": "low", "member_entities": ["bo"]}]})");
    const Run done = onCore({QStringLiteral("who"), QStringLiteral("P")});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.out, QStringLiteral("p · not defined: grants nothing\n2 entities have it, 2 groups give it\n\n"
                                      "groups\n    top\n    low → top\n\n"
                                      "entities\n    ada · on the entity itself\n    bo (disabled) · low → top\n"));
    const Run json = onCore({QStringLiteral("who"), QStringLiteral("p"), QStringLiteral("--json")});
    const QJsonDocument parsed = QJsonDocument::fromJson(json.out.toUtf8());
    QCOMPARE(parsed[QStringLiteral("entities")][1][QStringLiteral("chain")].toArray().size(), 2);
    const Run nobody = onCore({QStringLiteral("who"), QStringLiteral("nothing")});
    QCOMPARE(nobody.status, 0);
    QVERIFY(nobody.err.contains(QStringLiteral("there is no policy nothing")));
}

void TestKithctl::searches()
{
    importDocument(R"({"entities": [{"name": "Юлия", "aliases": [{"mount": "github", "name": "yulia"}]}],
        "groups": [{"name": "yuletide"}], "policies": [{"name": "yu", "policy": "path \"a\" { capabilities = [\"read\"] }"}]})");
    const Run done = onCore({QStringLiteral("search"), QStringLiteral("YU")});
    QCOMPARE(done.status, 0);
    QVERIFY2(done.out.contains(QStringLiteral("policy  yu\n")), qPrintable(done.out));
    QVERIFY(done.out.contains(QStringLiteral("group   yuletide\n")));
    QVERIFY(done.out.contains(QStringLiteral("alias   Юлия · yulia\n")));
    QVERIFY(onCore({QStringLiteral("search"), QStringLiteral("юЛИ")}).out.contains(QStringLiteral("entity  Юлия\n")));
    const Run nothing = onCore({QStringLiteral("search"), QStringLiteral("zzz")});
    QCOMPARE(nothing.out, QString());
    QVERIFY(nothing.err.contains(QStringLiteral("nothing matches zzz")));
}

void TestKithctl::namesCannotMoveTheCursor()
{
    const QByteArray name = "\\u001b[2J\\u202eevil\\nline";
    importDocument("{\"entities\": [{\"name\": \"" + name + "\", \"policies\": [\"p\"]}]}");
    const Run found = onCore({QStringLiteral("who"), QStringLiteral("p")});
    QVERIFY2(found.out.contains(QStringLiteral("\"\\x1b[2J\\u202eevil\\nline\"")), qPrintable(found.out));
    QVERIFY(!found.out.contains(QChar(0x1b)) && !found.out.contains(QChar(0x202e)));
}

void TestKithctl::badDocuments_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QByteArray &document, const char *message) {
        QTest::newRow(name) << document << QString::fromUtf8(message);
    };
    row("empty", "", "the document is empty");
    row("truncated", "{\"entities\": [{\"name\": \"a\"}", "line 1, column 28: the document ends in the middle");
    row("utf-16", QByteArray("\xFF\xFE{\0}\0", 6), "this is encoded in UTF-16; save it as UTF-8");
    row("latin-1", "{\"source\": \"\xE9\"}", "line 1, column 13: the byte 0xE9 isn't UTF-8");
    row("types", "{\"groups\": [{\"name\": \"g\", \"policies\": 7}]}",
        "error: groups[0].policies (group \"g\"): expected a list, found a number");
    row("other case", "{\"entities\": [{\"name\": \"a\"}, {\"name\": \"A\"}]}",
        "entities[1].name (entity \"A\"): the name is taken by entities[0].name, \"a\"");
    row("unknown member", "{\"groups\": [{\"name\": \"g\", \"member_entities\": [\"x\"]}]}",
        "groups[0].member_entities[0] (group \"g\"): there is no entity \"x\"");
    QByteArray ring = "{\"groups\": [{\"name\": \"g0\", \"member_groups\": [\"g5\"]}";
    for (int i = 1; i < 6; ++i)
        ring += ", {\"name\": \"g" + QByteArray::number(i) + "\", \"member_groups\": [\"g" + QByteArray::number(i - 1) +
                "\"]}";
    row("a ring of six", ring + "]}", "\"g0\" → \"g5\" → \"g4\" → \"g3\" → \"g2\" → \"g1\" → \"g0\"");
}

void TestKithctl::badDocuments()
{
    QFETCH(QByteArray, document);
    QFETCH(QString, message);
    const Run done = onCore({QStringLiteral("import"), write("d.json", document)});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.err.contains(message), qPrintable(done.err));
    QVERIFY(done.err.contains(QStringLiteral("nothing was changed")));
    QCOMPARE(done.out, QString());
}

/// Neither a preview nor an import of a bad document changes anything.
void TestKithctl::badDocumentsChangeNothing()
{
    importDocument("{\"entities\": [{\"name\": \"here\"}]}");
    const QString before = onCore({QStringLiteral("export")}).out;
    const QString document = write("d.json", "{\"entities\": [{\"name\": \"a\"}, {\"name\": \"A\"}]}");
    QCOMPARE(onCore({QStringLiteral("import"), document, QStringLiteral("--dry-run")}).status, 1);
    QCOMPARE(onCore({QStringLiteral("import"), document}).status, 1);
    QCOMPARE(onCore({QStringLiteral("export")}).out, before);
}

void TestKithctl::saysThatRootIsBuiltIn()
{
    importDocument("{\"entities\": [{\"name\": \"ada\"}]}");
    const Run done = onCore({QStringLiteral("who"), QStringLiteral("Root")});
    QCOMPARE(done.status, 0);
    QVERIFY2(done.out.startsWith(QStringLiteral("root\nbuilt in: it allows everything")), qPrintable(done.out));
    QCOMPARE(done.err, QString());
}

void TestKithctl::namesTheDocumentWhateverItIsCalled()
{
    const Run done = onCore({QStringLiteral("import"), QStringLiteral("doc")}); // there is a "doc" in the message
    QCOMPARE(done.status, 1);
    QVERIFY2(done.err.startsWith(QStringLiteral("kithctl: doc: the document can't be read")), qPrintable(done.err));
}

QTEST_GUILESS_MAIN(TestKithctl)
#include "tst_Kithctl.moc"
