// SPDX-License-Identifier: Apache-2.0
#include "HeldExport.h"
#include "OfficeWindow.h"
#include "Texts.h"
#include "views/CardView.h"
#include "views/Look.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTextCursor>
#include <QToolButton>
#include <QTreeView>

using namespace kith;
using test::text;
using views::MainWindow;
using views::Page;

/// What the window has for all its pages: commands by name, columns, writing out what is shown, what is under way, the
/// list of keys.
class tst_WindowTools : public QObject, private test::OfficeWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { openOffice(); }
    void cleanup() { closeOffice(); }

    void runsCommandsByTheirName();
    void offersWhatWasOpenedLately();
    void goesFromSearchToWhatItOpened();
    void goesFromTheFilterToTheFirstMatch();
    void choosesAndRemembersColumns();
    void exportsWhatIsShown();
    void asksAboutAFileThatIsBeingWritten();
    void dropsAFileWhenItCloses();
    void stopsAChange();
    void tellsAChangeThatTakesLong();
    void keepsTheWidthOfItsButtons();
    void turnsItsArrows();
    void listsItsKeys();
    void changesItsColoursLive();
};

void tst_WindowTools::runsCommandsByTheirName()
{
    trigger("find");
    auto *search = find<QLineEdit>("searchField");
    auto *hits = find<QListView>("searchHits");
    QTest::keyClicks(search, text("new pol"));
    QTRY_VERIFY(hits->isVisible() && hits->model()->rowCount() == 1);
    QCOMPARE(hits->model()->index(0, 0).data().toString(), text("New policy …"));
    QTest::keyClick(search, Qt::Key_Return);
    settle();
    QCOMPARE(m_window->navigator().place().page, Page::Policies);
    QVERIFY(find<QLineEdit>("policyName")->hasFocus());
    QVERIFY(!hits->isVisible());
}

void tst_WindowTools::offersWhatWasOpenedLately()
{
    auto *search = find<QLineEdit>("searchField");
    auto *hits = find<QListView>("searchHits");
    trigger("find");
    QVERIFY(!hits->isVisible()); // nothing was
    QTest::keyClicks(search, text("managers"));
    QTRY_VERIFY(hits->isVisible() && hits->model()->rowCount() == 1);
    QTest::keyClick(search, Qt::Key_Return);
    settle();
    find<QTreeView>("groupTree")->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(hits->isVisible());
    QCOMPARE(hits->model()->rowCount(), 1);
    QCOMPARE(hits->model()->index(0, 0).data().toString(), text("managers"));
    QTest::keyClick(search, Qt::Key_Escape);
    QTRY_VERIFY(!hits->isVisible());
}

void tst_WindowTools::goesFromSearchToWhatItOpened()
{
    trigger("find");
    auto *search = find<QLineEdit>("searchField");
    QTest::keyClicks(search, text("erik"));
    auto *hits = find<QListView>("searchHits");
    QTRY_VERIFY(hits->isVisible() && hits->model()->rowCount() > 0);
    QTest::keyClick(search, Qt::Key_Return);
    settle();
    QVERIFY(find<QTableView>("entityTable")->hasFocus());
}

void tst_WindowTools::goesFromTheFilterToTheFirstMatch()
{
    auto *table = find<QTableView>("entityTable");
    trigger("filter");
    auto *filter = find<QLineEdit>("entityFilter");
    QTest::keyClick(filter, Qt::Key_Tab);
    while (!table->hasFocus())
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(!table->selectionModel()->hasSelection());
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(table->selectionModel()->isRowSelected(0));
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(table->selectionModel()->isRowSelected(1));

    table->clearSelection();
    trigger("filter");
    QTest::keyClick(filter, Qt::Key_Return);
    QVERIFY(table->hasFocus());
    QVERIFY(table->selectionModel()->isRowSelected(0));
}

