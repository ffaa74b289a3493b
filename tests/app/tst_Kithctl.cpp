// SPDX-License-Identifier: Apache-2.0
#include "core/Core.h"
#include "support/RealServer.h"
#include "support/Shared.h"
#include "support/Support.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace kith;

/// kithctl as people run it: a process, its output, its messages, its exit status.
class TestKithctl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
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
    void badCoreFiles_data();
    void badCoreFiles();
    void readsBesideAWriter();
    void saysWhoWrites();
    void checkFindsWhatMustNotBe_data();
    void checkFindsWhatMustNotBe();
    void checkFindsDamage();
    void checkNamesTheDamagedTable();
    void checkSaysWhereAFileWasCutOff();
    void saysThatRootIsBuiltIn();
    void saysHowToMakeACore();
    void namesTheDocumentWhateverItIsCalled();
    void namesTheFileThatFailsInTheMiddle();
    void namesTheFileThatCannotBeWritten();
    void backsUpAndRestores();
    void asksAServerAsItAsksAFile();
    void saysWhatAServerRefuses();
    void worksOnAPlainServer();
    void copiesAndCompares();
    void sendsATokenToOneServerOnly();

private:
    struct Run {
        int status = -1;
        QString out;
        QString err;
    };
    Run run(const QStringList &arguments, const QByteArray &input = {}) const;
    Run onCore(const QStringList &arguments, const QByteArray &input = {}) const;
    QString path(const char *name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    QString core() const { return path("core.db"); }
    QString write(const char *name, const QByteArray &content) const;
    void importDocument(const QByteArray &document) const;
    void execute(const char *sql) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestKithctl::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

TestKithctl::Run TestKithctl::run(const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_DATA_HOME"), path("data"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(KITH_BINARY_DIR "/kithctl"), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

TestKithctl::Run TestKithctl::onCore(const QStringList &arguments, const QByteArray &input) const
{
    return run(QStringList{QStringLiteral("--core"), core()} + arguments, input);
}

QString TestKithctl::write(const char *name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("can't write %s", name);
    return file.fileName();
}

void TestKithctl::importDocument(const QByteArray &document) const
{
    const Run done = onCore({QStringLiteral("import"), QStringLiteral("-")}, document);
    QVERIFY2(done.status == 0, qPrintable(done.err));
}

/// Writes to the core file behind the engine's back.
void TestKithctl::execute(const char *sql) const
{
    SQLite::Database(core().toStdString(), SQLite::OPEN_READWRITE).exec(sql);
}

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

void TestKithctl::badCoreFiles_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("message");
    QTest::newRow("no SQLite") << QStringLiteral("text") << QStringLiteral("not a Kith core");
    QTest::newRow("another database") << QStringLiteral("other") << QStringLiteral("not a Kith core");
    QTest::newRow("newer") << QStringLiteral("newer") << QStringLiteral("newer version of Kith");
    QTest::newRow("folder") << QStringLiteral("folder") << QStringLiteral("not a file");
}

void TestKithctl::badCoreFiles()
{
    QFETCH(QString, kind);
    QFETCH(QString, message);
    if (kind == QLatin1String("text")) {
        write("core.db", QByteArray("This is a letter to my grandmother.\n").repeated(100));
    } else if (kind == QLatin1String("other")) {
        SQLite::Database(core().toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE t (a)");
    } else if (kind == QLatin1String("newer")) {
        importDocument("{\"entities\": [{\"name\": \"here\"}]}");
        execute("PRAGMA user_version = 9999");
    } else {
        QVERIFY(QDir().mkpath(core()));
    }
    for (const char *command : {"export", "check", "import -"}) {
        const Run done = onCore(QString::fromUtf8(command).split(QLatin1Char(' ')), "{\"entities\": []}");
        QCOMPARE(done.status, 1);
        QVERIFY2(done.err.contains(message), qPrintable(done.err));
        QVERIFY2(done.err.contains(core()), qPrintable(done.err));
    }
}

void TestKithctl::readsBesideAWriter()
{
    importDocument("{\"entities\": [{\"name\": \"ada\", \"policies\": [\"p\"]}]}");
    core::CoreOptions options;
    options.file.file = core().toStdString();
    options.rootToken = "root";
    const auto window = core::Core::open(std::move(options));
    QVERIFY2(window, test::why(window));
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = "identity/entity";
    request.token = "root";
    request.data = {{"name", "bo"}};
    QVERIFY((*window)->handle(request).ok());
    QVERIFY(onCore({QStringLiteral("export")}).out.contains(QStringLiteral("\"bo\"")));
    QCOMPARE(onCore({QStringLiteral("explain"), QStringLiteral("entity"), QStringLiteral("ada")}).status, 0);
    QCOMPARE(onCore({QStringLiteral("check")}).status, 0);
    const QString document = write("d.json", "{\"entities\": [{\"name\": \"cy\"}]}");
    QCOMPARE(onCore({QStringLiteral("import"), document, QStringLiteral("--dry-run")}).status, 0);
}

void TestKithctl::saysWhoWrites()
{
    importDocument("{\"entities\": [{\"name\": \"ada\"}]}");
    core::CoreOptions options;
    options.file.file = core().toStdString();
    options.file.program = "the window";
    options.rootToken = "root";
    auto window = core::Core::open(std::move(options));
    QVERIFY2(window, test::why(window));
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = "identity/entity";
    request.token = "root";
    request.data = {{"name", "bo"}};
    QVERIFY((*window)->handle(request).ok());
    const Run refused = onCore({QStringLiteral("import"), QStringLiteral("-")}, "{\"entities\": [{\"name\": \"cy\"}]}");
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains(QStringLiteral("the window")), qPrintable(refused.err));
    window->reset();
    importDocument("{\"entities\": [{\"name\": \"cy\"}]}");
}

void TestKithctl::checkFindsWhatMustNotBe_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("finding");
    const auto row = [](const char *name, const char *sql, const char *finding) {
        QTest::newRow(name) << QByteArray(sql) << QString::fromUtf8(finding);
    };
    row("name key", "UPDATE entity SET name_key = 'x' WHERE name = 'Ada'",
        "entity \"Ada\": is filed under the name \"x\"");
    row("same name", "UPDATE entity SET name = 'Ada', name_key = 'y' WHERE name = 'bo'",
        "entity \"Ada\": another entity has the same name");
    row("cycle",
        "INSERT INTO member_group SELECT c.id, p.id FROM identity_group c, identity_group p "
        "WHERE c.name = 'low' AND p.name = 'top'",
        "contains itself: ");
    row("external with subgroup", "UPDATE identity_group SET external = 1 WHERE name = 'top'",
        "group \"top\": is external but has subgroups");
    row("internal with alias", "UPDATE identity_group SET external = 0 WHERE name = 'ext'",
        "group \"ext\": is internal but has an alias");
    row("two aliases", "UPDATE entity_alias SET accessor = (SELECT accessor FROM mount WHERE path = 'github/')",
        "entity \"Ada\": has two aliases on one mount");
    row("policy", "UPDATE acl_policy SET text = 'path {' WHERE policy IN (SELECT id FROM policy_name WHERE name = 'p')",
        "policy \"p\": doesn't parse");
    row("metadata", "UPDATE entity SET metadata = '[1]' WHERE name = 'Ada'",
        "entity \"Ada\": its metadata isn't a JSON object of texts");
    row("uuid", "UPDATE identity_group SET uuid = 'nonsense' WHERE name = 'low'",
        "group \"low\": its id \"nonsense\" isn't a UUID");
    row("dangling reference", "PRAGMA foreign_keys = OFF; DELETE FROM entity WHERE name = 'bo'",
        "refers to a row of entity that isn't there");
    row("root",
        "INSERT INTO policy_name (name) SELECT 'root' WHERE NOT EXISTS (SELECT 1 FROM policy_name WHERE name = "
        "'root'); INSERT INTO entity_policy SELECT e.id, p.id FROM entity e, policy_name p WHERE e.name = 'bo' "
        "AND p.name = 'root'",
        "entity \"bo\": has the policy root");
}

