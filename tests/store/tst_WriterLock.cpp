// SPDX-License-Identifier: Apache-2.0
#include "store/WriterLock.h"

#include <QTemporaryDir>
#include <QTest>

using kith::store::WriterLock;

class TestWriterLock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasOneHolderWhoIsNamed()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("core.db")).toStdString();
        WriterLock second(file, "kithctl");
        {
            WriterLock first(file, "kith");
            QVERIFY(first.take());
            QVERIFY(first.take()); // it stays ours
            QCOMPARE(first.other(), std::string());
            QVERIFY(!second.take());
            QVERIFY(second.other().starts_with("kith, process " + std::to_string(getpid()) + " on "));
        }
        QCOMPARE(second.other(), std::string());
        QVERIFY(second.take());
    }
    void isNotTakenWhereNoFileCanBe()
    {
        WriterLock lock("/proc/core.db", "kith");
        QVERIFY(!lock.take());
        QVERIFY(!lock.taken());
        QCOMPARE(lock.other(), std::string());
    }
};

QTEST_GUILESS_MAIN(TestWriterLock)
#include "tst_WriterLock.moc"
