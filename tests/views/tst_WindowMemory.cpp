// SPDX-License-Identifier: Apache-2.0
#include "views/WindowMemory.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using views::Page;
using views::WindowMemory;

static const QString Core = QStringLiteral("/home/ada/core.db");

/// What the window remembers, over crashes and damage.
class tst_WindowMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsAPlaceForEachCore();
    void survivesKills();
    void waitsForNoLockOfTheDead();
    void beginsAnewAfterDamage();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_WindowMemory::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", m_folder->path().toUtf8());
}

static void remember(int number)
{
    const QString name = QString::number(number);
    WindowMemory(Core).setSpot({Page::Policies, name, name, name});
}

void tst_WindowMemory::keepsAPlaceForEachCore()
{
    QVERIFY(!WindowMemory(Core).spot());
    remember(7);
    const auto spot = WindowMemory(Core).spot();
    QVERIFY(spot && spot->page == Page::Policies);
    QCOMPARE(spot->name, QStringLiteral("7"));
    QVERIFY(!WindowMemory(QStringLiteral("another")).spot());
}

/// Killed while it writes, again and again: what is read is the place before or after, whole.
void tst_WindowMemory::survivesKills()
{
    remember(0);
    int last = 0;
    for (int round = 0; round < 15; ++round) {
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(),
                     {QStringLiteral("--write-from"), QString::number(last + 1)});
        QVERIFY(writer.waitForReadyRead(120'000)); // it has written once
        QTest::qWait(3 + round * 7 % 11);
        writer.kill();
        QVERIFY(writer.waitForFinished());
        const auto spot = WindowMemory(Core).spot();
        QVERIFY(spot && spot->page == Page::Policies);
        QCOMPARE(spot->group, spot->name);
        QCOMPARE(spot->object, spot->name);
        QVERIFY(spot->name.toInt() > last);
        last = spot->name.toInt();
    }
}

/// A lock that says of nobody that they hold it: whoever made it was killed before that.
void tst_WindowMemory::waitsForNoLockOfTheDead()
{
    remember(1);
    QFile lock(m_folder->filePath(QStringLiteral("kith/window.ini.lock")));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    QVERIFY(lock.setFileTime(QDateTime::currentDateTime().addSecs(-5), QFileDevice::FileModificationTime));
    lock.close();
    WindowMemory memory(Core);
    QVERIFY(!lock.exists());
    QCOMPARE(memory.spot()->name, QStringLiteral("1"));

    QVERIFY(lock.open(QIODevice::WriteOnly)); // of somebody who is about to fill it
    lock.close();
    const WindowMemory second(Core);
    QVERIFY(lock.exists());
    QVERIFY(lock.remove());
}

void tst_WindowMemory::beginsAnewAfterDamage()
{
    remember(1);
    QFile file(m_folder->filePath(QStringLiteral("kith/window.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("\0\xff[places\n=\n%%%", 14));
    file.close();
    QVERIFY(!WindowMemory(Core).spot());
    remember(2);
    QCOMPARE(WindowMemory(Core).spot()->name, QStringLiteral("2"));
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--write-from"))
        for (int number = arguments.value(2).toInt();; ++number) {
            remember(number);
            std::puts("written");
            std::fflush(stdout);
        }
    tst_WindowMemory tests;
    return QTest::qExec(&tests, argc, argv);
}
#include "tst_WindowMemory.moc"
