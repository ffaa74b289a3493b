// SPDX-License-Identifier: Apache-2.0
#include "identity/CsvDocument.h"

#include "identity/Document.h"

#include <QTest>

using namespace kith::identity;
using Content = CsvDocument::Content;
using Meaning = CsvDocument::Meaning;
using What = CsvDocument::Problem::What;

/// From the bytes of a table to an identity document.
class tst_CsvDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsEncodings_data();
    void knowsEncodings();
    void knowsDelimiters_data();
    void knowsDelimiters();
    void readsCells_data();
    void readsCells();
    void readsBackWhatIsWritten();
    void readsLinesOfRows();
    void findsAnUnclosedQuote();
    void readsOnlyTheFirstRows();
    void makesPeople();
    void makesMemberships();
    void namesWhatIsWrong();
    void givesTheLinesOfPlaces();
    void guessesColumns();
    void limitsProblems();
};

void tst_CsvDocument::knowsEncodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("encoding");
    QTest::addColumn<QString>("text");
    const QString text = QString::fromUtf8("Zoë,Müller");
    QTest::newRow("UTF-8") << text.toUtf8() << int(TextEncoding::Utf8) << text;
    QTest::newRow("UTF-8 with a mark") << QByteArray("\xEF\xBB\xBF") + text.toUtf8() << int(TextEncoding::Utf8) << text;
    QTest::newRow("Windows") << QByteArray("Zo\xEB,M\xFCller \x80") << int(TextEncoding::Windows1252)
                             << text + QString::fromUtf8(" €");
    QByteArray little("\xFF\xFE", 2);
    QByteArray big("\xFE\xFF", 2);
    QByteArray plain;
    for (const QChar c : text + QString::fromUtf8("😀")) {
        little += char(c.unicode() & 0xFF);
        little += char(c.unicode() >> 8);
        big += char(c.unicode() >> 8);
        big += char(c.unicode() & 0xFF);
        plain += char(c.unicode() & 0xFF);
        plain += char(c.unicode() >> 8);
    }
    QTest::newRow("UTF-16") << little << int(TextEncoding::Utf16Le) << text + QString::fromUtf8("😀");
    QTest::newRow("UTF-16 big") << big << int(TextEncoding::Utf16Be) << text + QString::fromUtf8("😀");
    QTest::newRow("UTF-16 without a mark") << plain << int(TextEncoding::Utf16Le) << text + QString::fromUtf8("😀");
    QTest::newRow("nothing") << QByteArray() << int(TextEncoding::Utf8) << QString();
}

void tst_CsvDocument::knowsEncodings()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, encoding);
    QFETCH(QString, text);
    QCOMPARE(int(guessEncoding(bytes.toStdString())), encoding);
    QCOMPARE(QString::fromStdString(toUtf8(bytes.toStdString(), TextEncoding(encoding))), text);
}

void tst_CsvDocument::knowsDelimiters_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<char>("delimiter");
    QTest::newRow("comma") << QByteArray("name,group\nAda,a;b\nBo,c") << ',';
    QTest::newRow("semicolon") << QByteArray("name;team\n\"Ada, of\";x\nBo;y") << ';';
    QTest::newRow("tab") << QByteArray("name\tteam\nAda, x\ty") << '\t';
    QTest::newRow("bar") << QByteArray("a|b|c\nd|e|f") << '|';
    QTest::newRow("one column") << QByteArray("name\nAda\n") << ',';
}

void tst_CsvDocument::knowsDelimiters()
{
    QFETCH(QByteArray, text);
    QFETCH(char, delimiter);
    QCOMPARE(guessDelimiter(text.toStdString()), delimiter);
}

