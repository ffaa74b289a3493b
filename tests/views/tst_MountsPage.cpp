// SPDX-License-Identifier: Apache-2.0
#include "CoreWindow.h"
#include "views/ColumnsTable.h"
#include "views/MountEdit.h"
#include "views/PlainToolTip.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

using namespace kith;
using connection::ObjectRef;
using test::text;
using views::ColumnsTable;
using views::MainWindow;
using views::Page;

/// Mounts and the aliases on them, as somebody works with them in the window.
class tst_MountsPage : public QObject, protected test::CoreWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { closeAll(); }
    void showsWherePeopleComeFrom();
    void goesFromAMountToItsAliases();
    void enablesAndTakesItBack();
    void asksBeforeItTakesBackWhatIsUsed();
    void describes();
    void describesOnlyWhatItSaw();
    void keepsTheOneThatIsChosen();
    void asksBeforeItDisables();
    void removesOrphansAndTakesThemBack();
    void goesToThePerson();
    void followsTheAliasThatWasWaitedFor();
    void offersLongNamesInANarrowList();

private:
    bool mounted(const char *path) { return m_core->ask(core::Operation::Read, std::string("sys/auth/") + path).ok(); }

    QString m_ada, m_bo, m_git;
};

void tst_MountsPage::init()
{
    m_core = std::make_unique<test::WindowCore>();
    m_git = m_core->addMount(text("git"), text("github"));
    const QString pass = m_core->addMount(text("pass"), text("userpass"));
    m_ada = m_core->addEntity(text("Ada"));
    m_bo = m_core->addEntity(text("Bo"));
    addAlias(m_ada, m_git, "octo-ada");
    addAlias(m_bo, m_git, "octo-bo");
    addAlias(m_bo, pass, "bo");
    openWindow();
    QTest::keyClick(m_window.get(), Qt::Key_5, Qt::ControlModifier);
    settle();
}

void tst_MountsPage::showsWherePeopleComeFrom()
{
    QCOMPARE(m_window->navigator().place().page, Page::Mounts);
    auto *table = find<ColumnsTable>("mountTable");
    QVERIFY(table->hasFocus());
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(0, 0).data().toString(), text("git"));
    QCOMPARE(table->model()->index(0, 1).data().toString(), text("github")); // its type
    QCOMPARE(table->model()->index(1, 1).data().toString(), text("userpass"));
    QCOMPARE(table->model()->index(0, 2).data().toInt(), 2);
    QVERIFY(!find<QAction>("mountAliases")->isEnabled());
    table->chooseRow(0);
    QVERIFY(find<QAction>("mountAliases")->isEnabled());
    QCOMPARE(m_window->navigator().place().name, m_git);
}

void tst_MountsPage::goesFromAMountToItsAliases()
{
    find<ColumnsTable>("mountTable")->chooseRow(0);
    QTest::keyClick(find<ColumnsTable>("mountTable"), Qt::Key_Return);
    settle();
    QCOMPARE(m_window->navigator().place().page, Page::Aliases);
    QTRY_COMPARE(find<ColumnsTable>("aliasTable")->model()->rowCount(), 2);
    QTRY_COMPARE(find<QComboBox>("aliasMounts")->currentText(), text("git"));
    m_window->navigator().go({Page::Aliases, {}, {}, {}});
    settle();
    QTRY_COMPARE(find<ColumnsTable>("aliasTable")->model()->rowCount(), 3);
    m_window->navigator().back();
    settle();
    QTRY_COMPARE(find<ColumnsTable>("aliasTable")->model()->rowCount(), 2);
}

