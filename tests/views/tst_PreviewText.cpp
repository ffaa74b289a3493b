// SPDX-License-Identifier: Apache-2.0
#include "views/PreviewText.h"

#include <QTest>

using namespace kith;
using connection::Preview;
using views::previewLines;
using views::Tone;

/// What is said about a change before it is made.
class tst_PreviewText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void gainsAndLossesHaveTheirTone()
    {
        Preview preview;
        preview.people = 3;
        preview.unchanged = 1;
        preview.unchangedName = QStringLiteral("Chiara");
        preview.gained = {{QStringLiteral("deploy"), true, 2}};
        const auto lines = previewLines(preview);
        QCOMPARE(lines.size(), std::size_t{1});
        QCOMPARE(lines[0].tone, Tone::Good);
        QCOMPARE(lines[0].text, QStringLiteral("+ 1 policy for 2 of 3: deploy, nothing new for Chiara"));

        preview.lost = {{QStringLiteral("audit"), true, 3}};
        QCOMPARE(previewLines(preview)[1].tone, Tone::Bad);
        QCOMPARE(previewLines(preview)[1].text, QString::fromUtf8("\u2212 1 policy: audit"));
    }

    void policiesWithoutATextAreQuiet()
    {
        Preview preview;
        preview.people = 1;
        preview.gained = {{QStringLiteral("deploy"), true, 1}, {QStringLiteral("ghost"), false, 1}};
        const auto lines = previewLines(preview);
        QCOMPARE(lines.size(), std::size_t{2});
        QCOMPARE(lines[0].text, QStringLiteral("+ 1 policy: deploy"));
        QCOMPARE(lines[1].tone, Tone::Quiet);
        QCOMPARE(lines[1].text, QStringLiteral("+ 1 policy, not defined and granting nothing: ghost"));

        preview.gained.clear();
        preview.lost = {{QStringLiteral("ghost"), false, 1}};
        QCOMPARE(previewLines(preview).front().tone, Tone::Quiet);
    }

    void saysAtLeastWhenNotAllWasCompared()
    {
        Preview preview;
        preview.people = 5000;
        preview.gained = {{QStringLiteral("deploy"), true, 5000}};
        preview.lostAccess = {{QStringLiteral("secret/a"), {QStringLiteral("read")}, QStringLiteral("deploy"), 7}};
        QVERIFY(previewLines(preview)[1].text.contains(QLatin1String(" for 7 of ")));
        QCOMPARE(previewLines(preview).size(), std::size_t{2});

        preview.lostAccessComplete = false;
        QVERIFY(previewLines(preview)[1].text.contains(QLatin1String(" for at least 7 of ")));
        QCOMPARE(previewLines(preview).size(), std::size_t{3});

        preview.lostAccess.resize(5, preview.lostAccess.front());
        QVERIFY(previewLines(preview).back().text.contains(QLatin1String("at least 2 more")));
    }
};

QTEST_GUILESS_MAIN(tst_PreviewText)
#include "tst_PreviewText.moc"
