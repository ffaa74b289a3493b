// SPDX-License-Identifier: Apache-2.0
#include "store/Store.h"

#include "support/Support.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>
#include <latch>
#include <thread>

using namespace kith;
using namespace kith::store;
using kith::test::why;

namespace {

constexpr const char *AddPolicy = "INSERT INTO policy_name (name) VALUES (?)";

Result<void> addPolicy(Store &store, const std::string &name)
{
    return store.write([&](WriteSession &session) -> Result<void> {
        session.run(AddPolicy, name);
        session.changes.policies.push_back(PolicyId{session.lastRowId()});
        return {};
    });
}

std::int64_t policies(Store &store)
{
    const auto count = store.read([](Session &session) -> Result<std::int64_t> {
        return session.integer("SELECT count(*) FROM policy_name").value_or(-1);
    });
    return count ? *count : -1;
}

} // namespace

class TestStore : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    std::unique_ptr<Store> open(Access access = Access::ReadWrite, const std::string &file = {})
    {
        OpenOptions options;
        options.file = file.empty() ? path(++m_files) : file;
        options.access = access;
        auto store = Store::open(std::move(options));
        return store ? std::move(*store) : nullptr;
    }
    std::string path(int number) const { return m_folder.filePath(QStringLiteral("%1.db").arg(number)).toStdString(); }

