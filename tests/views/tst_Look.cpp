// SPDX-License-Identifier: Apache-2.0
#include "Texts.h"
#include "views/Chip.h"
#include "views/ClearButton.h"
#include "views/ColourPatch.h"
#include "views/Direction.h"
#include "views/ElidedLabel.h"
#include "views/Look.h"
#include "views/NameRow.h"
#include "views/RoundedFrame.h"
#include "views/RowPainter.h"
#include "views/SegmentedControl.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QIcon>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QRadioButton>
#include <QStyle>
#include <QTest>
#include <QToolButton>

#include <array>

using namespace kith::views;

using kith::test::contrast;

/// A name, and a chip behind it where there is one.
static QImage rowPicture(int width, const QString &name, const QString &chip)
{
    QStyleOptionViewItem option;
    option.rect = QRect(0, 0, width, 24);
    option.palette = paletteFor(ColorScheme::Light);
    QPixmap pixmap(option.rect.size());
    pixmap.fill(Qt::white);
    QPainter painter(&pixmap);
    RowPainter row(painter, option);
    row.keepFreeFor(chip);
    row.text(name);
    if (!chip.isEmpty())
        row.chip(chip, Tone::Warning);
    painter.end();
    return pixmap.toImage();
}

class tst_Look : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data()
    {
        QTest::addColumn<int>("scheme");
        QTest::newRow("light") << int(ColorScheme::Light);
        QTest::newRow("dark") << int(ColorScheme::Dark);
    }
    void textIsReadable()
    {
        QFETCH(int, scheme);
        const QPalette palette = paletteFor(static_cast<ColorScheme>(scheme));
        QCOMPARE(isDark(palette), scheme == int(ColorScheme::Dark));
        for (const Tone tone :
             {Tone::Plain, Tone::Quiet, Tone::Accent, Tone::Good, Tone::Warning, Tone::Bad, Tone::External}) {
            const QColor color = toneColor(palette, tone);
            QVERIFY2(contrast(color, palette.color(QPalette::Window)) >= 4.5, qPrintable(color.name()));
            QVERIFY2(contrast(color, palette.color(QPalette::Base)) >= 4.5, qPrintable(color.name()));
            QVERIFY2(contrast(color, toneBackground(palette, tone)) >= 4.4, qPrintable(color.name()));
        }
        // Fusion's outlines are as dark as a dark window: only its ground shows a field, or a box that isn't ticked.
        QVERIFY(!isDark(palette) || contrast(palette.color(QPalette::Base), palette.color(QPalette::Window)) >= 1.3);
        QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.4);
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Window)) >= 4.5);
    }

    /// As the style draws it, which isn't as the palette says.
    void theChosenSegmentIsReadable_data() { textIsReadable_data(); }
    void theChosenSegmentIsReadable()
    {
        QFETCH(int, scheme);
        SegmentedControl control;
        control.addSegment(QStringLiteral("Direct"));
        control.addSegment(QStringLiteral("With subgroups"));
        control.setPalette(paletteFor(static_cast<ColorScheme>(scheme)));
        control.resize(control.sizeHint());
        const QImage picture = control.grab().toImage();
        const auto *chosen = control.findChild<QAbstractButton *>();
        QVERIFY(chosen->isChecked());
        const QColor text = chosen->palette().color(QPalette::ButtonText);
        for (int y = 4; y < chosen->height() - 4; ++y) {
            const QColor behind = picture.pixelColor(5, y); // left of the text
            QVERIFY2(contrast(text, behind) >= 4.5, qPrintable(text.name() + QStringLiteral(" on ") + behind.name()));
        }
        QVERIFY(contrast(picture.pixelColor(5, 8), picture.pixelColor(picture.width() - 6, 8)) >= 1.5); // it stands out
    }
    /// Also of what isn't ticked, and of a field that can't be typed into, whose ground is the window's.
    void whatIsFoundByItsEdgeHasOne()
    {
        const QPalette before = QApplication::palette();
        kith::views::applyColorScheme(*qApp, ColorScheme::Dark, before);
        const auto edge = [](QWidget &widget) {
            widget.resize(widget.sizeHint());
            const QImage picture = widget.grab().toImage();
            double best = 1;
            for (int x = 0; x < 6; ++x)
                best = std::max(best, contrast(picture.pixelColor(x, picture.height() / 2),
                                               widget.palette().color(QPalette::Window)));
            return best;
        };
        QCheckBox box;
        QRadioButton button;
        QLineEdit field;
        QLineEdit disabled;
        disabled.setEnabled(false);
        QListWidget list;
        list.setFrameShape(QFrame::NoFrame);
        auto *item = new QListWidgetItem(QStringLiteral("in a list"), &list);
        item->setCheckState(Qt::Unchecked);
        list.setFixedHeight(list.visualItemRect(item).height());
        const std::array<double, 5> edges{edge(box), edge(button), edge(field), edge(disabled), edge(list)};
        QApplication::setPalette(before);
        QVERIFY2(edges[0] >= 3, qPrintable(QString::number(edges[0])));
        QVERIFY2(edges[1] >= 2.5, qPrintable(QString::number(edges[1]))); // a circle lies between the pixels
        QVERIFY2(edges[2] >= 3, qPrintable(QString::number(edges[2])));
        QVERIFY2(edges[3] >= 1.4, qPrintable(QString::number(edges[3])));
        QVERIFY2(edges[4] >= 3, qPrintable(QString::number(edges[4])));
    }
    void menuArrowsLeaveTheTextAlone()
    {
        const QPalette before = QApplication::palette();
        kith::views::applyColorScheme(*qApp, ColorScheme::Light, before);
        QMenu menu;
        QToolButton button;
        button.setText(QStringLiteral("Filter"));
        button.setPopupMode(QToolButton::InstantPopup);
        const int bare = button.sizeHint().width();
        button.setMenu(&menu);
        const int arrow = button.style()->pixelMetric(QStyle::PM_MenuButtonIndicator, nullptr, &button);
        QApplication::setPalette(before);
        QVERIFY(button.sizeHint().width() >= bare + arrow);
    }
    /// However long what stands beside it is.
    void namesAreSeenBesideChips()
    {
        const QString mount = QStringLiteral("company-directory-of-the-headquarters");
        QVERIFY(rowPicture(160, QStringLiteral("release"), mount) != rowPicture(160, QStringLiteral("support"), mount));
    }
    /// Where a chip stands beside it, too: it is the chip that is shortened, or goes.
    void namesAreWholeBeforeChipsAre()
    {
        const QString name = QStringLiteral("auditors-of-releases");
        const QString chip = QStringLiteral("not defined anywhere");
        const int width = QStyleOptionViewItem().fontMetrics.horizontalAdvance(name) + 2 * CellPadding;
        const auto sameUpTo = [&](int x, int more) {
            const QRect part(0, 0, x, 24);
            return rowPicture(width + more, name, chip).copy(part) == rowPicture(width + more, name, {}).copy(part);
        };
        for (const int more : {80, 300}) {
            QVERIFY(sameUpTo(width - CellPadding, more));
            QVERIFY(!sameUpTo(width + more, more)); // something of the chip is there
        }
        QVERIFY(sameUpTo(width * 3 / 5, 0)); // most of the name
        const int narrow = -width * 2 / 3;
        QVERIFY(sameUpTo(width + narrow, narrow)); // no chip
    }
    /// Which are less wide than a few letters and the ellipsis.
    void chipsOfNarrowLettersAreShown()
    {
        const QString name = QStringLiteral("release");
        QVERIFY(rowPicture(200, name, QStringLiteral("ililil")) != rowPicture(200, name, {}));
    }
    void namesOfRowsAreWholeBeforeChipsAre()
    {
        QWidget window;
        auto *name = new ElidedLabel(&window);
        auto *chip = new Chip(Tone::External, &window);
        auto *button = new QToolButton(&window);
        auto *row = new NameRow(name, chip);
        row->addStretch();
        row->addWidget(button);
        window.setLayout(row);
        name->setWhole(QStringLiteral("release-managers"));
        chip->setText(QStringLiteral("external · company-directory-of-the-headquarters"));
        const int whole = row->sizeHint().width();
        const auto resize = [&](int width) {
            window.resize(width, 40);
            window.show();
            QCoreApplication::processEvents();
        };
        resize(whole + 20);
        QCOMPARE(chip->shownText(), chip->text());
        resize(whole - 60);
        QCOMPARE(name->text(), QStringLiteral("release-managers"));
        QVERIFY2(chip->shownText().endsWith(QChar(0x2026)), qPrintable(chip->shownText()));
        QVERIFY(chip->geometry().right() < button->geometry().left());
        resize(whole + 20); // and back
        QCOMPARE(chip->shownText(), chip->text());
    }
    /// In its middle: names of one server begin alike, and differ in the end.
    void choicesAreShortenedWhereThereIsNoRoom()
    {
        const QPalette before = QApplication::palette();
        kith::views::applyColorScheme(*qApp, ColorScheme::Light, before);
        const auto picture = [](const QString &text) {
            QComboBox box;
            box.addItem(text);
            box.resize(120, 26);
            return box.grab().toImage();
        };
        const QString start = QStringLiteral("company-directory-of-the-");
        const QImage one = picture(start + QStringLiteral("left"));
        const QImage other = picture(start + QStringLiteral("west"));
        QApplication::setPalette(before);
        QVERIFY(one != other);
    }
    void chipsAreShortenedWhereThereIsNoRoom()
    {
        Chip chip(Tone::External);
        chip.setText(QStringLiteral("external · company-directory-of-the-headquarters"));
        chip.resize(chip.sizeHint());
        QCOMPARE(chip.shownText(), chip.text());
        QVERIFY(chip.minimumSizeHint().width() < chip.sizeHint().width() / 2);
        chip.resize(chip.minimumSizeHint());
        QVERIFY2(chip.shownText().endsWith(QChar(0x2026)), qPrintable(chip.shownText()));
        for (const char *word : {"ldap", "not defined", "nicht definiert"}) {
            chip.setText(QString::fromLatin1(word));
            QCOMPARE(chip.minimumSizeHint(), chip.sizeHint());
        }
    }
    void clearButtonsAreSharp()
    {
        QLineEdit field;
        addClearButton(field);
        field.setText(QStringLiteral("release"));
        field.show();
        QCOMPARE(kith::test::blurred(field), QStringList());
        auto *button = field.findChild<QAbstractButton *>();
        QVERIFY(button && !button->icon().isNull());
        button->click();
        QCOMPARE(field.text(), QString());
    }
    void roundedFramesAreClosed()
    {
        RoundedFrame frame;
        frame.resize(60, 24);
        const QImage picture = frame.grab().toImage();
        const QColor inside = picture.pixelColor(picture.width() / 2, picture.height() / 2);
        const int w = picture.width();
        const int h = picture.height();
        for (const QPoint edge : {QPoint(w / 2, 0), QPoint(w / 2, h - 1), QPoint(0, h / 2), QPoint(w - 1, h / 2)})
            QVERIFY2(picture.pixelColor(edge) != inside, qPrintable(QString::number(edge.x())));
    }
    void patchesAreSharp()
    {
        const QIcon patch = colourPatch(Qt::red);
        for (const int size : {12, 16, 24, 32, 48})
            QCOMPARE(patch.pixmap(QSize(size, size), 2.0).width(), 2 * size);
        const QImage drawn = patch.pixmap(QSize(16, 16), 2.0).toImage();
        QCOMPARE(drawn.pixelColor(16, 16), QColor(Qt::red));
        QCOMPARE(drawn.pixelColor(0, 0).alpha(), 0);
        QCOMPARE(colourPatch(QColor()).pixmap(16, 16).toImage().pixelColor(8, 8).alpha(), 0);
    }

    void linesBeginWhereTheWindowBegins()
    {
        ElidedLabel label;
        label.setWhole(QStringLiteral("release"));
        QVERIFY(label.alignment() & Qt::AlignLeft);
        label.setLayoutDirection(Qt::RightToLeft);
        QCOMPARE(label.alignment(), Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter);
    }
    void namesKeepToThemselves()
    {
        QCOMPARE(shownName(QStringLiteral("Zoë")), QStringLiteral("Zoë"));
        QCOMPARE(shownName(QStringLiteral("a\nb\tc")), QStringLiteral("a␊b␉c"));
        QVERIFY(!shownName(QStringLiteral("a\u202eb")).contains(QChar(0x202e)));
        const QString arabic = QStringLiteral("فاطمة");
        QCOMPARE(shownName(arabic), QChar(0x2068) + arabic + QChar(0x2069));
        QCOMPARE(visibleName(arabic), arabic);
        const QString longName = shownName(QString(10000, QLatin1Char('n')), 100);
        QCOMPARE(longName.size(), 100);
        QVERIFY(longName.contains(QChar(0x2026)));
    }

    /// Where one reads from right to left, names in Latin letters keep their order, and their place in a sentence.
    void namesKeepToThemselvesInBothDirections()
    {
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
        const QString latin = shownName(QStringLiteral("github/"));
        const QString hebrew = shownName(QStringLiteral("שחרור"));
        const QString number = isolated(QStringLiteral(", "));
        const QString behind = isolated(QStringLiteral("  group"));
        const QString sentence = latin + QStringLiteral(" שם");
        ElidedLabel label;
        label.setWhole(sentence, ElidedLabel::Kind::Sentence);
        const QString said = label.text();
        label.setWhole(sentence);
        const QString named = label.text();
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
        QCOMPARE(latin, QChar(0x2068) + QStringLiteral("github/") + QChar(0x2069));
        QCOMPARE(hebrew, QStringLiteral("שחרור"));
        QCOMPARE(number, QStringLiteral(", "));
        QCOMPARE(behind, QStringLiteral("  ") + QChar(0x2068) + QStringLiteral("group") + QChar(0x2069));
        QVERIFY(sentence.isRightToLeft());
        QCOMPARE(said, sentence);
        QCOMPARE(named.at(0), QChar(0x25ca)); // in a name nobody but who made it has put marks
        QCOMPARE(withoutMarks(sentence), QStringLiteral("github/ שם"));
    }

    void timesArePlain()
    {
        const QDateTime now(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
        QCOMPARE(ago(now.addSecs(-5), now), QStringLiteral("just now"));
        QVERIFY(ago(now.addDays(-3), now).startsWith(QLatin1String("3 day")));
        QVERIFY(!ago(now.addDays(-300), now).isEmpty());
        QVERIFY(ago({}, now).isEmpty());
    }
};

QTEST_MAIN(tst_Look)
#include "tst_Look.moc"
