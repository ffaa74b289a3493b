// SPDX-License-Identifier: Apache-2.0
#include "store/Backup.h"
#include "support/Support.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace kith;
using namespace kith::store;
using kith::test::why;

class TestBackup : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    std::unique_ptr<Store> openStore(const char *name) const
    {
        OpenOptions options;
        options.file = path(name);
        auto opened = Store::open(std::move(options));
        return opened ? std::move(*opened) : nullptr;
    }
    static void put(Store &store, const std::string &name, const std::string &value)
    {
        const auto written = store.write([&](WriteSession &session) -> Result<void> {
            session.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value);
            session.changes.policies.push_back(PolicyId{1});
            return {};
        });
        QVERIFY2(written, why(written));
    }
    static std::string get(Store &store, const std::string &name)
    {
        return store
            .read([&](Session &session) -> Result<std::string> {
                return session.text("SELECT value FROM setting WHERE name = ?", name).value_or("(none)");
            })
            .value_or("(failed)");
    }
    static std::int64_t revision(Store &store)
    {
        return store
            .read([](Session &session) -> Result<std::int64_t> {
                return session.integer("SELECT value FROM revision").value_or(-1);
            })
            .value_or(-2);
    }

private Q_SLOTS:
    void copiesWhileOthersWrite()
    {
        const auto store = openStore("a.db");
        std::atomic<bool> stop = false;
        std::atomic<int> count = 0;
        // Two rows that always change together: a copy that mixes two moments shows it.
        std::thread writer([&] {
            while (!stop) {
                const std::string value = std::to_string(++count);
                [[maybe_unused]] const auto written = store->write([&](WriteSession &session) -> Result<void> {
                    for (const char *name : {"left", "right"})
                        session.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value);
                    return {};
                });
            }
        });
        while (count < 5)
            std::this_thread::yield();
        for (const char *name : {"a.1", "a.2", "a.3"}) {
            const auto copied = backUp(*store, path(name));
            QVERIFY2(copied, why(copied));
        }
        stop = true;
        writer.join();
        for (const char *name : {"a.1", "a.2", "a.3"}) {
            const auto copy = openStore(name);
            QVERIFY(copy);
            QVERIFY(get(*copy, "left") != "(none)");
            QCOMPARE(get(*copy, "left"), get(*copy, "right"));
        }
        QCOMPARE(static_cast<unsigned>(std::filesystem::status(path("a.1")).permissions()), 0600U);
    }
    void leavesOtherFilesAlone()
    {
        const auto store = openStore("b.db");
        QFile there(QString::fromStdString(path("b.1").string()));
        QVERIFY(there.open(QIODevice::WriteOnly));
        there.write("mine");
        there.close();
        QCOMPARE(backUp(*store, path("b.1")).error().code, ErrorCode::InvalidRequest);
        QVERIFY(there.open(QIODevice::ReadOnly));
        QCOMPARE(there.readAll(), QByteArray("mine"));
        QVERIFY(!backUp(*store, path("no/such/folder")));
        for (const auto &entry : std::filesystem::directory_iterator(path("")))
            QVERIFY2(!entry.path().filename().string().starts_with("b.1."), entry.path().c_str());
    }
    void restoresUnderTheEyesOfReaders()
    {
        const auto store = openStore("c.db");
        int everything = 0;
        store->onCommit([&](const ChangeSet &changes) { everything += changes.everything ? 1 : 0; });
        put(*store, "x", "before");
        QVERIFY(backUp(*store, path("c.1")));
        put(*store, "x", "after");
        put(*store, "y", "new");
        const std::int64_t reached = revision(*store);
        // Someone who began to read before it sees the old state to the end.
        const auto seen = store->read([&](Session &session) -> Result<std::string> {
            const auto first = session.text("SELECT value FROM setting WHERE name = 'x'");
            std::thread other([&] {
                const auto restored = restoreBackup(*store, path("c.1"));
                QVERIFY2(restored, why(restored));
            });
            other.join();
            return first.value_or("") + " " + session.text("SELECT value FROM setting WHERE name = 'x'").value_or("");
        });
        QCOMPARE(seen.value(), std::string("after after"));
        QCOMPARE(get(*store, "x"), std::string("before"));
        QCOMPARE(get(*store, "y"), std::string("(none)"));
        QCOMPARE(everything, 1);
        QVERIFY(revision(*store) > reached);
        put(*store, "x", "later");
        QCOMPARE(get(*store, "x"), std::string("later"));
        QVERIFY(restoreBackup(*store, path("c.1"))); // the backup is still what it was
        QCOMPARE(get(*store, "x"), std::string("before"));
        const auto again = openStore("c.db");
        QCOMPARE(get(*again, "x"), std::string("before"));
    }
    void refusesWhatIsNoBackup()
    {
        const auto store = openStore("d.db");
        put(*store, "x", "mine");
        QCOMPARE(restoreBackup(*store, path("d.none")).error().code, ErrorCode::NotFound);
        QFile text(QString::fromStdString(path("d.txt").string()));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("no core");
        text.close();
        QCOMPARE(restoreBackup(*store, path("d.txt")).error().code, ErrorCode::NotACore);
        QVERIFY(backUp(*store, path("d.1")));
        QFile backup(QString::fromStdString(path("d.1").string()));
        QVERIFY(backup.open(QIODevice::ReadWrite));
        QVERIFY(backup.resize(backup.size() / 2));
        backup.close();
        QVERIFY(!restoreBackup(*store, path("d.1")));
        QCOMPARE(get(*store, "x"), std::string("mine"));
    }
};

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_Backup.moc"