private Q_SLOTS:
    void createsTheFileAndItsFoldersForTheOwnerAlone()
    {
        const QString file = m_folder.filePath(QStringLiteral("a/b/core.db"));
        QVERIFY(open(Access::ReadWrite, file.toStdString()));
        QCOMPARE(QFileInfo(file).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        QCOMPARE(QFileInfo(m_folder.filePath(QStringLiteral("a/b"))).permissions() &
                     (QFile::ReadGroup | QFile::ExeOther),
                 QFile::Permissions());
    }

    void undoesAWriteThatFails()
    {
        const auto store = open();
        const std::int64_t before = policies(*store);
        const auto refused = store->write([](WriteSession &session) -> Result<int> {
            session.run(AddPolicy, "half");
            return invalidRequest("no");
        });
        QVERIFY(!refused);
        QCOMPARE(refused.error().wire, std::string("no"));
        QCOMPARE(policies(*store), before);
    }

    void undoesAWriteThatThrows()
    {
        const auto store = open();
        const std::int64_t before = policies(*store);
        const auto broken = store->write([](WriteSession &session) -> Result<int> {
            session.run(AddPolicy, "half");
            throw std::logic_error("a defect");
        });
        QVERIFY(!broken);
        QCOMPARE(broken.error().code, ErrorCode::Internal);
        QCOMPARE(policies(*store), before);
        QVERIFY(addPolicy(*store, "after"));
    }

    void tellsTheListenerBeforeTheAnswer()
    {
        const auto store = open();
        std::vector<ChangeSet> told;
        store->onCommit([&](const ChangeSet &changes) { told.push_back(changes); });
        QVERIFY(addPolicy(*store, "one"));
        QCOMPARE(told.size(), std::size_t{1});
        QCOMPARE(told[0].policies.size(), std::size_t{1});
        QVERIFY(!store->write([](WriteSession &session) -> Result<int> {
            session.changes.mounts = true;
            return invalidRequest("refused");
        }));
        QCOMPARE(told.size(), std::size_t{1});
    }

    void keepsASnapshotWhileOthersWrite()
    {
        const auto store = open();
        const auto seen = store->read([&](Session &session) -> Result<bool> {
            const auto before = session.integer("SELECT count(*) FROM policy_name");
            if (auto added = addPolicy(*store, "meanwhile"); !added)
                return added.error();
            return before == session.integer("SELECT count(*) FROM policy_name");
        });
        QVERIFY2(seen, why(seen));
        QVERIFY(*seen);
    }

    void refusesToWriteInARead()
    {
        const auto store = open();
        const auto written = store->read([](Session &session) -> Result<int> {
            session.run(AddPolicy, "sneaked in");
            return 1;
        });
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::ReadOnly);
    }

    void answersManyWritersAndFailsOnlyThoseThatMust()
    {
        const auto store = open();
        constexpr int Writers = 16;
        constexpr int Each = 20;
        std::atomic<int> done = 0;
        std::atomic<int> refused = 0;
        std::latch start(Writers);
        std::vector<std::thread> threads;
        for (int writer = 0; writer < Writers; ++writer)
            threads.emplace_back([&, writer] {
                start.arrive_and_wait();
                for (int i = 0; i < Each; ++i) {
                    // Every tenth name is taken: SQLite's refusal must not hurt those in the same commit.
                    const bool taken = i % 10 == 9;
                    const auto name = taken ? "w0-0" : "w" + std::to_string(writer) + "-" + std::to_string(i);
                    ++(addPolicy(*store, name) ? done : refused);
                }
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(done + refused, Writers * Each);
        QVERIFY(refused >= Writers * 2 - 1);
        QCOMPARE(policies(*store), std::int64_t{done});
    }

    void saysThatTheDiskIsFullAndLosesNothing()
    {
        const auto store = open();
        QVERIFY(addPolicy(*store, "kept"));
        const auto full = store->write([](WriteSession &session) -> Result<void> {
            // SQLite's own limit of pages answers as a full disk does.
            const auto pages = session.integer("PRAGMA page_count").value_or(0);
            session.database().exec("PRAGMA max_page_count = " + std::to_string(pages + 2));
            session.run(AddPolicy, std::string(1'000'000, 'x'));
            return {};
        });
        QVERIFY(!full);
        QCOMPARE(full.error().code, ErrorCode::DiskFull);
        QCOMPARE(policies(*store), std::int64_t{1});
        QVERIFY(addPolicy(*store, "small enough"));
    }

    /// Each try of it, before the answer; of a commit that fails as well, which is tried again for each write alone.
    void tellsAWriteItsEnd()
    {
        const auto store = open();
        std::string told;
        const auto write = [&](const std::function<Result<void>(WriteSession &)> &function) {
            told.clear();
            const auto written = store->write([&](WriteSession &session) -> Result<void> {
                for (const char *name : {"a", "b"})
                    session.atEnd([&told, name](WriteEnd end) {
                        told += name;
                        told += end == WriteEnd::Committed ? "+" : "-";
                    });
                return function(session);
            });
            return (written ? "good " : "bad ") + told;
        };
        QCOMPARE(write([](WriteSession &session) -> Result<void> {
                     session.run(AddPolicy, "one");
                     return {};
                 }),
                 std::string("good a+b+"));
        QCOMPARE(write([](WriteSession &) -> Result<void> {
                     return Error{ErrorCode::InvalidRequest, 400, {}, {}};
                 }),
                 std::string("bad a-b-"));
        QCOMPARE(write([](WriteSession &session) -> Result<void> {
                     session.run(AddPolicy, "one");
                     return {};
                 }),
                 std::string("bad a-b-"));
        QCOMPARE(write([](WriteSession &session) -> Result<void> {
                     const auto pages = session.integer("PRAGMA page_count").value_or(0);
                     session.database().exec("PRAGMA max_page_count = " + std::to_string(pages + 2));
                     session.run(AddPolicy, std::string(1'000'000, 'x'));
                     return {};
                 }),
                 std::string("bad a-b-a-b-")); // once more after the log was taken over
        // Foreign keys that are looked at in the end let the commit itself fail.
        QCOMPARE(write([](WriteSession &session) -> Result<void> {
                     session.run("PRAGMA defer_foreign_keys = ON");
                     session.run("INSERT INTO entity_policy (entity, policy) VALUES (99, 99)");
                     return {};
                 }),
                 std::string("bad a-b-"));
        QCOMPARE(policies(*store), std::int64_t{1});
        told.clear();
        const auto later = [&](const char *name) {
            return [&told, name](WriteSession &session) {
                session.atEnd([&told, name](WriteEnd end) {
                    told += name;
                    told += end == WriteEnd::Committed ? "+" : "-";
                });
                session.run(AddPolicy, name);
                return true;
            };
        };
        std::promise<void> done;
        store->writeLater(later("x"), [](const Result<void> &) {});
        store->writeLater(later("x"), [](const Result<void> &) {}); // is taken
        store->writeLater(later("y"), [&](const Result<void> &) { done.set_value(); });
        done.get_future().wait();
        QCOMPARE(told.size(), std::size_t{6});
        for (const char *end : {"x+", "x-", "y+"})
            QVERIFY2(told.find(end) != std::string::npos, told.c_str());
    }

    void readsBesideAWriterAndTellsWhoItIs()
    {
        const auto first = open();
        QVERIFY(addPolicy(*first, "one"));
        const auto second = open(Access::ReadWrite, first->file().string());
        QVERIFY(second);
        QCOMPARE(policies(*second), std::int64_t{1});
        QVERIFY(!second->canWrite());
        QVERIFY(QString::fromStdString(second->otherWriter()).contains(QString::number(getpid())));
        const auto refused = addPolicy(*second, "two");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WriterTaken);
        QVERIFY(QString::fromStdString(refused.error().where).startsWith(QStringLiteral("kith, process ")));
    }

    void takesTheWritersPlaceWhenItIsFreeAndNoticesWhatWasWritten()
    {
        auto first = open();
        const auto second = open(Access::ReadWrite, first->file().string());
        std::vector<ChangeSet> told;
        second->onCommit([&](const ChangeSet &changes) { told.push_back(changes); });
        second->noticeOthers();
        QVERIFY(told.empty());
        QVERIFY(addPolicy(*first, "by the first"));
        second->noticeOthers();
        QCOMPARE(told.size(), std::size_t{1});
        QVERIFY(told[0].everything);
        QVERIFY(addPolicy(*first, "again by the first"));
        first.reset();
        QVERIFY(addPolicy(*second, "by the second"));
        QCOMPARE(told.size(), std::size_t{3});
        QVERIFY(told[1].everything);
        QVERIFY(!told[2].everything);
    }

    void writesThatNobodyWaitsForTellTheirOutcome()
    {
        const auto store = open();
        std::promise<Result<void>> kept;
        std::promise<Result<void>> undone;
        std::promise<Result<void>> failed;
        std::int64_t seen = -1; // when the first is told
        store->writeLater(
            [](WriteSession &session) {
                session.run(AddPolicy, "kept");
                return true;
            },
            [&](Result<void> outcome) {
                seen = policies(*store);
                kept.set_value(std::move(outcome));
            });
        store->writeLater(
            [](WriteSession &session) {
                session.run(AddPolicy, "undone");
                return false;
            },
            [&](Result<void> outcome) { undone.set_value(std::move(outcome)); });
        store->writeLater(
            [](WriteSession &session) {
                session.run(AddPolicy, "failed");
                session.run(AddPolicy, "failed"); // the name is taken
                return true;
            },
            [&](Result<void> outcome) { failed.set_value(std::move(outcome)); });
        QVERIFY(kept.get_future().get());
        QVERIFY(undone.get_future().get());
        QVERIFY(!failed.get_future().get());
        QCOMPARE(seen, std::int64_t{1});
        QCOMPARE(policies(*store), std::int64_t{1});
    }

    void theEndFinishesWritesThatNobodyWaitsFor()
    {
        std::atomic<int> done = 0;
        const std::string file = path(++m_files);
        {
            const auto store = open(Access::ReadWrite, file);
            for (int i = 0; i < 100; ++i)
                store->writeLater(
                    [i](WriteSession &session) {
                        session.run(AddPolicy, std::to_string(i));
                        return true;
                    },
                    [&](const Result<void> &outcome) { done += outcome ? 1 : 0; });
        }
        QCOMPARE(done.load(), 100);
        QCOMPARE(policies(*open(Access::ReadOnly, file)), std::int64_t{100});
        const auto reader = open(Access::ReadOnly, file);
        bool refused = false;
        reader->writeLater([](WriteSession &) { return true; },
                           [&](const Result<void> &outcome) { refused = !outcome; });
        QVERIFY(refused);
    }

    void aReaderNoticesTheWriter()
    {
        const auto writer = open();
        const auto reader = open(Access::ReadOnly, writer->file().string());
        QVERIFY(reader);
        int told = 0;
        reader->onCommit([&](const ChangeSet &changes) { told += changes.everything ? 1 : 0; });
        reader->noticeOthers();
        QVERIFY(addPolicy(*writer, "one"));
        reader->noticeOthers();
        reader->noticeOthers();
        QCOMPARE(told, 1);
        QVERIFY(!addPolicy(*reader, "two"));
    }
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_Store.moc"
