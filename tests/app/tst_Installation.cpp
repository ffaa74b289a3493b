// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Run {
    int status = -1;
    QString text; ///< What it wrote, on either channel.
};

Run run(const QString &program, const QStringList &arguments, const QString &folder = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForFinished(280'000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAll())};
}

QString buildFolder()
{
    return QFileInfo(QStringLiteral(KITH_BINARY_DIR)).path();
}

QString resource(const char *name)
{
    return QStringLiteral(KITH_SOURCE_DIR "/resources/") + QString::fromUtf8(name);
}

} // namespace

/// What `cmake --install` and `cpack` hand out, and what the desktop's and the manual's own validators say of it.
class tst_Installation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void installsAllThatBelongsToIt();
    void validatorsFindNothing_data();
    void validatorsFindNothing();
    void manualNamesEveryOption_data();
    void manualNamesEveryOption();
    void packagesHoldTheirPrograms();
};

void tst_Installation::installsAllThatBelongsToIt()
{
    QTemporaryDir folder;
    const Run installed = run(QStringLiteral("cmake"),
                              {QStringLiteral("--install"), buildFolder(), QStringLiteral("--prefix"), folder.path()});
    QVERIFY2(installed.status == 0, qPrintable(installed.text));
    for (const char *file :
         {"bin/kith", "bin/kithctl", "bin/kithd", "share/applications/org.kith.Kith.desktop",
          "share/metainfo/org.kith.Kith.metainfo.xml", "share/icons/hicolor/scalable/apps/kith.svg",
          "share/man/man1/kith.1", "share/man/man1/kithctl.1", "share/man/man8/kithd.8",
          "lib/systemd/system/kithd.service", "share/doc/kithd/examples/kithd.hcl", "share/doc/kith/copyright"})
        QVERIFY2(QFile::exists(folder.filePath(QString::fromUtf8(file))), file);
    for (const char *program : {"kith", "kithctl", "kithd"}) {
        const Run version =
            run(folder.filePath(QStringLiteral("bin/") + QString::fromUtf8(program)), {QStringLiteral("--version")});
        QCOMPARE(version.status, 0);
        QVERIFY2(version.text.startsWith(QString::fromUtf8(program) + QLatin1Char(' ')), qPrintable(version.text));
    }
}

void tst_Installation::validatorsFindNothing_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::newRow("desktop entry") << QStringList{QStringLiteral("desktop-file-validate"),
                                                  resource("org.kith.Kith.desktop")};
    QTest::newRow("metainfo") << QStringList{QStringLiteral("appstreamcli"), QStringLiteral("validate"),
                                             QStringLiteral("--no-net"), resource("org.kith.Kith.metainfo.xml")};
    for (const char *page : {"kith.1", "kithctl.1", "kithd.8"})
        QTest::newRow(page) << QStringList{QStringLiteral("mandoc"),  QStringLiteral("-T"),
                                           QStringLiteral("lint"),    QStringLiteral("-W"),
                                           QStringLiteral("warning"), resource("man/") + QString::fromUtf8(page)};
}

void tst_Installation::validatorsFindNothing()
{
    QFETCH(QStringList, command);
    const QString validator = command.takeFirst();
    if (QStandardPaths::findExecutable(validator).isEmpty())
        QSKIP("its package is listed in tests/packages and isn't installed");
    const Run said = run(validator, command);
    QVERIFY2(said.status == 0, qPrintable(said.text));
}

void tst_Installation::manualNamesEveryOption_data()
{
    QTest::addColumn<QString>("page");
    QTest::newRow("kith") << QStringLiteral("kith.1");
    QTest::newRow("kithctl") << QStringLiteral("kithctl.1");
    QTest::newRow("kithd") << QStringLiteral("kithd.8");
}

void tst_Installation::manualNamesEveryOption()
{
    QFETCH(QString, page);
    QFile file(resource("man/") + page);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString manual = QString::fromUtf8(file.readAll());
    const QString program = QStringLiteral(KITH_BINARY_DIR "/") + QString::fromUtf8(QTest::currentDataTag());
    const Run help = run(program, {QStringLiteral("--help")});
    QCOMPARE(help.status, 0);

    static const QRegularExpression option(QStringLiteral("(?<![\\w-])--([a-z][a-z-]*)"));
    int options = 0;
    for (auto match = option.globalMatch(help.text); match.hasNext(); ++options) {
        const QString name = match.next().captured(1);
        // mdoc writes the first dash itself.
        const QRegularExpression told(QStringLiteral("Fl -%1\\b").arg(QRegularExpression::escape(name)));
        QVERIFY2(manual.contains(told), qPrintable(page + QStringLiteral(" does not tell of --") + name));
    }
    QVERIFY(options >= 5);
}

void tst_Installation::packagesHoldTheirPrograms()
{
    if (!qEnvironmentVariableIsSet("KITH_LONG"))
        QSKIP("packing and stripping the programs takes long: set KITH_LONG");
    // The release, since what is built for development stands on libraries that no package has.
    const QString config = QStringLiteral(KITH_SOURCE_DIR "/build/release/CPackConfig.cmake");
    if (!QFile::exists(config))
        QSKIP("needs the release: ./app/run --build");
    QTemporaryDir folder;
    const Run packed = run(QStringLiteral("cpack"),
                           {QStringLiteral("-B"), folder.path(), QStringLiteral("--config"), config}, folder.path());
    QVERIFY2(packed.status == 0, qPrintable(packed.text));
    for (const char *name : {"kith", "kithctl", "kithd"}) {
        const QStringList files = QDir(folder.path()).entryList({QString::fromUtf8(name) + QStringLiteral("_*.deb")});
        QCOMPARE(files.size(), 1);
        const QString deb = folder.filePath(files.first());
        const Run content = run(QStringLiteral("dpkg-deb"), {QStringLiteral("--contents"), deb});
        QVERIFY(content.text.contains(QStringLiteral("./usr/bin/") + QString::fromUtf8(name) + QLatin1Char('\n')));
        const Run depends =
            run(QStringLiteral("dpkg-deb"), {QStringLiteral("--field"), deb, QStringLiteral("Depends")});
        QVERIFY2(depends.text.contains(QStringLiteral("libsqlite3-0")), qPrintable(depends.text));
    }
}

QTEST_GUILESS_MAIN(tst_Installation)
#include "tst_Installation.moc"
