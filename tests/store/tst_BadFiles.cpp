// SPDX-License-Identifier: Apache-2.0
#include "store/Schema.h"
#include "store/Store.h"

#include "support/Support.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>

#include <sys/mount.h>

using namespace kith;
using namespace kith::store;
using kith::test::why;

namespace {

/// Unmounts what the test mounted, however the test ends.
class Mounted
{
public:
    explicit Mounted(QByteArray folder) : m_folder(std::move(folder)) {}
    ~Mounted() { ::umount2(m_folder.constData(), MNT_DETACH); }
    Mounted(const Mounted &) = delete;
    Mounted &operator=(const Mounted &) = delete;

private:
    QByteArray m_folder;
};

} // namespace

/// Files that aren't a core that can be used: each gets its own error, and is not touched.
class TestBadFiles : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString write(const char *name, const QByteArray &content)
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the test's folder can't be written");
        return file.fileName();
    }
    static QByteArray read(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }
    static Result<std::unique_ptr<Store>> open(const QString &file, Access access = Access::ReadWrite)
    {
        OpenOptions options;
        options.file = file.toStdString();
        options.access = access;
        return Store::open(std::move(options));
    }

private Q_SLOTS:
    void refusesWhatIsNotACore()
    {
        const QByteArray text = "dear diary, this is not a database at all\n";
        const QString file = write("diary.txt", text);
        const auto store = open(file);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::NotACore);
        QCOMPARE(store.error().where, file.toStdString());
        QCOMPARE(read(file), text);
        QVERIFY(!QFile::exists(file + QStringLiteral("-wal")));
    }

    void refusesAnotherProgramsDatabase()
    {
        const QString file = path("other.db");
        SQLite::Database(file.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE recipes (name TEXT)");
        const QByteArray before = read(file);
        const auto store = open(file);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::NotACore);
        QCOMPARE(read(file), before);
    }

    void refusesAFolder()
    {
        const auto store = open(m_folder.path());
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::NotACore);
    }

    void refusesANewerVersion()
    {
        const QString file = path("newer.db");
        QVERIFY(open(file));
        SQLite::Database(file.toStdString(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 1000");
        const auto store = open(file);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::NewerVersion);
        QVERIFY(QString::fromStdString(store.error().wire).contains(QStringLiteral("1000")));
    }

    void startsWhereCreationWasInterrupted()
    {
        QVERIFY(open(write("empty.db", {})));
        const QString file = path("bare.db");
        SQLite::Database(file.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("PRAGMA journal_mode = WAL");
        const auto store = open(file);
        QVERIFY2(store, why(store));
    }

    void tellsAnAbsentFileToAReader()
    {
        const auto store = open(path("absent.db"), Access::ReadOnly);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::NotFound);
        QVERIFY(!QFile::exists(path("absent.db")));
    }

    void namesTheDamageInTheMiddle()
    {
        const QString file = path("damaged.db");
        {
            const auto store = open(file);
            QVERIFY(store);
            const auto filled = (*store)->write([](WriteSession &session) -> Result<void> {
                for (int i = 0; i < 20'000; ++i)
                    session.run("INSERT INTO policy_name (name) VALUES (?)", "policy-" + std::to_string(i));
                return {};
            });
            QVERIFY2(filled, why(filled));
        }
        QFile raw(file);
        QVERIFY(raw.open(QIODevice::ReadWrite));
        const qint64 from = raw.size() / 3;
        raw.seek(from);
        raw.write(QByteArray(static_cast<int>(raw.size() / 3), '\x5a'));
        raw.close();
        const auto store = open(file); // the schema, at the front, is whole
        QVERIFY2(store, why(store));
        const auto names = (*store)->read([](Session &session) -> Result<int> {
            int count = 0;
            for (Query rows = session.query("SELECT name FROM policy_name ORDER BY name"); rows.step(); ++count)
                continue;
            return count;
        });
        QVERIFY(!names);
        QCOMPARE(names.error().code, ErrorCode::Damaged);
        QCOMPARE(names.error().where, file.toStdString());
    }

    void readsWhatCannotBeWritten()
    {
        const QString folder = path("frozen");
        QVERIFY(QDir().mkpath(folder));
        const QString file = folder + QStringLiteral("/core #1?.db");
        QVERIFY(open(file));
        if (::mount(qPrintable(folder), qPrintable(folder), nullptr, MS_BIND, nullptr) != 0 ||
            ::mount(nullptr, qPrintable(folder), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0)
            QSKIP("making a folder read-only takes a right to mount (permissions don't stop root)");
        const Mounted mounted(QFile::encodeName(folder));
        const auto store = open(file);
        const bool read = store && (*store)
                                       ->read([](Session &session) -> Result<bool> {
                                           return session.integer("SELECT count(*) FROM mount") == 4;
                                       })
                                       .value_or(false);
        const auto written =
            store ? (*store)->write([](WriteSession &) -> Result<void> { return {}; }) : Result<void>(store.error());
        QVERIFY2(store, why(store));
        QVERIFY(read);
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::ReadOnly);
    }

    void saysThatTheDiskIsFull()
    {
        const QString folder = path("tiny");
        QVERIFY(QDir().mkpath(folder));
        if (::mount("tmpfs", qPrintable(folder), "tmpfs", 0, "size=1m") != 0)
            QSKIP("a tiny disk takes a right to mount");
        const Mounted mounted(QFile::encodeName(folder));
        const auto store = open(folder + QStringLiteral("/core.db"));
        QVERIFY2(store, why(store));
        const auto add = [&](std::size_t size) {
            return (*store)->write([size](WriteSession &session) -> Result<void> {
                session.run("INSERT INTO policy_name (name) VALUES (?)", std::string(size, 'x'));
                return {};
            });
        };
        QVERIFY(add(10));
        const auto full = add(2'000'000);
        QVERIFY(!full);
        QCOMPARE(full.error().code, ErrorCode::DiskFull);
        QVERIFY(add(11));
        QCOMPARE((*store)
                     ->read([](Session &session) -> Result<std::int64_t> {
                         return session.integer("SELECT count(*) FROM policy_name").value_or(-1);
                     })
                     .value_or(-1),
                 std::int64_t{2});
    }

    void saysThatTheDiskWasFullAlready()
    {
        const QString folder = path("full");
        QVERIFY(QDir().mkpath(folder));
        if (::mount("tmpfs", qPrintable(folder), "tmpfs", 0, "size=1m") != 0)
            QSKIP("a tiny disk takes a right to mount");
        const Mounted mounted(QFile::encodeName(folder));
        const QString core = folder + QStringLiteral("/core.db");
        QVERIFY(open(core));
        QFile rest(folder + QStringLiteral("/rest"));
        QVERIFY(rest.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (rest.write(QByteArray(4096, 'x')) == 4096)
            continue;
        const auto store = open(core);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::DiskFull);
        QCOMPARE(store.error().status, 507);
        QCOMPARE(store.error().where, core.toStdString());
        rest.remove();
        QVERIFY(open(core));
    }
};

QTEST_GUILESS_MAIN(TestBadFiles)
#include "tst_BadFiles.moc"