void tst_WindowTools::choosesAndRemembersColumns()
{
    auto *table = find<QTableView>("entityTable");
    trigger("columns");
    auto *menu = find<QMenu>("columnsMenu");
    QTRY_VERIFY(menu->isVisible());
    QVERIFY(!menu->actions().front()->isEnabled()); // the name stays
    menu->actions().at(1)->trigger();
    menu->close();
    QVERIFY(table->isColumnHidden(1));
    table->horizontalHeader()->moveSection(5, 1);
    m_window->close();
    m_window = std::make_unique<MainWindow>(m_office->connection());
    m_window->resize(1280, 800);
    m_window->show();
    settle();
    table = find<QTableView>("entityTable");
    QVERIFY(table->isColumnHidden(1));
    QCOMPARE(table->horizontalHeader()->visualIndex(5), 1);
    trigger("columns");
    menu = find<QMenu>("columnsMenu");
    menu->actions().back()->trigger();
    menu->close();
    QVERIFY(!table->isColumnHidden(1));
    QCOMPARE(table->horizontalHeader()->visualIndex(5), 5);
}

void tst_WindowTools::exportsWhatIsShown()
{
    auto *table = find<QTableView>("entityTable");
    table->sortByColumn(0, Qt::DescendingOrder);
    settle();
    QTest::keyClicks(find<QLineEdit>("entityFilter"), text("c"));
    QTRY_COMPARE(shown("entityTable").size(), 3U);
    settle();
    trigger("exportShown");
    auto *dialog = find<QFileDialog>("exportShownDialog");
    QTemporaryDir folder;
    const QString file = folder.filePath(text("people.csv"));
    Q_EMIT dialog->fileSelected(file);
    dialog->close();
    QTRY_VERIFY2(message().contains(text("3 row")), qPrintable(message()));
    QFile csv(file);
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = csv.readAll().split('\n');
    QVERIFY2(lines[0].startsWith("\xEF\xBB\xBF"
                                 "Name,Aliases,Groups,Policies,State,Changed"),
             lines[0].constData());
    QVERIFY2(lines[1].startsWith("Chiara") && lines[2].startsWith("Bence") && lines[3].startsWith("Ada"),
             lines[1].constData());
    QCOMPARE(lines.size(), 5);
}

void tst_WindowTools::asksAboutAFileThatIsBeingWritten()
{
    test::HeldExport exported(*m_window);
    const auto question = [this] { return m_window->findChild<QMessageBox *>(text("busyQuestion")); };
    m_window->close();
    QVERIFY(m_window->isVisible());
    QTRY_VERIFY(question());
    QVERIFY2(question()->text().contains(text("file")), qPrintable(question()->text()));
    question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!question());
    QVERIFY(m_window->isVisible());
    m_window->close();
    QTRY_VERIFY(question());
    exported.let();
    QTRY_VERIFY(!m_window->isVisible()); // by itself
    QVERIFY(QFile::exists(exported.file()));
}

void tst_WindowTools::dropsAFileWhenItCloses()
{
    test::HeldExport exported(*m_window);
    m_window->close();
    QTRY_VERIFY(m_window->findChild<QPushButton *>(text("closeNow")));
    m_window->findChild<QPushButton *>(text("closeNow"))->click();
    QTRY_VERIFY(!m_window->isVisible());
    exported.let();
    QTRY_VERIFY(m_window->findChildren<views::FileExport *>().empty());
    QVERIFY(!QFile::exists(exported.file()));
}

void tst_WindowTools::stopsAChange()
{
    const std::vector<EntityId> all{m_office->ada, m_office->bence, m_office->chiara, m_office->dao};
    views::Editor &editor = m_window->editor();
    const auto stop = [](const QString &, const auto &progress) { progress->cancelled = true; };
    auto stopping = connect(&editor, &views::Editor::begun, this, stop);
    editor.moveMembers(m_office->release, m_office->support, all, {});
    QTRY_COMPARE(message(), text("Cancelled; nothing was changed."));
    QCOMPARE(m_office->members(m_office->release).size(), all.size());
    QVERIFY(!editor.canUndo());
    disconnect(stopping);
    editor.moveMembers(m_office->release, m_office->support, all, {});
    QTRY_VERIFY(editor.canUndo());
    stopping = connect(&editor, &views::Editor::begun, this, stop);
    editor.undo();
    QTRY_COMPARE(message(), text("Cancelled; nothing was changed."));
    QVERIFY(m_office->members(m_office->release).empty());
    disconnect(stopping);
    editor.undo(); // it can still be taken back
    settle();
    QCOMPARE(m_office->members(m_office->release).size(), all.size());
}

