// SPDX-License-Identifier: Apache-2.0
#include "store/PowerLossVfs.h"
#include "store/Store.h"

#include "support/Support.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace kith;
using namespace kith::store;
using kith::test::PowerLossVfs;
using kith::test::why;

namespace {

Result<std::unique_ptr<Store>> openCore(const QString &file, Durability durability = Durability::Full)
{
    OpenOptions options;
    options.file = file.toStdString();
    options.durability = durability;
    return Store::open(std::move(options));
}

QSet<QString> names(const QString &file)
{
    const auto store = openCore(file);
    const auto all = store ? (*store)->read([](Session &session) -> Result<QSet<QString>> {
        QSet<QString> found;
        for (Query rows = session.query("SELECT name FROM policy_name"); rows.step();)
            found.insert(QString::fromUtf8(rows.text(0).data(), static_cast<int>(rows.text(0).size())));
        return found;
    })
                           : Result<QSet<QString>>(store.error());
    return all ? *all : QSet<QString>{QString::fromLatin1("unreadable: " + why(all))};
}

/// Writes from several threads, cuts the power in the middle, and returns the names whose writes were answered.
QSet<QString> writeUntilPowerIsCut(const QString &file, Durability durability, int round)
{
    PowerLossVfs disk;
    QSet<QString> answered;
    {
        auto store = openCore(file, durability);
        if (!store)
            return {QStringLiteral("could not be opened")};
        std::mutex mutex;
        std::vector<std::thread> threads;
        const int enough = QRandomGenerator::global()->bounded(5, 120);
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&, thread] {
                for (int i = 0; !disk.isCut(); ++i) {
                    const std::string name =
                        std::to_string(round) + "/" + std::to_string(thread) + "/" + std::to_string(i);
                    const auto written = (*store)->write([&](WriteSession &session) -> Result<void> {
                        session.run("INSERT INTO policy_name (name) VALUES (?)", name);
                        return {};
                    });
                    const std::lock_guard lock(mutex);
                    if (written)
                        answered.insert(QString::fromStdString(name));
                    if (answered.size() >= enough)
                        disk.cut();
                }
            });
        for (std::thread &thread : threads)
            thread.join();
    }
    disk.forgetUnsynced();
    QFile::remove(file + QStringLiteral("-shm")); // memory: gone with the power
    return answered;
}

} // namespace

class TestSurvival : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void losesNothingAnsweredWhenKilled()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("core.db"));
        QSet<QString> answered;
        const int rounds = qEnvironmentVariableIsSet("KITH_LONG") ? 200 : 12;
        for (int round = 0; round < rounds; ++round) {
            QProcess writer;
            writer.start(QStringLiteral(KITH_RESTLESS_WRITER), {file, QString::number(round)});
            QByteArray output;
            const int enough = QRandomGenerator::global()->bounded(1, 60);
            while (output.count('\n') < enough && writer.waitForReadyRead(20'000))
                output += writer.readAllStandardOutput();
            writer.kill();
            QVERIFY(writer.waitForFinished());
            QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
            output += writer.readAllStandardOutput();
            QVERIFY(output.count('\n') >= enough);
            for (const QByteArray &line : output.left(output.lastIndexOf('\n')).split('\n'))
                answered.insert(QString::fromUtf8(line));
            const QSet<QString> found = names(file);
            const QSet<QString> lost = answered - found;
            QVERIFY2(lost.isEmpty(), qPrintable(QStringList(lost.values()).join(u' ')));
            for (const QString &name : found)
                QVERIFY2(!name.startsWith(QStringLiteral("half-")), qPrintable(name));
        }
    }

    void losesNothingAnsweredWhenThePowerFails()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("core.db"));
        QVERIFY(openCore(file));
        QSet<QString> answered;
        for (int round = 0; round < 20; ++round) {
            answered += writeUntilPowerIsCut(file, Durability::Full, round);
            const QSet<QString> lost = answered - names(file);
            QVERIFY2(lost.isEmpty(), qPrintable(QStringList(lost.values()).join(u' ')));
        }
        QVERIFY(answered.size() >= 100);
    }

    /// The test above proves something only if it can fail: without syncs it does.
    void losesAnswersWithoutSyncs()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("core.db"));
        QVERIFY(openCore(file));
        const QSet<QString> answered = writeUntilPowerIsCut(file, Durability::None, 0);
        QVERIFY(!answered.isEmpty());
        QVERIFY(!(answered - names(file)).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSurvival)
#include "tst_Survival.moc"