void tst_MountsPage::offersLongNamesInANarrowList()
{
    const QString path = QString(40, QLatin1Char('a')) + text("-directory-") + QString(100, QLatin1Char('z'));
    const QString accessor = m_core->addMount(path, text("ldap"));
    m_window->navigator().go({Page::Aliases, {}, {}, {}});
    settle();
    auto *mounts = find<QComboBox>("aliasMounts");
    QTRY_VERIFY(mounts->findData(accessor) > 0);
    const int index = mounts->findData(accessor);
    QVERIFY2(mounts->itemText(index).contains(QChar(0x2026)), qPrintable(mounts->itemText(index)));
    QVERIFY(mounts->itemText(index).startsWith(text("aaa")) && mounts->itemText(index).endsWith(text("zzz")));
    QCOMPARE(mounts->itemData(index, Qt::ToolTipRole).toString(), views::plainToolTip(path));
    mounts->showPopup();
    auto *list = mounts->view()->window();
    QTRY_VERIFY(list->isVisible());
    QVERIFY2(list->width() < 60 * mounts->fontMetrics().averageCharWidth(), qPrintable(QString::number(list->width())));
    mounts->hidePopup();
    m_window->navigator().go({Page::Aliases, {}, {}, accessor});
    settle();
    QTRY_COMPARE(mounts->currentData().toString(), accessor);
    QCOMPARE(mounts->toolTip(), views::plainToolTip(path));
    m_window->navigator().go({Page::Aliases, {}, {}, m_git});
    settle();
    QTRY_COMPARE(mounts->toolTip(), views::plainToolTip(text("git")));
}

void tst_MountsPage::enablesAndTakesItBack()
{
    find<QAction>("enableMount")->trigger();
    auto *path = find<QLineEdit>("mountPath");
    QCOMPARE(path->text(), text("userpass")); // as its type, until one says otherwise
    find<QComboBox>("mountType")->setCurrentIndex(1);
    QCOMPARE(path->text(), text("ldap"));
    path->clear();
    QTest::keyClicks(path, text("git"));
    QTest::mouseClick(find<QPushButton>("saveMount"), Qt::LeftButton);
    QTRY_VERIFY(find<QLabel>("mountNote")->isVisible()); // taken
    path->clear();
    QTest::keyClicks(path, text("corp"));
    QTest::keyClicks(find<QLineEdit>("mountDescription"), text("Everybody"));
    QTest::mouseClick(find<QPushButton>("saveMount"), Qt::LeftButton);
    QTRY_VERIFY(mounted("corp"));
    settle();
    QTRY_COMPARE(find<ColumnsTable>("mountTable")->model()->rowCount(), 3);
    trigger("undo");
    QVERIFY(!mounted("corp"));
}

void tst_MountsPage::describes()
{
    find<ColumnsTable>("mountTable")->chooseRow(1);
    find<QAction>("describeMount")->trigger();
    QTest::keyClicks(find<QLineEdit>("mountDescription"), text("Old accounts"));
    QTest::mouseClick(find<QPushButton>("saveMount"), Qt::LeftButton);
    settle();
    QTRY_COMPARE(find<ColumnsTable>("mountTable")->model()->index(1, 5).data().toString(), text("Old accounts"));
    trigger("undo");
    QTRY_COMPARE(find<ColumnsTable>("mountTable")->model()->index(1, 5).data().toString(), QString());
}

void tst_MountsPage::asksBeforeItTakesBackWhatIsUsed()
{
    m_window->editor().enableMount({text("corp"), text("ldap"), {}});
    settle();
    QVERIFY(mounted("corp"));
    const auto read = m_core->ask(core::Operation::Read, "sys/auth/corp");
    addAlias(m_ada, QString::fromStdString(std::string(read.data->at("accessor").as_string())), "ada");
    settle();
    trigger("undo");
    QTRY_VERIFY2(message().contains(text("People log in at corp")), qPrintable(message()));
    QVERIFY(mounted("corp"));

    m_core->ask(core::Operation::Delete, "sys/auth/corp");
    m_core->addMount(text("corp"), text("ldap")); // another one
    settle();
    trigger("undo");
    QTRY_VERIFY2(message().contains(text("another method at corp")), qPrintable(message()));
    QVERIFY(mounted("corp"));
}

void tst_MountsPage::describesOnlyWhatItSaw()
{
    const auto described = [this] {
        const auto read = m_core->ask(core::Operation::Read, "sys/auth/git");
        return QString::fromStdString(std::string(read.data->at("description").as_string()));
    };
    m_core->ask(core::Operation::Update, "sys/auth/git/tune", {{"description", "theirs"}});
    m_window->editor().describeMount(text("git"), {}, text("mine"));
    settle();
    QCOMPARE(described(), text("theirs"));
    auto *dialog = find<QDialog>("conflictDialog");
    QTest::mouseClick(dialog->findChild<QPushButton *>(text("writeChosen")), Qt::LeftButton);
    settle();
    QTRY_COMPARE(described(), text("mine"));
    trigger("undo");
    QTRY_COMPARE(described(), text("theirs"));
}

