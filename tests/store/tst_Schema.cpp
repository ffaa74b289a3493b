// SPDX-License-Identifier: Apache-2.0
#include "store/Schema.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>

using namespace kith::store;

namespace {

void addTable(WriteSession &session)
{
    session.database().exec("CREATE TABLE later (id INTEGER PRIMARY KEY)");
}

void breakHalfway(WriteSession &session)
{
    session.database().exec("CREATE TABLE never (id INTEGER PRIMARY KEY)");
    session.database().exec("INSERT INTO no_such_table VALUES (1)");
}

bool hasTable(WriteSession &session, const char *name)
{
    return session.integer("SELECT 1 FROM sqlite_master WHERE name = ?", name).has_value();
}

} // namespace

/// The steps to later versions are the test's own.
class TestSchema : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    WriteSession openFile(const QString &name)
    {
        return WriteSession(std::make_unique<SQLite::Database>(m_folder.filePath(name).toStdString(),
                                                               SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE));
    }
    std::filesystem::path path(const QString &name) const { return m_folder.filePath(name).toStdString(); }

private Q_SLOTS:
    void createsWithoutABackup()
    {
        WriteSession session = openFile(QStringLiteral("new.db"));
        migrate(session, path(QStringLiteral("new.db")), migrations());
        QCOMPARE(session.integer("PRAGMA user_version"), std::optional<std::int64_t>(SchemaVersion));
        QCOMPARE(session.integer("PRAGMA application_id"), std::optional<std::int64_t>(ApplicationId));
        QCOMPARE(session.integer("SELECT count(*) FROM mount"), std::optional<std::int64_t>(4));
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("new.db.backup*")}).size(), 0);
    }

    void backsUpBeforeEachMigration()
    {
        WriteSession session = openFile(QStringLiteral("old.db"));
        migrate(session, path(QStringLiteral("old.db")), migrations().first(1));
        session.run("INSERT INTO policy_name (name) VALUES ('kept')");
        const std::vector<Migration> steps{migrations().front(), {2, addTable}};
        migrate(session, path(QStringLiteral("old.db")), steps);
        QVERIFY(hasTable(session, "later"));
        QCOMPARE(session.text("SELECT name FROM policy_name"), std::optional<std::string>("kept"));

        WriteSession backup = openFile(QStringLiteral("old.db.backup-1"));
        QVERIFY(!hasTable(backup, "later"));
        QCOMPARE(backup.text("SELECT name FROM policy_name"), std::optional<std::string>("kept"));
    }

    void givesWhatThereIsToTheRootNamespace()
    {
        WriteSession session = openFile(QStringLiteral("two.db"));
        migrate(session, path(QStringLiteral("two.db")), migrations().first(2));
        session.run("INSERT INTO token (digest, accessor, policies, path, display_name, created) "
                    "VALUES ('d', 'a', '[]', 'p', 'n', 1)");
        session.run("INSERT INTO token_role (name, settings) VALUES ('r', '{}')");
        session.run("INSERT INTO cubbyhole (token, path, value) VALUES (1, 'p', 'v')");
        migrate(session, path(QStringLiteral("two.db")), migrations());
        QCOMPARE(session.integer("SELECT namespace FROM token"), std::optional<std::int64_t>(1));
        QCOMPARE(session.text("SELECT namespace || name || settings FROM token_role"),
                 std::optional<std::string>("1r{}"));
        QCOMPARE(session.text("SELECT token || namespace || path || value FROM cubbyhole"),
                 std::optional<std::string>("11pv"));
        QCOMPARE(session.text("SELECT short_id FROM namespace"), std::optional<std::string>("root"));
        QCOMPARE(session.text("SELECT uuid FROM namespace").value_or("").size(), 36u);
        QVERIFY(!session.integer("SELECT 1 FROM pragma_foreign_key_check"));
    }

    /// What was changed before is known to nobody; what comes goes with what it is of.
    void keepsWhatChangedOfExternalGroups()
    {
        WriteSession session = openFile(QStringLiteral("five.db"));
        migrate(session, path(QStringLiteral("five.db")), migrations().first(5));
        session.run("PRAGMA foreign_keys = ON");
        session.run("INSERT INTO entity (uuid, namespace, name, name_key, created, updated) "
                    "VALUES ('e', 1, 'e', 'e', 0, 0)");
        session.run("INSERT INTO entity_alias (uuid, entity, accessor, name, name_key, created, updated) "
                    "VALUES ('a', 1, 'x', 'a', 'a', 0, 0)");
        session.run("INSERT INTO identity_group (uuid, namespace, name, name_key, external, created, updated) "
                    "VALUES ('g', 1, 'g', 'g', 1, 0, 0), ('h', 1, 'h', 'h', 1, 0, 0)");
        session.run("INSERT INTO member_entity (grp, entity, joined, alias) VALUES (1, 1, 7, 1)");
        migrate(session, path(QStringLiteral("five.db")), migrations());
        const auto rows = [&](const char *table) {
            return std::int64_t{session.database().execAndGet(std::string("SELECT count(*) FROM ") + table).getInt64()};
        };
        QCOMPARE(rows("external_change") + rows("external_change_group") + rows("last_member"), std::int64_t{0});
        QCOMPARE(rows("member_entity"), std::int64_t{1});
        session.run("INSERT INTO external_change VALUES (1, 9, 0)");
        session.run("INSERT INTO external_change_group VALUES (1, 1, 1), (1, 2, 0)");
        session.run("INSERT INTO last_member VALUES (1, 1, 9, 0, 1), (2, 1, 9, 0, 0)");
        session.run("DELETE FROM identity_group WHERE id = 1");
        QCOMPARE(rows("external_change_group"), std::int64_t{1});
        QCOMPARE(rows("last_member"), std::int64_t{1});
        session.run("DELETE FROM entity_alias");
        QCOMPARE(rows("external_change") + rows("external_change_group") + rows("last_member"), std::int64_t{0});
        QVERIFY(!session.integer("SELECT 1 FROM pragma_foreign_key_check"));
    }

    void leavesTheFileAsItWasWhenAStepFails()
    {
        WriteSession session = openFile(QStringLiteral("broken.db"));
        migrate(session, path(QStringLiteral("broken.db")), migrations().first(1));
        const std::vector<Migration> steps{migrations().front(), {2, addTable}, {3, breakHalfway}};
        QVERIFY_EXCEPTION_THROWN(migrate(session, path(QStringLiteral("broken.db")), steps), SQLite::Exception);
        QCOMPARE(session.integer("PRAGMA user_version"), std::optional<std::int64_t>(1));
        QVERIFY(!hasTable(session, "later"));
        QVERIFY(!hasTable(session, "never"));
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_Schema.moc"
