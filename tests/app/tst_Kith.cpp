// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <set>

namespace {

struct Run {
    int status = -1;
    QString out;
    QString err;
};

} // namespace

/// The program itself, as a process: pictures without a display, and its messages.
class tst_Kith : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drawsThePage_data();
    void drawsThePage();
    void saysWhatItCantSelect();
    void saysWhatItCantOpen();
    void refusesWrongUsage();
    void helps();

private:
    Run run(const QStringList &arguments);

    QTemporaryDir m_folder;
};

Run tst_Kith::run(const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_DATA_HOME"), m_folder.path());
    environment.insert(QStringLiteral("XDG_STATE_HOME"), m_folder.path());
    environment.remove(QStringLiteral("DISPLAY"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(KITH_BINARY_DIR "/kith"), arguments);
    if (!process.waitForFinished(100'000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

void tst_Kith::drawsThePage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("dark");
    QTest::newRow("first start") << QStringList() << false;
    QTest::newRow("entities") << QStringList{QStringLiteral("--page"), QStringLiteral("entities")} << false;
    QTest::newRow("dark") << QStringList{QStringLiteral("--page"), QStringLiteral("groups"), QStringLiteral("--dark")}
                          << true;
}

void tst_Kith::drawsThePage()
{
    QFETCH(QStringList, arguments);
    QFETCH(bool, dark);
    const QString file = m_folder.filePath(QStringLiteral("picture.png"));
    QFile::remove(file);
    const Run result =
        run(QStringList{QStringLiteral("--core"), m_folder.filePath(QStringLiteral("c.db")), QStringLiteral("--grab"),
                        file, QStringLiteral("--size"), QStringLiteral("1000x640")} +
            arguments);
    QVERIFY2(result.status == 0, qPrintable(result.err));
    const QImage picture(file);
    QCOMPARE(picture.size(), QSize(1000, 640));
    std::set<QRgb> colors;
    for (int y = 0; y < picture.height(); y += 2)
        for (int x = 0; x < picture.width(); x += 2)
            colors.insert(picture.pixel(x, y));
    QVERIFY2(colors.size() > 30, "the picture is blank");
    QCOMPARE(qGray(picture.pixel(500, 600)) < 128, dark);
}

void tst_Kith::saysWhatItCantSelect()
{
    const Run result =
        run({QStringLiteral("--core"), m_folder.filePath(QStringLiteral("c.db")), QStringLiteral("--grab"),
             m_folder.filePath(QStringLiteral("p.png")), QStringLiteral("--select"), QStringLiteral("Nobody")});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.contains(QLatin1String("Nobody")), qPrintable(result.err));
    QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("p.png"))));
}

void tst_Kith::saysWhatItCantOpen()
{
    const QString name = m_folder.filePath(QStringLiteral("not-a-core.db"));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "something else entirely, and longer than a header of a hundred bytes would ever have to be in any file");
    file.close();
    const Run result =
        run({QStringLiteral("--core"), name, QStringLiteral("--grab"), m_folder.filePath(QStringLiteral("p.png"))});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.contains(QLatin1String("not a Kith core")), qPrintable(result.err));
    QVERIFY2(result.err.contains(name), qPrintable(result.err));
    QVERIFY2(result.err.contains(QLatin1String("open another core")), qPrintable(result.err)); // the way out
}

void tst_Kith::refusesWrongUsage()
{
    QCOMPARE(run({QStringLiteral("--page"), QStringLiteral("nowhere")}).status, 2);
    QCOMPARE(run({QStringLiteral("--size"), QStringLiteral("big")}).status, 2);
    QCOMPARE(run({QStringLiteral("--no-such-option")}).status, 2);
    QCOMPARE(run({QStringLiteral("stray")}).status, 2);
    const Run unspoken = run({QStringLiteral("--language"), QStringLiteral("tlh")});
    QCOMPARE(unspoken.status, 2);
    QVERIFY2(unspoken.err.contains(QLatin1String("de, en")), qPrintable(unspoken.err));
}

void tst_Kith::helps()
{
    const Run help = run({QStringLiteral("--help")});
    QCOMPARE(help.status, 0);
    QVERIFY(help.out.startsWith(QLatin1String("Usage: kith [options]")));
    QVERIFY(help.out.contains(QLatin1String("--grab")));
    QCOMPARE(run({QStringLiteral("--version")}).status, 0);
}

QTEST_GUILESS_MAIN(tst_Kith)
#include "tst_Kith.moc"
