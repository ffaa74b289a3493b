// SPDX-License-Identifier: Apache-2.0
#include "views/ErrorText.h"

#include <QTest>

using namespace kith;

/// Failures in words: each names the place and the way out.
class tst_ErrorText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesThePlaceAndTheWayOut_data();
    void namesThePlaceAndTheWayOut();
    void goesByTheStatusOfAnAnswerFromAfar();
    void showsUnknownTextsAsTheyAre();
    void letsNobodyElseTurnItAround();
};

void tst_ErrorText::namesThePlaceAndTheWayOut_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("wayOut");
    QTest::newRow("damaged") << ErrorCode::Damaged << QStringLiteral("kithctl check");
    QTest::newRow("read-only") << ErrorCode::ReadOnly << QStringLiteral("open another core");
    QTest::newRow("disk full") << ErrorCode::DiskFull << QStringLiteral("Make room and try again");
    QTest::newRow("failing disk") << ErrorCode::Io << QStringLiteral("disk I/O error");
}

/// As it comes through the door: an answer that still knows what kind of failure it was, and where.
void tst_ErrorText::namesThePlaceAndTheWayOut()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, wayOut);
    core::Response answer;
    answer.status = 500;
    answer.code = code;
    answer.where = "/home/ada/core.db";
    answer.errors = {"disk I/O error"};
    const QString text = views::errorText(views::errorOf(answer));
    QVERIFY2(text.contains(QStringLiteral("/home/ada/core.db")), qPrintable(text));
    QVERIFY2(text.contains(wayOut), qPrintable(text));
}

void tst_ErrorText::goesByTheStatusOfAnAnswerFromAfar()
{
    core::Response answer;
    answer.status = 507;
    answer.errors = {"the disk is full; nothing was written"};
    QVERIFY(views::errorText(views::errorOf(answer)).startsWith(QStringLiteral("No space is left on the disk;")));
    answer.status = 423;
    QCOMPARE(views::errorOf(answer).code, ErrorCode::WriterTaken);
}

void tst_ErrorText::showsUnknownTextsAsTheyAre()
{
    core::Response answer;
    answer.status = 400;
    answer.errors = {"1 error occurred:\n\t* something new\n\n"};
    QCOMPARE(views::errorText(views::errorOf(answer)), QStringLiteral("The core refused: something new"));
}

/// A server could make a sentence of the window read otherwise than it stands there.
void tst_ErrorText::letsNobodyElseTurnItAround()
{
    core::Response answer;
    answer.status = 400;
    answer.errors = {"a\u2068b\u2069\u200fc\u202ed"};
    const QString lozenge(QChar(0x25ca));
    const QString shown = QStringLiteral("a%1b%1%1c%1d").arg(lozenge);
    QCOMPARE(views::errorText(views::errorOf(answer)), QStringLiteral("The core refused: ") + shown);
    answer.code = ErrorCode::Io;
    answer.where = "/tmp/\u2068core";
    QCOMPARE(views::errorText(views::errorOf(answer)),
             QString::fromUtf8("The core file /tmp/%1core can\u2019t be used: %2").arg(lozenge, shown));
}

QTEST_GUILESS_MAIN(tst_ErrorText)
#include "tst_ErrorText.moc"
