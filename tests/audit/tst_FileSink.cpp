// SPDX-License-Identifier: Apache-2.0
#include "audit/FileSink.h"
#include "support/Support.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

#include <csignal>
#include <sys/resource.h>

using namespace kith;
using namespace kith::audit;
using kith::test::why;

class TestFileSink : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    static QByteArray content(const std::filesystem::path &file)
    {
        QFile opened(QString::fromStdString(file.string()));
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray("(none)");
    }
    static unsigned rights(const std::filesystem::path &file)
    {
        return static_cast<unsigned>(std::filesystem::status(file).permissions());
    }

private Q_SLOTS:
    void addsLines()
    {
        {
            FileSink sink(path("a"), 0640);
            QVERIFY(sink.write("one\n"));
            QVERIFY(sink.write("two\n"));
        }
        FileSink sink(path("a"), 0600);
        QVERIFY(sink.write("three\n"));
        QCOMPARE(content(path("a")), QByteArray("one\ntwo\nthree\n"));
        QCOMPARE(rights(path("a")), 0600U);
    }
    void takesTheRightsOfTheFileIfAsked()
    {
        QVERIFY(FileSink(path("b"), 0640).write("one\n"));
        QVERIFY(FileSink(path("b"), 0).write("two\n"));
        QCOMPARE(rights(path("b")), 0640U);
    }
    void opensAnewAfterTheFileWasMoved()
    {
        FileSink sink(path("c"), 0600);
        QVERIFY(sink.write("one\n"));
        std::filesystem::rename(path("c"), path("c.1"));
        QVERIFY(sink.write("two\n"));
        sink.reopen();
        QVERIFY(sink.write("three\n"));
        QCOMPARE(content(path("c.1")), QByteArray("one\ntwo\n"));
        QCOMPARE(content(path("c")), QByteArray("three\n"));
    }
    void failsAndRecovers()
    {
        FileSink sink(path("no/such/folder"), 0600);
        const auto failed = sink.write("one\n");
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::Io);
        std::filesystem::create_directories(path("no/such"));
        QVERIFY(sink.write("two\n"));
        QCOMPARE(content(path("no/such/folder")), QByteArray("two\n"));
        QCOMPARE(FileSink("/dev/full", 0600).write("x\n").error().code, ErrorCode::DiskFull);
        QVERIFY(FileSink("discard", 0600).write("x\n"));
        QVERIFY(!QFileInfo::exists(QStringLiteral("discard")));
    }
    void endsALineThatWasCutOff()
    {
        {
            QFile half(QString::fromStdString(path("d").string()));
            QVERIFY(half.open(QIODevice::WriteOnly));
            half.write("one\ntw");
        }
        QVERIFY(FileSink(path("d"), 0600).write("three\n"));
        QCOMPARE(content(path("d")), QByteArray("one\ntw\nthree\n"));

        // A file may not grow beyond six bytes: half of the second line fits.
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, SIG_IGN);
        FileSink sink(path("e"), 0600);
        QVERIFY(sink.write("one\n"));
        const rlimit six{6, before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &six), 0);
        const auto cut = sink.write("two\n");
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!cut);
        QVERIFY(sink.write("three\n"));
        QCOMPARE(content(path("e")), QByteArray("one\ntw\nthree\n"));
    }
    void keepsLinesWholeUnderManyThreads()
    {
        constexpr int Threads = 8;
        constexpr int Lines = 500;
        FileSink sink(path("f"), 0600);
        std::vector<std::thread> threads;
        std::atomic<int> failures = 0;
        for (int t = 0; t < Threads; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < Lines; ++i)
                    if (!sink.write(std::to_string(t) + "-" + std::to_string(i) + "-" + std::string(100, 'x') + "\n"))
                        ++failures;
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        const QList<QByteArray> lines = content(path("f")).split('\n');
        QCOMPARE(lines.size(), Threads * Lines + 1);
        std::vector<int> next(Threads, 0); // those of a thread come in its order
        for (int i = 0; i < Threads * Lines; ++i) {
            const QList<QByteArray> parts = lines[i].split('-');
            QCOMPARE(parts.size(), 3);
            QCOMPARE(parts[1].toInt(), next.at(parts[0].toUInt())++);
            QCOMPARE(parts[2].size(), 100);
        }
    }
};

QTEST_GUILESS_MAIN(TestFileSink)
#include "tst_FileSink.moc"
