// SPDX-License-Identifier: Apache-2.0
#include "Office.h"
#include "RemoteWindow.h"
#include "views/CardView.h"
#include "views/CsvPane.h"
#include "views/ImportDialog.h"

#include <QComboBox>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>

using namespace kith;
using test::await;
using test::RealServer;

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// Tables of people and of memberships, from the file to the preview and into the core.
class tst_CsvImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void guessesHowToRead();
    void asksForTheNames();
    void addsToWhatIsThere();
    void namesLinesAndColumns();
    void namesLinesOfUnknownPeople();
    void readsAnotherEncoding();
    void addsToWhatIsThereOnAServer_data();
    void addsToWhatIsThereOnAServer();

private:
    QString file(const QByteArray &bytes, const char *name = "people.csv");
    void open(connection::Connection &connection, const QString &file);
    template <class Widget>
    Widget *find(const char *name)
    {
        return m_dialog->findChild<Widget *>(text(name));
    }
    QString verdict() { return find<QLabel>("importVerdict")->text(); }
    QString cards();
    bool canImport() { return find<QPushButton>("applyImport")->isEnabled(); }
    void choose(const char *box, const char *choice);
    void apply();

    QTemporaryDir m_folder;
    std::unique_ptr<test::Office> m_office;
    QPointer<views::ImportDialog> m_dialog;
};

void tst_CsvImport::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
}

void tst_CsvImport::cleanup()
{
    delete m_dialog;
    m_office.reset();
}

QString tst_CsvImport::file(const QByteArray &bytes, const char *name)
{
    QFile out(m_folder.filePath(text(name)));
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() ? out.fileName() : QString();
}

void tst_CsvImport::open(connection::Connection &connection, const QString &file)
{
    m_dialog = new views::ImportDialog(connection, file);
    m_dialog->open();
    QTRY_VERIFY(find<QTableWidget>("csvTable")->rowCount() > 0);
}

QString tst_CsvImport::cards()
{
    auto *view = find<views::CardView>("importCards");
    view->fillAll();
    return view->toPlainText();
}

void tst_CsvImport::choose(const char *box, const char *choice)
{
    auto *found = find<QComboBox>(box);
    QVERIFY2(found && found->findText(text(choice)) >= 0, choice);
    found->setCurrentIndex(found->findText(text(choice)));
    Q_EMIT found->activated(found->currentIndex());
}

