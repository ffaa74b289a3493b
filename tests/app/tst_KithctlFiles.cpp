// SPDX-License-Identifier: Apache-2.0
#include "app/KithctlFixture.h"
#include "core/Core.h"
#include "store/Passphrase.h"
#include "support/Shared.h"
#include "support/Support.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace kith;
using test::KithctlFixture;

/// kithctl on core files: damaged, written by others, backed up.
class TestKithctlFiles : public QObject, protected KithctlFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { start(); }
    void badCoreFiles_data();
    void badCoreFiles();
    void readsBesideAWriter();
    void saysWhoWrites();
    void checkFindsWhatMustNotBe_data();
    void checkFindsWhatMustNotBe();
    void checkFindsDamage();
    void checkNamesTheDamagedTable();
    void checkSaysWhereAFileWasCutOff();
    void saysHowToMakeACore();
    void namesTheFileThatFailsInTheMiddle();
    void namesTheFileThatCannotBeWritten();
    void backsUpAndRestores();
    void unsealsWithAPassphrase();

private:
    void execute(const char *sql) const;
    std::unique_ptr<core::Core> writer() const;
};

/// Writes to the core file behind the engine's back.
void TestKithctlFiles::execute(const char *sql) const
{
    SQLite::Database(core().toStdString(), SQLite::OPEN_READWRITE).exec(sql);
}

/// "the window", which has the core open and has written somebody to it; null: it couldn't.
std::unique_ptr<core::Core> TestKithctlFiles::writer() const
{
    core::CoreOptions options;
    options.file.file = core().toStdString();
    options.file.program = "the window";
    options.rootToken = "root";
    auto window = core::Core::open(std::move(options));
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = "identity/entity";
    request.token = "root";
    request.data = {{"name", "bo"}};
    return window && (*window)->handle(request).ok() ? std::move(*window) : nullptr;
}

void TestKithctlFiles::badCoreFiles_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("message");
    QTest::newRow("no SQLite") << QStringLiteral("text") << QStringLiteral("not a Kith core");
    QTest::newRow("another database") << QStringLiteral("other") << QStringLiteral("not a Kith core");
    QTest::newRow("newer") << QStringLiteral("newer") << QStringLiteral("newer version of Kith");
    QTest::newRow("folder") << QStringLiteral("folder") << QStringLiteral("not a file");
}

void TestKithctlFiles::badCoreFiles()
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

void TestKithctlFiles::readsBesideAWriter()
{
    importDocument("{\"entities\": [{\"name\": \"ada\", \"policies\": [\"p\"]}]}");
    const auto window = writer();
    QVERIFY(window);
    QVERIFY(onCore({QStringLiteral("export")}).out.contains(QStringLiteral("\"bo\"")));
    QCOMPARE(onCore({QStringLiteral("explain"), QStringLiteral("entity"), QStringLiteral("ada")}).status, 0);
    QCOMPARE(onCore({QStringLiteral("check")}).status, 0);
    const QString document = write("d.json", "{\"entities\": [{\"name\": \"cy\"}]}");
    QCOMPARE(onCore({QStringLiteral("import"), document, QStringLiteral("--dry-run")}).status, 0);
}

void TestKithctlFiles::saysWhoWrites()
{
    importDocument("{\"entities\": [{\"name\": \"ada\"}]}");
    auto window = writer();
    QVERIFY(window);
    const Run refused = onCore({QStringLiteral("import"), QStringLiteral("-")}, "{\"entities\": [{\"name\": \"cy\"}]}");
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains(QStringLiteral("the window")), qPrintable(refused.err));
    window.reset();
    importDocument("{\"entities\": [{\"name\": \"cy\"}]}");
}

void TestKithctlFiles::checkFindsWhatMustNotBe_data()
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

void TestKithctlFiles::checkFindsWhatMustNotBe()
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

void TestKithctlFiles::checkFindsDamage()
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

void TestKithctlFiles::checkNamesTheDamagedTable()
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

void TestKithctlFiles::checkSaysWhereAFileWasCutOff()
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

void TestKithctlFiles::saysHowToMakeACore()
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

/// Opened without a word, since what is damaged isn't read by then.
void TestKithctlFiles::namesTheFileThatFailsInTheMiddle()
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

void TestKithctlFiles::namesTheFileThatCannotBeWritten()
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

void TestKithctlFiles::backsUpAndRestores()
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

/// The key of a core may be made from a passphrase; its file is named, the passphrase never.
void TestKithctlFiles::unsealsWithAPassphrase()
{
    {
        core::CoreOptions options;
        options.file.file = core().toStdString();
        auto made = core::Core::open(std::move(options));
        QVERIFY2(made, test::why(made).constData());
        const core::RootKeyPlace place{core::RootKeyPlace::Kind::Passphrase, {}, store::Scrypt::withNewSalt()};
        const auto key = store::keyFromPassphrase("correct horse", place.scrypt);
        QVERIFY2(key, test::why(key).constData());
        const auto unsealed = (*made)->unseal(*key, place);
        QVERIFY2(unsealed, test::why(unsealed).constData());
    }
    const QString option = QStringLiteral("--passphrase-file");
    const QString right = write("right", "correct horse\n");
    const QStringList import{QStringLiteral("import"), write("a.json", R"({"entities":[{"name":"alice"}]})")};
    const Run imported = onCore(QStringList{option, right} + import);
    QVERIFY2(imported.status == 0, qPrintable(imported.err));
    QVERIFY(onCore({option, right, QStringLiteral("export")}).out.contains(QStringLiteral("alice")));
    for (const char *name : {"wrong", "empty"}) {
        const Run refused =
            onCore({option, write(name, name[0] == 'w' ? "battery staple\n" : ""), QStringLiteral("export")});
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.out.isEmpty() && !refused.err.contains(QStringLiteral("staple")));
    }
    QCOMPARE(
        run({QStringLiteral("--addr"), QStringLiteral("http://127.0.0.1:1"), option, right, QStringLiteral("export")})
            .status,
        2);
}

QTEST_GUILESS_MAIN(TestKithctlFiles)
#include "tst_KithctlFiles.moc"
