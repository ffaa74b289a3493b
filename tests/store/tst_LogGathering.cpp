// SPDX-License-Identifier: Apache-2.0
#include "store/Store.h"
#include "support/Support.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace kith;
using namespace kith::store;
using kith::test::why;

namespace {

/// How often this program has called the kernel to write; -1: it doesn't say.
qint64 writeCalls()
{
    QFile file(QStringLiteral("/proc/self/io"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (line.startsWith("syscw: "))
            return line.mid(7).toLongLong();
    return -1;
}

Result<void> setSettings(WriteSession &session, int count, const std::string &value)
{
    for (int i = 0; i < count; ++i)
        session.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", "setting-" + std::to_string(i),
                    value + std::to_string(i));
    return {};
}

/// The settings that read so, or -1 when the file isn't whole.
std::int64_t settingsWith(Store &store, const std::string &value)
{
    const auto count = store.read([&](Session &session) -> Result<std::int64_t> {
        if (session.text("PRAGMA integrity_check(1)") != "ok")
            return -1;
        return *session.integer("SELECT count(*) FROM setting WHERE value = ?1 || substr(name, 9)", value);
    });
    return count ? *count : -1;
}

} // namespace

class TestLogGathering : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::unique_ptr<Store> open(const char *name)
    {
        OpenOptions options;
        options.file = m_folder.filePath(QString::fromUtf8(name)).toStdString();
        auto store = Store::open(std::move(options));
        return store ? std::move(*store) : nullptr;
    }

private Q_SLOTS:
    void writesACommitAtOnce()
    {
        const auto store = open("calls.db");
        QVERIFY(store);
        const std::string value(200, 'v');
        const auto fill = [&](WriteSession &session) { return setSettings(session, 300, value); };
        auto filled = store->write(fill); // some thirty pages
        QVERIFY2(filled, why(filled));
        const qint64 before = writeCalls();
        if (before < 0)
            QSKIP("the kernel doesn't tell how often it was called");
        filled = store->write(fill);
        QVERIFY2(filled, why(filled));
        const qint64 calls = writeCalls() - before;
        QVERIFY2(calls < 15, qPrintable(QString::number(calls)));
        QCOMPARE(settingsWith(*store, value), std::int64_t{300});
    }

    /// With next to no cache, pages go to the log before the commit, are read from there, changed and written again.
    void keepsPagesThatAreReadBackBeforeTheCommit()
    {
        {
            const auto store = open("spilled.db");
            QVERIFY(store);
            const auto written = store->write([&](WriteSession &session) -> Result<void> {
                session.database().exec("PRAGMA cache_size = 10");
                for (const char *letter : {"a", "b", "c"})
                    if (auto set = setSettings(session, 4000, std::string(300, *letter)); !set)
                        return set;
                session.run("DELETE FROM setting WHERE name = 'setting-7'");
                return {};
            });
            QVERIFY2(written, why(written));
            QCOMPARE(settingsWith(*store, std::string(300, 'c')), std::int64_t{3999});
            const auto undone = store->write([&](WriteSession &session) -> Result<void> {
                if (auto set = setSettings(session, 4000, std::string(300, 'd')); !set)
                    return set;
                return invalidRequest("no");
            });
            QVERIFY(!undone);
            QCOMPARE(settingsWith(*store, std::string(300, 'c')), std::int64_t{3999});
            const auto last = store->write([&](WriteSession &session) { return setSettings(session, 5, "e"); });
            QVERIFY2(last, why(last));
        }
        const auto again = open("spilled.db");
        QVERIFY(again);
        QCOMPARE(settingsWith(*again, std::string(300, 'c')), std::int64_t{3994});
        QCOMPARE(settingsWith(*again, "e"), std::int64_t{5});
    }
};

QTEST_GUILESS_MAIN(TestLogGathering)
#include "tst_LogGathering.moc"
