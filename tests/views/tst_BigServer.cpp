// SPDX-License-Identifier: Apache-2.0
#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/RemoteConnection.h"
#include "support/LiveConnection.h"
#include "views/Editor.h"
#include "views/GroupTree.h"
#include "views/MainWindow.h"
#include "views/Navigator.h"
#include "views/PeopleTable.h"
#include "views/RemoteGuide.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <ctime>
#include <unistd.h>

using namespace kith;
using connection::MirrorState;
using connection::RemoteConnection;

/// The window on a kithd with a core of many objects, while its mirror is read, read anew, and worked with: memory
/// stays where it is, and the window answers all the time. Takes minutes and a core that `generate FILE --divide 10`
/// made (preset bench, 100,000 entities): KITH_BIG_CORE=FILE, and KITHD=PROGRAM for another kithd than the one built
/// here. With QTEST_FUNCTION_TIMEOUT=3600000, and -maxwarnings 0 to see the figures of all rounds.
class tst_BigServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void staysUsable();

private:
    bool startServer(const QString &core);
    void open();
    void useIt();
    void watch(const char *what, const std::function<bool()> &done);

    QTemporaryDir m_folder;
    QProcess m_server;
    connection::Profile m_profile;
    QByteArray m_token;
    std::unique_ptr<RemoteConnection> m_connection;
    std::unique_ptr<views::MainWindow> m_window;
    qint64 m_longest = 0; ///< Microseconds of the processor's time.
    int m_uses = 0;
};

static double residentMb()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return double(file.readAll().split(' ').at(1).toLongLong() * sysconf(_SC_PAGESIZE)) / 1e6;
}

/// What this thread has used of the processor, in microseconds: unlike the clock on the wall it doesn't count what
/// other programs of a busy machine take.
static qint64 threadTime()
{
    timespec now = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

void tst_BigServer::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
    const QString core = qEnvironmentVariable("KITH_BIG_CORE");
    if (core.isEmpty())
        QSKIP("takes minutes and a big core: set KITH_BIG_CORE");
    connection::avoidGlibInThreads(); // as the program does
    QVERIFY(startServer(core));
}