void tst_CsvDocument::readsCells_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("cells"); // with | between them, / between rows
    QTest::newRow("plain") << QByteArray("a,b\nc,d\n") << QByteArray("a|b/c|d");
    QTest::newRow("no last line end") << QByteArray("a,b\r\nc,d") << QByteArray("a|b/c|d");
    QTest::newRow("quotes") << QByteArray("\"a,b\",\"say \"\"hi\"\"\"\n\"two\nlines\",x")
                            << QByteArray("a,b|say \"hi\"/two\nlines|x");
    QTest::newRow("empty cells") << QByteArray(",a,\n,,\n") << QByteArray("|a|/||");
    QTest::newRow("empty rows") << QByteArray("a\n\n\r\nb\n") << QByteArray("a/b");
    QTest::newRow("an empty quoted cell") << QByteArray("\"\"\n") << QByteArray("");
    QTest::newRow("old line ends") << QByteArray("a,b\rc,d") << QByteArray("a|b/c|d");
    QTest::newRow("a quote inside") << QByteArray("5\" disk,x") << QByteArray("5\" disk|x");
}

void tst_CsvDocument::readsCells()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, cells);
    QByteArrayList rows;
    for (const CsvRow &row : readCsv(text.toStdString(), ',').rows) {
        QByteArrayList list;
        for (const std::string &cell : row.cells)
            list += QByteArray::fromStdString(cell);
        rows += list.join('|');
    }
    QCOMPARE(rows.join('/'), cells);
}

void tst_CsvDocument::readsBackWhatIsWritten()
{
    const std::vector<std::string> cells{"=1+1",  "'=1",  "+4930", "-", "@x", "'quoted'", "O'Hara", "a;=b",
                                         "a|'-b", "\t=c", "d\n@e", "",  "'",  "a, -b",    "\"x\";y"};
    const CsvTable table = readCsv(csvLine(cells), ',');
    QCOMPARE(table.rows.size(), 1U);
    for (std::size_t i = 0; i < cells.size(); ++i)
        QCOMPARE(table.rows[0].cells.at(i), cells[i]);
    // As another program wrote it.
    QCOMPARE(readCsv("'=sum;'-x;'tis", ';').rows[0].cells, (std::vector<std::string>{"=sum", "-x", "'tis"}));
}

void tst_CsvDocument::readsLinesOfRows()
{
    const CsvTable table = readCsv("a\n\n\"two\nlines\"\nb\n", ',');
    QCOMPARE(table.rows.size(), 3U);
    QCOMPARE(table.rows[0].line, 1U);
    QCOMPARE(table.rows[1].line, 3U);
    QCOMPARE(table.rows[2].line, 5U);
}

void tst_CsvDocument::findsAnUnclosedQuote()
{
    QCOMPARE(readCsv("a\n\"b\nc\n", ',').unclosedLine, 2U);
    QCOMPARE(readCsv("a\n\"b\"\nc\n", ',').unclosedLine, 0U);
}

void tst_CsvDocument::readsOnlyTheFirstRows()
{
    QCOMPARE(readCsv("a\nb\nc\n", ',', 2).rows.size(), 2U);
}

void tst_CsvDocument::makesPeople()
{
    const CsvTable table = readCsv("Ada,yes,\"ops, base\",crew; night,ada@x,Oslo\nBo,,,,,\n", ',');
    const CsvDocument made = CsvDocument::from(table.rows, Content::People,
                                               {{Meaning::Name},
                                                {Meaning::Disabled},
                                                {Meaning::Policies},
                                                {Meaning::Groups},
                                                {Meaning::Alias, "github"},
                                                {Meaning::Metadata, "site"}});
    QVERIFY(made.problems.empty());
    QCOMPARE(made.people, 2U);
    QCOMPARE(made.memberships, 2U);
    Problems problems;
    const Document document = Document::parse(made.document, problems);
    QVERIFY2(problems.list().empty(), made.document.c_str());
    QVERIFY(document.adds);
    QCOMPARE(document.entities.size(), 2U);
    const document::Entity &ada = document.entities[0];
    QCOMPARE(ada.disabled, std::optional(true));
    QCOMPARE(*ada.policies, (std::vector<std::string>{"base", "ops"}));
    QCOMPARE(ada.metadata->at("site"), std::string("Oslo"));
    QCOMPARE(ada.aliases.front().mount, std::string("github"));
    QCOMPARE(document.groups.size(), 2U);
    QCOMPARE(document.groups[1].name, std::string("night"));
    const document::Entity &bo = document.entities[1]; // empty cells say nothing
    QVERIFY(!bo.disabled && !bo.policies && !bo.metadata && bo.aliases.empty());
}