void TestKithctl::checkFindsWhatMustNotBe()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, finding);
    importDocument(R"({"entities": [{"name": "Ada", "metadata": {"a": "b"}, "aliases": [
            {"mount": "github", "name": "ada"}, {"mount": "directory", "name": "ada2"}]}, {"name": "bo"}],
        "groups": [{"name": "top", "member_groups": ["low"]}, {"name": "low", "member_entities": ["bo"]},
                   {"name": "ext", "type": "external", "alias": {"mount": "directory", "name": "cn=e"}}],
        "policies": [{"name": "p", "policy": "path \"a\" { capabilities = [\"read\"] }"}]})");
    execute(sql.constData());
    const Run after = onCore({QStringLiteral("check")});
    QCOMPARE(after.status, 1);
    QVERIFY2(after.out.contains(finding), qPrintable(after.out + after.err));
    QVERIFY(after.err.contains(QStringLiteral("finding")));
}

void TestKithctl::checkFindsDamage()
{
    importDocument(test::projectFile(QStringLiteral("resources/sample.json")));
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
    QFile file(core());
    QVERIFY(file.open(QIODevice::ReadWrite));
    // Every second page from the middle on: whatever lies there, something of it is missed.
    for (qint64 at = file.size() / 2; at + 4096 < file.size(); at += 8192) {
        file.seek(at);
        file.write(QByteArray(4096, '\x5a'));
    }
    file.close();
    const Run done = onCore({QStringLiteral("check")});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.out.contains(QStringLiteral("backup")), qPrintable(done.out + done.err));
    QVERIFY2(done.err.contains(core()), qPrintable(done.err));
}

