// SPDX-License-Identifier: Apache-2.0
#include "store/Clock.h"
#include "store/Text.h"

#include <QTest>

using namespace kith;

class TestText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void foldsCaseOfEveryScript()
    {
        QCOMPARE(foldCase("Zoë MÜLLER-Straße"), std::string("zoë müller-straße"));
        QCOMPARE(foldCase("ΑΘΗΝΑ Юлия"), std::string("αθηνα юлия"));
        QCOMPARE(foldCase(""), std::string());
    }
    void keepsInvalidBytesWhenFolding()
    {
        QCOMPARE(foldCase("A\xFF"
                          "B\xC3"),
                 std::string("a\xFF"
                             "b\xC3"));
    }
    void replacesInvalidUtf8()
    {
        QCOMPARE(validUtf8("a\xFFz"), std::string("a\uFFFDz"));
        QCOMPARE(validUtf8("\xED\xA0\x80"), std::string("\uFFFD\uFFFD\uFFFD")); // a surrogate
        QCOMPARE(validUtf8("\xC0\xAF"), std::string("\uFFFD\uFFFD"));           // overlong
        QCOMPARE(validUtf8("ünï😀"), std::string("ünï😀"));
    }
    void quotesAsGoDoes()
    {
        QCOMPARE(inQuotes("plain é 京"), std::string("\"plain é 京\""));
        QCOMPARE(inQuotes("a\"b\\\n\t\x01\x7f"), std::string("\"a\\\"b\\\\\\n\\t\\x01\\x7f\""));
        QCOMPARE(inQuotes("\u00a0\u200b\U000E0001"), std::string("\"\\u00a0\\u200b\\U000e0001\""));
        QCOMPARE(inQuotes("\xFF\xC3"), std::string("\"\\xff\\xc3\""));
        QCOMPARE(inQuotes(""), std::string("\"\""));
    }
    void tellsWhatShowsSomething()
    {
        QVERIFY(isPrintable("a b, é 京 😀 \uFFFD"));
        for (const char *hidden : {"\n", "\x7f", "\u00a0", "\u200f", "\u3000", "\ue000", "\u0085"})
            QVERIFY2(!isPrintable(hidden), hidden);
        QVERIFY(isPrintable(""));
    }
    void makesUuidsOfVersion4()
    {
        const QString uuid = QString::fromStdString(newUuid());
        const QRegularExpression form(
            QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
        QVERIFY2(form.match(uuid).hasMatch(), qPrintable(uuid));
        QVERIFY(newUuid() != newUuid());
    }
    void writesTimesAsGoDoes()
    {
        QCOMPARE(toRfc3339(0), std::string("1970-01-01T00:00:00Z"));
        QCOMPARE(toRfc3339(1'795'334'400'120'000'000), std::string("2026-11-22T08:00:00.12Z"));
        QCOMPARE(toRfc3339(-1), std::string("1969-12-31T23:59:59.999999999Z"));
        QCOMPARE(toRfc3339(951'825'599'000'000'001), std::string("2000-02-29T11:59:59.000000001Z"));
        QCOMPARE(toRfc3339(INT64_MAX), std::string("2262-04-11T23:47:16.854775807Z"));
        QCOMPARE(toRfc3339(INT64_MIN), std::string("1677-09-21T00:12:43.145224192Z"));
    }
    void readsTimes()
    {
        QCOMPARE(fromRfc3339("1970-01-01T00:00:00Z"), Nanoseconds(0));
        QCOMPARE(fromRfc3339("2026-11-22T08:00:00.12Z"), Nanoseconds(1'795'334'400'120'000'000));
        QCOMPARE(fromRfc3339("2026-11-22t10:30:00.120000000001+02:30"), Nanoseconds(1'795'334'400'120'000'000));
        QCOMPARE(fromRfc3339("2026-11-22T00:00:00-08:00"), Nanoseconds(1'795'334'400'000'000'000));
        QCOMPARE(fromRfc3339("2000-02-29T11:59:59.000000001z"), Nanoseconds(951'825'599'000'000'001));
        QCOMPARE(fromRfc3339("1969-12-31T23:59:59.999999999Z"), Nanoseconds(-1));
        QCOMPARE(fromRfc3339("2016-12-31T23:59:60Z"), Nanoseconds(1'483'228'800'000'000'000)); // a leap second
    }
    void readsNoOtherTimes()
    {
        for (const char *text : {"",
                                 "2026",
                                 "2026-11-22",
                                 "2026-11-22T08:00:00",
                                 "2026-11-22 08:00:00Z",
                                 "2026-11-22T08:00:00.Z",
                                 "2026-11-22T08:00Z",
                                 "2026-13-22T08:00:00Z",
                                 "2026-00-22T08:00:00Z",
                                 "2026-11-31T08:00:00Z",
                                 "2026-02-29T08:00:00Z",
                                 "2026-11-22T24:00:00Z",
                                 "2026-11-22T08:60:00Z",
                                 "2026-11-22T08:00:61Z",
                                 "2026-11-22T08:00:00+0200",
                                 "2026-11-22T08:00:00+2:00",
                                 "2026-11-22T08:00:00*02:00",
                                 "2026-11-22T08:00:00Zx",
                                 " 026-11-22T08:00:00Z",
                                 "2026-+1-22T08:00:00Z",
                                 "1600-01-01T00:00:00Z",
                                 "2300-01-01T00:00:00Z"})
            QVERIFY2(!fromRfc3339(text), text);
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_Text.moc"