void tst_WindowTools::tellsAChangeThatTakesLong()
{
    std::shared_ptr<core::Progress> held; // as by one who isn't ready with it
    connect(&m_window->editor(), &views::Editor::begun, this,
            [&held](const QString &, const auto &progress) { held = progress; });
    QElapsedTimer time;
    time.start();
    m_window->editor().addMembers(m_office->support, {m_office->ada, m_office->bence}, {});
    QTRY_VERIFY(find<QWidget>("workBar")->isVisible());
    QVERIFY(time.elapsed() >= 1000);
    QCOMPARE(find<QLabel>("workText")->accessibleName(), text("Add 2 people to support"));
    held.reset();
    QTRY_VERIFY(!find<QWidget>("workBar")->isVisible());
}

/// However long that is what Undo would take back.
void tst_WindowTools::keepsTheWidthOfItsButtons()
{
    auto *button = find<QToolButton>("undoButton");
    const QSize before = button->sizeHint();
    auto *undo = find<QAction>("undo");
    undo->setText(text("&Undo: Move Chiara Lombardi and 37 others to release-engineering"));
    QCOMPARE(button->sizeHint(), before);
    QCOMPARE(button->accessibleName(), text("Undo: Move Chiara Lombardi and 37 others to release-engineering"));
    m_window->editor().rename(connection::ObjectRef::of(m_office->ada), text("Ada Lovelace"), text("Ada"));
    settle();
    QTRY_VERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(m_office->name(m_office->ada), text("Ada Lovelace"));
}

/// What was is where one has read already.
void tst_WindowTools::turnsItsArrows()
{
    QCOMPARE(find<QToolButton>("undoButton")->text(), text("↶ Undo"));
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    openWindow(m_office->connection());
    const QString undo = find<QToolButton>("undoButton")->text();
    const QString redo = find<QToolButton>("redoButton")->text();
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QCOMPARE(undo, text("↷ Undo"));
    QCOMPARE(redo, text("↶ Redo"));
}

void tst_WindowTools::listsItsKeys()
{
    trigger("shortcuts");
    const QString keys = find<views::CardView>("shortcutCards")->toPlainText();
    for (const char *needed : {"Ctrl+K", "Ctrl+Shift+A", "F2", "Alt+Left", "Ctrl+1", "Ctrl+5"})
        QVERIFY2(keys.contains(text(needed)), needed);
    find<QDialog>("shortcutsDialog")->close();
}

void tst_WindowTools::changesItsColoursLive()
{
    const QPalette platform = QApplication::palette();
    m_window->navigator().open(connection::ObjectRef::of(m_office->ada));
    settle();
    auto *cards = find<views::CardView>("policyCards");
    QTRY_VERIFY(cards->toPlainText().contains(text("on-call")));
    for (const auto scheme : {views::ColorScheme::Dark, views::ColorScheme::Light}) {
        views::applyColorScheme(*qApp, scheme, platform);
        QTest::qWait(50); // paints
        QCOMPARE(views::isDark(m_window->palette()), scheme == views::ColorScheme::Dark);
        const QStringList found = test::unreadable(*m_window);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
        QTextCursor cursor(cards->document());
        cursor.movePosition(QTextCursor::NextCharacter);
        QVERIFY(test::contrast(cursor.charFormat().foreground().color(), cards->palette().color(QPalette::Base)) >=
                4.5);
    }
}

QTEST_MAIN(tst_WindowTools)
#include "tst_WindowTools.moc"