void TestKithctl::checkNamesTheDamagedTable()
{
    importDocument(test::projectFile(QStringLiteral("resources/sample.json")));
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
    QFile file(core());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(4096); // the second page is the root of the first table
    file.write(QByteArray(4096, 0));
    file.close();
    const Run done = onCore({QStringLiteral("check")});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.out.contains(QStringLiteral("table namespace")) && done.out.contains(QStringLiteral("backup")),
             qPrintable(done.out + done.err));
}

void TestKithctl::checkSaysWhereAFileWasCutOff()
{
    importDocument(test::projectFile(QStringLiteral("resources/sample.json")));
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const qint64 size = QFileInfo(core()).size();
    QVERIFY(QFile::resize(core(), size / 2));
    const Run done = onCore({QStringLiteral("check")});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.out.contains(QStringLiteral("cut off after %1 of %2 bytes").arg(size / 2).arg(size)),
             qPrintable(done.out + done.err));
    QVERIFY2(done.out.contains(QStringLiteral("backup")), qPrintable(done.out + done.err));
}

void TestKithctl::saysThatRootIsBuiltIn()
{
    importDocument("{\"entities\": [{\"name\": \"ada\"}]}");
    const Run done = onCore({QStringLiteral("who"), QStringLiteral("Root")});
    QCOMPARE(done.status, 0);
    QVERIFY2(done.out.startsWith(QStringLiteral("root\nbuilt in: it allows everything")), qPrintable(done.out));
    QCOMPARE(done.err, QString());
}

void TestKithctl::saysHowToMakeACore()
{
    const Run done = onCore({QStringLiteral("export")});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.err.contains(core()) && done.err.contains(QStringLiteral("kithctl import DOC")),
             qPrintable(done.err));
    // What isn't found in a core needs another advice.
    importDocument("{\"entities\": [{\"name\": \"ada\"}]}");
    const Run nobody = onCore({QStringLiteral("explain"), QStringLiteral("entity"), QStringLiteral("bo")});
    QVERIFY2(!nobody.err.contains(QStringLiteral("import DOC")), qPrintable(nobody.err));
}

void TestKithctl::namesTheDocumentWhateverItIsCalled()
{
    const Run done = onCore({QStringLiteral("import"), QStringLiteral("doc")}); // there is a "doc" in the message
    QCOMPARE(done.status, 1);
    QVERIFY2(done.err.startsWith(QStringLiteral("kithctl: doc: the document can't be read")), qPrintable(done.err));
}

/// Opened without a word, since what is damaged isn't read by then.
void TestKithctl::namesTheFileThatFailsInTheMiddle()
{
    importDocument(test::projectFile(QStringLiteral("resources/sample.json")));
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
    std::vector<int> pages;
    int size = 0;
    {
        SQLite::Database database(core().toStdString(), SQLite::OPEN_READONLY);
        size = database.execAndGet("PRAGMA page_size").getInt();
        SQLite::Statement roots(database, "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'entity_alias'");
        while (roots.executeStep())
            pages.push_back(roots.getColumn(0).getInt());
    }
    QFile file(core());
    QVERIFY(file.open(QIODevice::ReadWrite));
    for (const int page : pages) {
        file.seek(qint64(page - 1) * size);
        file.write(QByteArray(size, '\x5a'));
    }
    file.close();
    for (const char *command : {"export", "import -", "search ada"}) {
        const Run done = onCore(QString::fromUtf8(command).split(QLatin1Char(' ')),
                                "{\"entities\": [{\"name\": \"x\", \"aliases\": [{\"mount\": \"m\", \"name\": "
                                "\"x\"}]}], \"mounts\": [{\"path\": \"m\", \"type\": \"ldap\"}]}");
        QCOMPARE(done.status, 1);
        QVERIFY2(done.err.contains(core() + QStringLiteral(": the core file is damaged")), qPrintable(done.err));
        QVERIFY2(done.err.contains(QStringLiteral("make a copy")) && done.err.contains(QStringLiteral("kithctl check")),
                 qPrintable(done.err));
    }
}