bool tst_BigServer::startServer(const QString &core)
{
    const QString data = m_folder.filePath(QStringLiteral("data"));
    if (!QDir().mkpath(data) || !QFile::copy(core, data + QStringLiteral("/core.db")))
        return false;
    const QString built = QStringLiteral(KITH_BINARY_DIR "/kithd");
    m_server.start(qEnvironmentVariable("KITHD", built),
                   {QStringLiteral("--data"), data, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
    const QByteArray says = "kithd listens on ";
    QByteArray output;
    while (!output.contains(says) || !output.mid(output.indexOf(says)).contains('\n')) {
        if (!m_server.waitForReadyRead(60'000))
            return false;
        output += m_server.readAll();
    }
    const QByteArray rest = output.mid(output.indexOf(says) + says.size());
    m_profile.address = QString::fromLatin1(rest.left(rest.indexOf('\n'))).trimmed();
    m_profile.proxy = connection::ProxyUse::None;
    connection::RemoteClient client(m_profile);
    const auto init = client.ask(
        connection::requestOf(core::Operation::Update, "sys/init", {{"secret_shares", 1}, {"secret_threshold", 1}}));
    if (!init || !init->ok())
        return false;
    const auto &keys = init->data->as_object();
    m_token = keys.at("root_token").as_string().c_str();
    const auto unsealed = client.ask(
        connection::requestOf(core::Operation::Update, "sys/unseal", {{"key", keys.at("keys").at(0).as_string()}}));
    return unsealed && unsealed->ok();
}

void tst_BigServer::open()
{
    connection::RemoteOptions options;
    options.profile = m_profile;
    options.token = m_token;
    options.refreshSeconds = 0;
    connection::whenReady(RemoteConnection::open(std::move(options)), qApp, [this](auto opened) {
        if (!opened)
            qFatal("not opened: %s", test::why(opened).constData());
        m_connection = std::move(*opened);
        m_window = std::make_unique<views::MainWindow>(*m_connection);
        new views::RemoteGuide(*m_connection, *m_window);
        m_window->setGeometry(0, 0, 1280, 800);
        m_window->show();
    });
}

/// Somebody who is in a hurry: scrolls, chooses, filters, goes to another page.
void tst_BigServer::useIt()
{
    if (!m_window)
        return;
    auto *people = m_window->findChild<views::PeopleTable *>(QStringLiteral("entityTable"));
    auto *tree = m_window->findChild<views::GroupTree *>();
    ++m_uses;
    switch (m_uses % 8) {
    case 0:
        return m_window->navigator().showPage(m_uses % 16 ? views::Page::Groups : views::Page::Entities);
    case 1:
    case 5:
        return people->verticalScrollBar()->setValue(people->verticalScrollBar()->maximum() / 97 * (m_uses % 97));
    case 2:
        return people->setCurrentIndex(people->indexAt({20, 60}));
    case 3:
        return tree->verticalScrollBar()->setValue(tree->verticalScrollBar()->maximum() / 7 * (m_uses % 7));
    case 4:
        return tree->setCurrentIndex(tree->indexAt({20, 60}));
    default:
        if (auto *filter = m_window->findChild<QLineEdit *>(QStringLiteral("entityFilter")))
            filter->setText(m_uses % 8 == 6 ? QStringLiteral("an") : QString());
    }
}

/// Waits, and says how long it took, how long the longest turn of the event loop was meanwhile, and how much memory
/// there is then.
void tst_BigServer::watch(const char *what, const std::function<bool()> &done)
{
    qint64 longest = 0;
    qint64 longestWall = 0;
    qint64 before = threadTime();
    QElapsedTimer wall;
    wall.start();
    QTimer turns; // each time when all that waited has been done
    connect(&turns, &QTimer::timeout, this, [&] {
        const qint64 now = threadTime();
        longest = std::max(longest, now - before);
        longestWall = std::max(longestWall, wall.restart());
        before = now;
    });
    turns.start(5);
    QTimer uses;
    connect(&uses, &QTimer::timeout, this, [this] { useIt(); });
    uses.start(150);
    QElapsedTimer whole;
    whole.start();
    QEventLoop loop;
    QTimer end;
    connect(&end, &QTimer::timeout, &loop, [&] {
        if (done() || whole.elapsed() > 900'000)
            loop.quit();
    });
    end.start(20);
    loop.exec();
    m_longest = std::max(m_longest, longest);
    qInfo("%-14s %6.1f s; longest turn %5.1f ms of the processor, %5lld ms on the wall; %5.0f MB", what,
          double(whole.elapsed()) / 1000, double(longest) / 1000, static_cast<long long>(longestWall), residentMb());
}

void tst_BigServer::staysUsable()
{
    const auto current = [this] { return m_connection && m_connection->mirror().phase == MirrorState::Phase::Current; };
    const double atFirst = residentMb();
    open();
    watch("first page", [this] {
        const auto counts = m_connection ? test::await(m_connection->directory().counts()) : Error{};
        return counts && counts->entities > 0;
    });
    watch("whole mirror", current);
    QVERIFY(current());
    const auto counts = test::await(m_connection->directory().counts());
    std::vector<double> resident;
    for (int round = 1; round <= 4; ++round) {
        m_connection->refresh();
        QTRY_VERIFY(!current());
        watch(qPrintable(QStringLiteral("refresh %1").arg(round)), current);
        resident.push_back(residentMb());
    }
    qInfo("%lld entities, %lld groups; %.0f MB before the window", static_cast<long long>(counts->entities),
          static_cast<long long>(counts->groups), atFirst);
    // Each round reads all anew: what the first one took is enough for all.
    QString rounds = QStringLiteral("memory grows from round to round:");
    for (const double mb : resident)
        rounds += QStringLiteral(" %1 MB").arg(mb, 0, 'f', 0);
    for (const double later : resident)
        QVERIFY2(later < resident.front() * 1.15 + 10, qPrintable(rounds));
    QVERIFY2(m_longest < 150'000, "the window was stuck");
}

QTEST_MAIN(tst_BigServer)
#include "tst_BigServer.moc"
