// SPDX-License-Identifier: Apache-2.0
#include "views/SecretClipboard.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using kith::views::SecretClipboard;

class tst_SecretClipboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesByItself();
    void goesWithItsOwner();
    void leavesWhatCameLater();
};

static QString onClipboard()
{
    return QApplication::clipboard()->text();
}

void tst_SecretClipboard::goesByItself()
{
    SecretClipboard clipboard;
    QSignalSpy cleared(&clipboard, &SecretClipboard::cleared);
    clipboard.copy(QStringLiteral("s.secret"));
    QCOMPARE(onClipboard(), QStringLiteral("s.secret"));
    QCOMPARE(QApplication::clipboard()->mimeData()->data(QStringLiteral("x-kde-passwordManagerHint")),
             QByteArray("secret"));
    QTRY_COMPARE_WITH_TIMEOUT(cleared.count(), 1, SecretClipboard::StaysMs + 3000);
    QVERIFY(onClipboard().isEmpty());
}

void tst_SecretClipboard::goesWithItsOwner()
{
    {
        SecretClipboard clipboard;
        clipboard.copy(QStringLiteral("s.secret"));
    }
    QVERIFY(onClipboard().isEmpty());
}

void tst_SecretClipboard::leavesWhatCameLater()
{
    {
        SecretClipboard clipboard;
        clipboard.copy(QStringLiteral("s.secret"));
        QApplication::clipboard()->setText(QStringLiteral("a poem"));
    }
    QCOMPARE(onClipboard(), QStringLiteral("a poem"));
}

QTEST_MAIN(tst_SecretClipboard)
#include "tst_SecretClipboard.moc"