void TestKithctl::namesTheFileThatCannotBeWritten()
{
    importDocument("{\"entities\": [{\"name\": \"ada\"}]}");
    const QByteArray folder = QFile::encodeName(m_folder->path());
    if (::mount(folder.constData(), folder.constData(), nullptr, MS_BIND, nullptr) != 0)
        QSKIP("making a folder read-only takes a right to mount (permissions don't stop root)");
    const bool frozen = ::mount(nullptr, folder.constData(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0;
    const Run done = onCore({QStringLiteral("import"), QStringLiteral("-")}, "{\"entities\": [{\"name\": \"bo\"}]}");
    ::umount2(folder.constData(), MNT_DETACH);
    QVERIFY(frozen);
    QCOMPARE(done.status, 1);
    QVERIFY2(done.err.contains(core() + QStringLiteral(": this core is open for reading only; check the permissions")),
             qPrintable(done.err));
}

void TestKithctl::backsUpAndRestores()
{
    importDocument(R"({"entities":[{"name":"alice"}]})");
    const QString copy = path("copy.db");
    const Run made = onCore({QStringLiteral("backup"), copy});
    QVERIFY2(made.status == 0, qPrintable(made.err));
    QCOMPARE(run({QStringLiteral("--core"), copy, QStringLiteral("check")}).status, 0);
    QVERIFY(run({QStringLiteral("--core"), copy, QStringLiteral("export")}).out.contains(QStringLiteral("alice")));
    QCOMPARE(onCore({QStringLiteral("backup"), copy}).status, 1); // never over another file

    importDocument(R"({"entities":[{"name":"bob"}]})");
    QVERIFY(onCore({QStringLiteral("export")}).out.contains(QStringLiteral("bob")));
    const Run restored = onCore({QStringLiteral("restore"), copy});
    QVERIFY2(restored.status == 0, qPrintable(restored.err));
    const QString document = onCore({QStringLiteral("export")}).out;
    QVERIFY(document.contains(QStringLiteral("alice")));
    QVERIFY(!document.contains(QStringLiteral("bob")));
    QCOMPARE(onCore({QStringLiteral("check")}).status, 0);
    QCOMPARE(onCore({QStringLiteral("restore"), path("none.db")}).status, 1);
}

namespace {

/// A kithd with the root token "secret", as long as it lives.
class TestServer
{
public:
    TestServer()
    {
        m_process.start(QStringLiteral(KITH_BINARY_DIR "/kithd"),
                        {QStringLiteral("--dev"), QStringLiteral("--dev-root-token-id"), QStringLiteral("secret"),
                         QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
        QByteArray output;
        while (!output.contains("listens on") && m_process.waitForReadyRead(30'000))
            output += m_process.readAllStandardOutput();
        m_url = QString::fromUtf8(output.mid(output.indexOf("http://")).trimmed());
    }
    ~TestServer()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }
    QString url() const { return m_url; }

private:
    QProcess m_process;
    QString m_url;
};

} // namespace

/// Every command says the same of a server as of a file with the same content.
void TestKithctl::asksAServerAsItAsksAFile()
{
    const TestServer server;
    const QString token = write("token", "secret\n");
    const QString document = QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json");
    const auto onServer = [&](const QStringList &arguments) {
        return run(QStringList{QStringLiteral("--addr"), server.url(), QStringLiteral("--token-file"), token} +
                   arguments);
    };
    const auto commands = [&] {
        return std::vector<QStringList>{
            {QStringLiteral("import"), document, QStringLiteral("--dry-run")},
            {QStringLiteral("import"), document},
            {QStringLiteral("import"), document},
            {QStringLiteral("who"), QStringLiteral("default")},
            {QStringLiteral("search"), QStringLiteral("a")},
            {QStringLiteral("explain"), QStringLiteral("entity"), QStringLiteral("nobody at all")}};
    };
    for (const QStringList &command : commands()) {
        const Run file = onCore(command);
        const Run remote = onServer(command);
        QCOMPARE(remote.out, file.out);
        QCOMPARE(remote.err, file.err);
        QCOMPARE(remote.status, file.status);
    }
    const Run checked = onServer({QStringLiteral("check")});
    QCOMPARE(checked.out, server.url() + QStringLiteral(" is sound.\n"));
    const Run exported = onServer({QStringLiteral("export")});
    QCOMPARE(exported.status, 0);
    const QJsonArray entities = QJsonDocument::fromJson(exported.out.toUtf8())[QStringLiteral("entities")].toArray();
    QVERIFY(!entities.isEmpty());
    const QString somebody = entities.first()[QStringLiteral("name")].toString();
    const Run explained = onServer({QStringLiteral("explain"), QStringLiteral("entity"), somebody});
    QVERIFY2(explained.out.startsWith(somebody + QStringLiteral(" (entity ")), qPrintable(explained.err));
}

void TestKithctl::saysWhatAServerRefuses()
{
    const TestServer server;
    const QStringList base{QStringLiteral("--addr"), server.url(), QStringLiteral("--token-file")};
    const QString wrong = write("wrong", "no such token");
    const Run refused = run(base + QStringList{wrong, QStringLiteral("search"), QStringLiteral("x")});
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains(QStringLiteral("permission denied")), qPrintable(refused.err));
    const Run missing = run(base + QStringList{path("none"), QStringLiteral("export")});
    QCOMPARE(missing.status, 1);
    QVERIFY(missing.err.contains(QStringLiteral("there is no token in this file")));
    const Run nobody = run({QStringLiteral("--addr"), QStringLiteral("http://127.0.0.1:1"),
                            QStringLiteral("--token-file"), wrong, QStringLiteral("check")});
    QCOMPARE(nobody.status, 1);
    QVERIFY2(nobody.err.contains(QStringLiteral("http://127.0.0.1:1: ")), qPrintable(nobody.err));
}

/// The mounts of the sample, of a type that every server has.
static void enableMounts(test::RealServer &server)
{
    QFile sample(QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json"));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    const QJsonObject document = QJsonDocument::fromJson(sample.readAll()).object();
    QSet<QString> mounts;
    for (const auto &entity : document[QStringLiteral("entities")].toArray())
        for (const auto &alias : entity[QStringLiteral("aliases")].toArray())
            mounts += alias[QStringLiteral("mount")].toString();
    for (const auto &group : document[QStringLiteral("groups")].toArray())
        mounts += group[QStringLiteral("alias")][QStringLiteral("mount")].toString();
    for (const auto &mount : document[QStringLiteral("mounts")].toArray())
        mounts += mount[QStringLiteral("path")].toString();
    mounts.remove(QString());
    for (const QString &mount : mounts)
        server.userpass(mount.toStdString());
}

/// A server without kith/: everything through a mirror and plain requests.
void TestKithctl::worksOnAPlainServer()
{
    const auto server = test::RealServer::start(test::RealServer::Kind::BaoTls);
    if (!server)
        QSKIP("bao isn't installed");
    enableMounts(*server);
    const QString token = write("token", server->token());
    const QString document = QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json");
    const auto onServer = [&](const QStringList &arguments) {
        return run(QStringList{QStringLiteral("--addr"), server->address(), QStringLiteral("--token-file"), token,
                               QStringLiteral("--ca"), server->path("ca.crt")} +
                   arguments);
    };
    const QStringList import{QStringLiteral("import"), document};
    QCOMPARE(onCore(import).status, 0);
    const Run unknown = run({QStringLiteral("--connection"), QStringLiteral("none"), QStringLiteral("export")});
    QVERIFY2(unknown.err.contains(QStringLiteral("there is no connection \"none\"")), qPrintable(unknown.err));
    const Run dry = onServer(import + QStringList(QStringLiteral("--dry-run")));
    QVERIFY2(dry.status == 0, qPrintable(dry.err));
    QCOMPARE(server->ask(core::Operation::List, "identity/entity/id").status, 404);
    const Run imported = onServer(import);
    QVERIFY2(imported.status == 0, qPrintable(imported.err));
    QVERIFY(imported.out.startsWith(QStringLiteral("Imported ")));
    const Run again = onServer(import);
    QVERIFY2(again.out.startsWith(QStringLiteral("Nothing to do")), qPrintable(again.out + again.err));
    // Everybody has what they have in the core file, in the same words.
    const auto entities = QJsonDocument::fromJson(onCore({QStringLiteral("export")}).out.toUtf8())
                              .object()[QStringLiteral("entities")]
                              .toArray();
    QVERIFY(!entities.isEmpty());
    for (int i = 0; i < std::min(3, int(entities.size())); ++i) {
        const QString name = entities[i].toObject()[QStringLiteral("name")].toString();
        const QStringList explain{QStringLiteral("explain"), QStringLiteral("entity"), name, QStringLiteral("--json")};
        const auto policies = [](const Run &done) {
            return QJsonDocument::fromJson(done.out.toUtf8()).object().value(QStringLiteral("policies"));
        };
        const Run there = onServer(explain);
        QVERIFY2(there.status == 0, qPrintable(there.err));
        QCOMPARE(policies(there), policies(onCore(explain)));
    }
    QCOMPARE(onServer({QStringLiteral("check")}).status, 0);
    const Run found = onServer({QStringLiteral("search"), entities[0].toObject()[QStringLiteral("name")].toString()});
    QVERIFY2(found.status == 0, qPrintable(found.err));
}

/// From a file to a server and back into another file.
void TestKithctl::copiesAndCompares()
{
    const auto server = test::RealServer::start(test::RealServer::Kind::Bao);
    if (!server)
        QSKIP("bao isn't installed");
    enableMounts(*server);
    const QString token = write("token", server->token());
    const QStringList options{QStringLiteral("--token-file"), token};
    QCOMPARE(onCore({QStringLiteral("import"), QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json")}).status, 0);
    const QStringList there{core(), server->address()};
    const Run before = run(options + QStringList(QStringLiteral("diff")) + there);
    QCOMPARE(before.status, 3);
    QVERIFY(before.out.contains(QStringLiteral("only in ") + core()));
    const Run plan =
        run(options + QStringList(QStringLiteral("copy")) + there + QStringList(QStringLiteral("--dry-run")));
    QVERIFY2(plan.status == 0, qPrintable(plan.err));
    const Run copied = run(options + QStringList(QStringLiteral("copy")) + there);
    QVERIFY2(copied.status == 0, qPrintable(copied.err));
    QVERIFY(run(options + QStringList(QStringLiteral("copy")) + there).out.startsWith(QStringLiteral("Nothing to do")));
    const Run after = run(options + QStringList(QStringLiteral("diff")) + there);
    QVERIFY2(!after.out.contains(QStringLiteral("only in ") + core()), qPrintable(after.out));
    // What somebody makes on the server is seen, and comes back with a copy the other way.
    server->create("identity/entity", R"({"name":"made there","policies":["x"]})");
    const Run changed = run(options + QStringList(QStringLiteral("diff")) + there);
    QCOMPARE(changed.status, 3);
    QVERIFY(
        changed.out.contains(QStringLiteral("only in ") + server->address() + QStringLiteral(": entity made there")));
    const Run back = run(options + QStringList{QStringLiteral("copy"), server->address(), core()});
    QVERIFY2(back.status == 0, qPrintable(back.err));
    QVERIFY(onCore({QStringLiteral("export")}).out.contains(QStringLiteral("made there")));
    const Run last = run(options + QStringList(QStringLiteral("diff")) + there);
    QVERIFY2(!last.out.contains(QStringLiteral("entity made there")), qPrintable(last.out));
    const Run same = run(options + QStringList{QStringLiteral("diff"), server->address(), server->address()});
    QVERIFY2(same.status == 0, qPrintable(same.out + same.err));
}

void TestKithctl::sendsATokenToOneServerOnly()
{
    const TestServer first;
    const TestServer second;
    const QStringList places{QStringLiteral("diff"), first.url(), second.url()};
    const QStringList tokens{QStringLiteral("--token-file"), write("a", "secret"), QStringLiteral("--token-file")};
    const Run same = run(places + tokens + QStringList{write("b", "secret")});
    QVERIFY2(same.status == 0, qPrintable(same.err));
    const Run refused = run(places + tokens + QStringList{write("c", "another")});
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains(QStringLiteral("permission denied")), qPrintable(refused.err));
    qputenv("VAULT_TOKEN", "secret");
    const Run unsaid = run(places);
    qunsetenv("VAULT_TOKEN");
    QCOMPARE(unsaid.status, 1);
    QVERIFY2(unsaid.err.contains(QStringLiteral("which token is for which server")), qPrintable(unsaid.err));
}

QTEST_GUILESS_MAIN(TestKithctl)
#include "tst_Kithctl.moc"