void tst_MountsPage::keepsTheOneThatIsChosen()
{
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    settle();
    auto *table = find<ColumnsTable>("aliasTable");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    const auto click = [table](int row, Qt::KeyboardModifiers keys) {
        QTest::mouseClick(table->viewport(), Qt::LeftButton, keys,
                          table->visualRect(table->model()->index(row, 0)).center());
    };
    click(1, Qt::NoModifier);
    settle();
    click(2, Qt::ControlModifier);
    click(1, Qt::ControlModifier);
    settle();
    QCOMPARE(table->selectedCount(), 1);
    QCOMPARE(m_window->navigator().place().object, m_core->ref(m_bo));
}

void tst_MountsPage::asksBeforeItDisables()
{
    find<ColumnsTable>("mountTable")->chooseRow(0);
    QTest::keyClick(find<ColumnsTable>("mountTable"), Qt::Key_Delete);
    auto *question = find<QMessageBox>("disableQuestion");
    QVERIFY2(question->informativeText().contains(QLatin1Char('2')), qPrintable(question->informativeText()));
    QVERIFY(mounted("git"));
    QTest::mouseClick(find<QPushButton>("disableYes"), Qt::LeftButton);
    settle();
    QTRY_VERIFY(!mounted("git"));
    QTRY_VERIFY2(message().contains(text("Disabled git")), qPrintable(message()));
    QVERIFY(!find<QAction>("undo")->text().contains(text("Disable")));
}

void tst_MountsPage::removesOrphansAndTakesThemBack()
{
    m_core->ask(core::Operation::Delete, "sys/auth/git");
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    settle();
    auto *table = find<ColumnsTable>("aliasTable");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    auto *kinds = find<QWidget>("aliasKinds");
    QTRY_VERIFY(kinds->findChildren<QAbstractButton *>().back()->text().contains(QLatin1Char('2')));
    QTest::mouseClick(kinds->findChildren<QAbstractButton *>().back(), Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    settle();
    table->selectAll();
    QTRY_COMPARE(find<QPushButton>("removeAliases")->text(), text("Remove 2"));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_COMPARE(table->model()->rowCount(), 0);
    settle();
    QTRY_VERIFY2(message().contains(text("2 aliases")), qPrintable(message()));
    trigger("undo");
    QTRY_COMPARE(table->model()->rowCount(), 2);
}

void tst_MountsPage::goesToThePerson()
{
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    settle();
    auto *table = find<ColumnsTable>("aliasTable");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    table->chooseRow(1);
    settle();
    QCOMPARE(m_window->navigator().place().page, Page::Aliases);
    QCOMPARE(m_window->navigator().place().object, m_core->ref(m_ada));
    QVERIFY(find<QWidget>("inspector")->isVisible());
    QVERIFY(!find<QAction>("remove")->isEnabled()); // Del takes the alias, never the person
    QTest::keyClick(table, Qt::Key_Return);
    settle();
    QCOMPARE(m_window->navigator().place().page, Page::Entities);
    QCOMPARE(m_window->navigator().place().object, m_core->ref(m_ada));
}

/// Enter in the filter, before the rows are here: whose they are comes after them.
void tst_MountsPage::followsTheAliasThatWasWaitedFor()
{
    for (int i = 0; i < 300; ++i) // so that those of the last aren't read before
        addAlias(m_core->addEntity(text("Crowd %1").arg(i)), m_git, qPrintable(text("crowd-%1").arg(i)));
    settle();
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    settle();
    QTRY_COMPARE(find<ColumnsTable>("aliasTable")->model()->rowCount(), 303);
    auto *filter = find<QLineEdit>("aliasFilter");
    filter->setFocus();
    QTest::keyClicks(filter, text("octo-bo"));
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(m_window->navigator().place().object, m_core->ref(m_bo));
    QCOMPARE(m_window->navigator().place().page, Page::Aliases);
    QVERIFY(find<ColumnsTable>("aliasTable")->hasFocus());
}

QTEST_MAIN(tst_MountsPage)
#include "tst_MountsPage.moc"
