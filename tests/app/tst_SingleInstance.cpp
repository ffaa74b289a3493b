// SPDX-License-Identifier: Apache-2.0
#include "views/Hand.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <optional>

using namespace kith;

namespace {

using Process = std::unique_ptr<QProcess>;

/// What a tool prints.
QString said(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(10'000);
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

QString windowsOf(const Process &process)
{
    return said(QStringLiteral("xdotool"),
                {QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--all"),
                 QStringLiteral("--pid"), QString::number(process->processId()), QStringLiteral("--name"),
                 QStringLiteral("Kith")});
}

/// The one that lies above the others, where the pointer is.
QString windowOnTop()
{
    const QString place =
        said(QStringLiteral("xdotool"), {QStringLiteral("getmouselocation"), QStringLiteral("--shell")});
    return place.section(QStringLiteral("WINDOW="), 1).section(QLatin1Char('\n'), 0, 0);
}

} // namespace

/// The program itself, several times on a display of its own: a core has one window.
class tst_SingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void raisesTheFirst();
    void isTheFirstAgainAfterACrash();
    void opensBesideOneThatHangs();
    void leavesNothingWhereItIsStarted();

private:
    Process start(const QString &core, const QStringList &more = {});
    Process open(const QString &core); ///< And waits for the window.

    std::optional<QTemporaryDir> m_folder;
};

void tst_SingleInstance::init()
{
    m_folder.emplace();
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

Process tst_SingleInstance::start(const QString &core, const QStringList &more)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *variable : {"XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QString::fromLatin1(variable), m_folder->path());
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent/bus"));
    process->setProcessEnvironment(environment);
    process->start(QStringLiteral(KITH_BINARY_DIR "/kith"),
                   QStringList{QStringLiteral("--core"), m_folder->filePath(core)} + more);
    return process;
}

Process tst_SingleInstance::open(const QString &core)
{
    Process process = start(core);
    if (!QTest::qWaitFor([&] { return !windowsOf(process).isEmpty(); }, 60'000))
        qFatal("no window: %s", process->readAllStandardError().constData());
    return process;
}

void tst_SingleInstance::raisesTheFirst()
{
    test::Hand::point({300, 300});
    const Process first = open(QStringLiteral("a.db"));
    const Process other = open(QStringLiteral("b.db")); // another core has a window of its own
    QTRY_COMPARE(windowOnTop(), windowsOf(other));

    const Process second = start(QStringLiteral("./a.db"), {QStringLiteral("--page"), QStringLiteral("groups")});
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 30'000);
    QCOMPARE(second->exitCode(), 0);
    QCOMPARE(second->readAllStandardError(), QByteArray());
    QTRY_COMPARE(windowOnTop(), windowsOf(first));
    QCOMPARE(first->state(), QProcess::Running);

    // What it was asked for came along: it is where the first one is when it is closed.
    const QString state = m_folder->filePath(QStringLiteral("kith/window.ini"));
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
                                 if (first->state() == QProcess::Running)
                                     test::Hand::x({QStringLiteral("key"), QStringLiteral("--window"), windowsOf(first),
                                                    QStringLiteral("ctrl+q")});
                                 return first->state() == QProcess::NotRunning;
                             })(),
                             30'000);
    QCOMPARE(first->exitCode(), 0);
    QFile file(state);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray kept = file.readAll();
    QVERIFY2(kept.contains("groups"), kept.constData());
    other->kill();
    other->waitForFinished();
}

void tst_SingleInstance::isTheFirstAgainAfterACrash()
{
    const Process first = open(QStringLiteral("a.db"));
    first->kill();
    QVERIFY(first->waitForFinished());
    const Process again = open(QStringLiteral("a.db"));
    QCOMPARE(again->readAllStandardError(), QByteArray());
    const Process second = start(QStringLiteral("a.db"));
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 30'000);
    QCOMPARE(second->exitCode(), 0);
    again->kill();
    again->waitForFinished();
}

void tst_SingleInstance::opensBesideOneThatHangs()
{
    const Process first = open(QStringLiteral("a.db"));
    QCOMPARE(::kill(static_cast<pid_t>(first->processId()), SIGSTOP), 0);
    const Process second = open(QStringLiteral("a.db"));
    QVERIFY(second->readAllStandardError().contains("doesn't answer"));
    for (const Process *process : {&first, &second}) {
        (*process)->kill();
        (*process)->waitForFinished();
    }
}

/// Without a runtime folder there is no place to meet at, least of all the working directory.
void tst_SingleInstance::leavesNothingWhereItIsStarted()
{
    const QString here = m_folder->filePath(QStringLiteral("here"));
    QVERIFY(QDir().mkpath(here));
    QFile none(m_folder->filePath(QStringLiteral("none"))); // no folder can be made there
    QVERIFY(none.open(QIODevice::WriteOnly));
    none.close();
    QProcess process;
    process.setWorkingDirectory(here);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *variable : {"XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"})
        environment.insert(QString::fromLatin1(variable), m_folder->path());
    for (const char *variable : {"XDG_RUNTIME_DIR", "TMPDIR"})
        environment.insert(QString::fromLatin1(variable), none.fileName());
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent/bus"));
    process.setProcessEnvironment(environment);
    QByteArray said;
    connect(&process, &QProcess::readyReadStandardError, this, [&] { said += process.readAllStandardError(); });
    process.start(QStringLiteral(KITH_BINARY_DIR "/kith"),
                  {QStringLiteral("--core"), m_folder->filePath(QStringLiteral("a.db"))});
    QTRY_VERIFY_WITH_TIMEOUT(said.contains("doesn't answer"), 30'000);
    const QStringList left = QDir(here).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    process.kill();
    process.waitForFinished();
    QCOMPARE(left, QStringList());
}

int main(int argc, char **argv)
{
    if (const auto left = test::Hand::inOwnDisplay(argc, argv))
        return *left;
    QApplication application(argc, argv);
    tst_SingleInstance tests;
    return QTest::qExec(&tests, argc, argv);
}
#include "tst_SingleInstance.moc"