void tst_CsvDocument::makesMemberships()
{
    const CsvTable table = readCsv("crew,Ada\nnight,Bo\nCrew,Bo\ncrew,ada\n", ',');
    const CsvDocument made = CsvDocument::from(table.rows, Content::Memberships, {{Meaning::Group}, {Meaning::Name}});
    QVERIFY(made.problems.empty());
    QCOMPARE(made.memberships, 3U); // said twice, meant once
    Problems problems;
    const Document document = Document::parse(made.document, problems);
    QVERIFY2(problems.list().empty(), made.document.c_str());
    QVERIFY(document.entities.empty());
    QCOMPARE(document.groups.size(), 2U);
    QCOMPARE(document.groups[0].memberEntities->size(), 2U);
}

void tst_CsvDocument::namesWhatIsWrong()
{
    const CsvTable table = readCsv("Ada,perhaps\n,yes\nBo,no,more\nADA,no\n", ',');
    const CsvDocument made = CsvDocument::from(table.rows, Content::People, {{Meaning::Name}, {Meaning::Disabled}});
    QCOMPARE(made.problems.size(), 4U);
    const auto is = [&](std::size_t i, std::size_t line, std::size_t column, What what) {
        return made.problems[i].line == line && made.problems[i].column == column && made.problems[i].what == what;
    };
    QVERIFY(is(0, 1, 2, What::NotYesOrNo));
    QVERIFY(is(1, 2, 1, What::NoName));
    QVERIFY(is(2, 3, 3, What::TooManyCells));
    QVERIFY(is(3, 4, 1, What::Repeated));
    const CsvDocument pairs =
        CsvDocument::from(readCsv("Ada\n,crew\n", ',').rows, Content::Memberships, {{Meaning::Name}, {Meaning::Group}});
    QCOMPARE(pairs.problems.size(), 2U);
    QCOMPARE(pairs.problems[0].what, What::NoGroup);
}

void tst_CsvDocument::givesTheLinesOfPlaces()
{
    const CsvTable table = readCsv("Ada,crew\n\nBo,night\nCy,crew\n", ',');
    const CsvDocument made = CsvDocument::from(table.rows, Content::People, {{Meaning::Name}, {Meaning::Groups}});
    QCOMPARE(made.lineOf("entities[1].policies"), 3U);
    QCOMPARE(made.lineOf("groups[0].member_entities[1]"), 4U);
    QCOMPARE(made.lineOf("groups[1]"), 3U);
    QCOMPARE(made.lineOf("entities[9]"), 0U);
    QCOMPARE(made.lineOf("mounts[0]"), 0U);
}

void tst_CsvDocument::guessesColumns()
{
    const auto people = [](const char *title) { return guessColumn(title, Content::People, {"github"}); };
    QVERIFY(people(" Name ").meaning == Meaning::Name);
    QVERIFY(people("Policies").meaning == Meaning::Policies);
    QVERIFY(people("groups").meaning == Meaning::Groups);
    QVERIFY((people("GitHub") == CsvDocument::Column{Meaning::Alias, "github"}));
    QVERIFY((people("Cost centre") == CsvDocument::Column{Meaning::Metadata, "Cost_centre"}));
    QVERIFY((people("x-team") == CsvDocument::Column{Meaning::Metadata, "x-team"}));
    QVERIFY(people("").meaning == Meaning::Nothing);
    QCOMPARE(metadataKey(" x-team: night "), std::string("x-team__night"));
    QCOMPARE(metadataKey("Name"), std::string("Name")); // whatever else it might say
    QVERIFY(guessColumn("Group", Content::Memberships, {}).meaning == Meaning::Group);
    QVERIFY(guessColumn("Cost", Content::Memberships, {}).meaning == Meaning::Nothing);
}

void tst_CsvDocument::limitsProblems()
{
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += ",x\n";
    const CsvDocument made =
        CsvDocument::from(readCsv(text, ',').rows, Content::People, {{Meaning::Name}, {Meaning::Policies}});
    QCOMPARE(made.problems.size(), CsvDocument::MostProblems);
    QCOMPARE(made.leftOut, 800U);
}

QTEST_GUILESS_MAIN(tst_CsvDocument)
#include "tst_CsvDocument.moc"