void tst_CsvImport::apply()
{
    QTRY_VERIFY2(canImport(), qPrintable(verdict() + cards()));
    QSignalSpy imported(m_dialog, &views::ImportDialog::imported);
    find<QPushButton>("applyImport")->click();
    QTRY_VERIFY2_WITH_TIMEOUT(imported.count() == 1, qPrintable(m_dialog ? verdict() : QString()), 20'000);
}

void tst_CsvImport::guessesHowToRead()
{
    m_office = std::make_unique<test::Office>();
    open(m_office->connection(), file("Name;Policies;Site;Group\nFatima;\"a, b\";Oslo;crew\nGoran;;;\n"));
    QCOMPARE(find<QComboBox>("csvDelimiter")->currentText(), text("Semicolon"));
    QCOMPARE(find<QComboBox>("csvEncoding")->currentText(), text("UTF-8"));
    QCOMPARE(find<QComboBox>("csvContent")->currentText(), text("People"));
    QStringList columns;
    for (const char *box : {"csvColumn0", "csvColumn1", "csvColumn2", "csvColumn3"})
        columns += find<QComboBox>(box)->currentText();
    QCOMPARE(columns,
             QStringList({text("Name of the person"), text("Policies"), text("Metadata: Site"), text("Groups")}));
    QCOMPARE(find<QTableWidget>("csvTable")->item(1, 1)->text(), text("a, b"));
    QTRY_VERIFY(canImport());
    QVERIFY2(cards().contains(text("Fatima")) && cards().contains(text("crew")), qPrintable(cards()));
    choose("csvDelimiter", "Comma"); // one column of nonsense: it has to be said what it is
    QTRY_VERIFY(!canImport());
    QTRY_VERIFY(verdict().startsWith(text("Choose the one column")));
    delete m_dialog;
    open(m_office->connection(), file("group,member\nsupport,Ada Lovelace\n", "pairs.csv"));
    QCOMPARE(find<QComboBox>("csvContent")->currentText(), text("Memberships"));
    QTRY_VERIFY(canImport());
    delete m_dialog;
    open(m_office->connection(), file("Name,x-team\nFatima,night\n", "prefix.csv"));
    QCOMPARE(find<QComboBox>("csvColumn1")->currentText(), text("Metadata: x-team"));
}

void tst_CsvImport::asksForTheNames()
{
    m_office = std::make_unique<test::Office>();
    open(m_office->connection(), file("who,what\nFatima,x\n"));
    QTRY_COMPARE(verdict(), text("Choose the one column that has the names of the people."));
    QVERIFY(!canImport());
    choose("csvColumn0", "Name of the person");
    QTRY_VERIFY(canImport());
    choose("csvColumn1", "Leave out");
    apply();
    QCOMPARE(m_office->send(core::Operation::Read, "identity/entity/name/fatima").data->at("metadata"),
             boost::json::value(nullptr));
}

/// Nothing that somebody has already is taken from them.
void tst_CsvImport::addsToWhatIsThere()
{
    m_office = std::make_unique<test::Office>();
    open(m_office->connection(),
         file("name,policies,site,groups,disabled\nada lovelace,new,Oslo,support,\nFatima,,,support;fresh,yes\n"));
    apply();
    const auto ada = await(m_office->directory().entity(m_office->ada));
    QCOMPARE(ada->policies, QStringList({text("new"), text("on-call")}));
    QCOMPARE(ada->metadata, connection::Metadata({{text("site"), text("Oslo")}, {text("team"), text("engines")}}));
    QCOMPARE(m_office->members(m_office->support),
             (std::set<QString>{ada->row.name, text("Erik Lund"), text("Fatima")}));
    QVERIFY(m_office->send(core::Operation::Read, "identity/group/name/fresh").ok());
    QVERIFY(m_office->send(core::Operation::Read, "identity/entity/name/Fatima").data->at("disabled").as_bool());
}

void tst_CsvImport::namesLinesAndColumns()
{
    m_office = std::make_unique<test::Office>();
    open(m_office->connection(), file("name,disabled\nFatima,yes\n,no\nGoran,perhaps\n"));
    QTRY_VERIFY2(verdict().startsWith(text("This table can't be imported: it has 2 error(s).")), qPrintable(verdict()));
    QVERIFY2(cards().contains(text("line 3, column 1")) && cards().contains(text("line 4, column 2")) &&
                 cards().contains(text("perhaps")),
             qPrintable(cards()));
    QVERIFY(!canImport());
}

void tst_CsvImport::namesLinesOfUnknownPeople()
{
    m_office = std::make_unique<test::Office>();
    open(m_office->connection(), file("member,group\nAda Lovelace,support\nNobody,support\n"));
    QTRY_VERIFY2(cards().contains(text("line 3")) && cards().contains(text("Nobody")), qPrintable(cards()));
    QVERIFY(!canImport());
}

void tst_CsvImport::readsAnotherEncoding()
{
    m_office = std::make_unique<test::Office>();
    open(m_office->connection(), file("name\nZo\xEB M\xFCller\n"));
    QCOMPARE(find<QComboBox>("csvEncoding")->currentText(), text("Windows-1252"));
    QTRY_VERIFY2(cards().contains(text("Zoë Müller")), qPrintable(cards()));
    choose("csvEncoding", "UTF-8");
    QTRY_VERIFY(!cards().contains(text("Zoë")));
}

void tst_CsvImport::addsToWhatIsThereOnAServer_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("kithd") << int(RealServer::Kind::Kithd);
    QTest::newRow("OpenBao") << int(RealServer::Kind::Bao);
}

void tst_CsvImport::addsToWhatIsThereOnAServer()
{
    QFETCH(int, kind);
    auto server = RealServer::start(RealServer::Kind(kind));
    if (!server)
        QSKIP("the server's program isn't installed");
    test::RemoteWindow remote(std::move(server));
    const std::string ada = remote.person("Ada", R"("policies":["own"],"metadata":{"team":"engines"})");
    const std::string bo = remote.person("Bo");
    const std::string crew = remote.group("crew", {ada});
    remote.show();
    open(remote.connection(), file("name,policies,site,groups\nAda,new,Oslo,\nBo,,,crew\n"));
    apply();
    const core::Response now = remote.server().get("identity/entity/id/" + ada);
    QCOMPARE(QString::fromStdString(boost::json::serialize(now.data->at("policies"))), text(R"(["new","own"])"));
    QCOMPARE(now.data->at("metadata").at("team").as_string(), "engines");
    QCOMPARE(now.data->at("metadata").at("site").as_string(), "Oslo");
    QCOMPARE(remote.members(crew), (std::set<std::string>{"Ada", "Bo"}));
    remote.settle();
}

QTEST_MAIN(tst_CsvImport)
#include "tst_CsvImport.moc"
