// SPDX-License-Identifier: Apache-2.0
#include "ExternalGroups.h"
#include "OfficeWindow.h"
#include "items/MemberTableModel.h"
#include "views/CardView.h"
#include "views/EntityDelegate.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace kith;
using connection::ObjectRef;
using test::text;
using views::MainWindow;
using views::Page;

/// The window as somebody uses it with the keyboard, on a real core.
class tst_MainWindow : public QObject, private test::OfficeWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { openOffice(); }
    void cleanup() { closeOffice(); }

    void showsWhoIsThere();
    void tellsWhatIsOnTheScreen();
    void filtersAsOneTypes();
    void keepsTheSelectionInAnotherOrder();
    void saysWhatNobodyMatches();
    void showsTheMembersOfAGroup();
    void findsAnything();
    void choosesAMemberOfAnotherGroup();
    void tellsWhoBroughtAMember();
    void goesBack();
    void addsToAGroupByKeyboard();
    void showsWhyAGroupIsRefused();
    void copiesMembersBetweenGroups();
    void removesFromAGroupAndTakesItBack();
    void deletesAndTakesItBack();
    void importsAndTakesItBack();
    void takesBackWhatTheMessageTells();
    void showsWhoHasAPolicy();
    void goesOnWithoutCounts();
    void remembersWhereOneWas();
    void welcomesOnAnEmptyCore();
    void everythingHasAName();
    void everyShortcutIsUsedOnce();

private:
    void open(GroupId group);
    void choose(const char *table, std::initializer_list<EntityId> people);
    QDialog *pickGroup(const char *typed);
};

void tst_MainWindow::open(GroupId group)
{
    m_window->navigator().open(ObjectRef::of(group));
    settle();
}

void tst_MainWindow::choose(const char *table, std::initializer_list<EntityId> people)
{
    auto *view = find<QAbstractItemView>(table);
    auto *model = qobject_cast<items::RowsModel *>(view->model());
    view->setFocus();
    view->clearSelection();
    for (EntityId id : people) {
        QVERIFY(model->rowOf(id) >= 0);
        view->selectionModel()->select(model->indexOf(id), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    settle();
}

void tst_MainWindow::showsWhoIsThere()
{
    QCOMPARE(m_window->navigator().place().page, Page::Entities);
    QCOMPARE(shown("entityTable"),
             std::vector({m_office->ada, m_office->bence, m_office->chiara, m_office->dao, m_office->erik}));
    QCOMPARE(find<QLabel>("messageSelection")->text(), text("5 shown"));
    choose("entityTable", {m_office->ada, m_office->dao});
    QTRY_COMPARE(find<QLabel>("messageSelection")->text(), text("2 selected of 5"));
    QVERIFY(m_window->windowTitle().contains(m_office->connection().name()));
}

void tst_MainWindow::tellsWhatIsOnTheScreen()
{
    const auto seen = [this](ObjectRef object) {
        const std::vector<ObjectRef> all = m_window->onScreen();
        return std::find(all.begin(), all.end(), object) != all.end();
    };
    m_window->navigator().showPage(views::Page::Entities);
    settle();
    QVERIFY(seen(ObjectRef::of(m_office->ada)) && seen(ObjectRef::of(m_office->erik)));
    m_window->navigator().open(ObjectRef::of(m_office->release));
    settle();
    QCOMPARE(m_window->onScreen().front(), ObjectRef::of(m_office->release)); // what was chosen comes first
    QVERIFY(seen(ObjectRef::of(m_office->platform)) && seen(ObjectRef::of(m_office->ada)));
    QVERIFY(!seen(ObjectRef::of(m_office->erik))); // not in this group
}

void tst_MainWindow::filtersAsOneTypes()
{
    trigger("filter");
    auto *filter = find<QLineEdit>("entityFilter");
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, text("SZAB"));
    QTRY_COMPARE(shown("entityTable"), std::vector({m_office->bence}));
    QTest::keyClick(filter, Qt::Key_Escape);
    QTRY_COMPARE(shown("entityTable").size(), 5U);
    QVERIFY(!m_window->navigator().canGoForward()); // Esc was the field's
}

void tst_MainWindow::keepsTheSelectionInAnotherOrder()
{
    const auto selected = [this] {
        auto *view = find<QTableView>("entityTable");
        return qobject_cast<items::RowsModel *>(view->model())->entitiesIn(view->selectionModel()->selection());
    };
    auto *header = find<QTableView>("entityTable")->horizontalHeader();
    choose("entityTable", {m_office->bence, m_office->erik});
    header->setSortIndicator(0, Qt::DescendingOrder);
    QTRY_COMPARE(shown("entityTable").front(), m_office->erik);
    settle();
    QCOMPARE(selected(), std::vector({m_office->erik, m_office->bence}));
    QCOMPARE(find<QLabel>("messageSelection")->text(), text("2 selected of 5"));
    find<QLineEdit>("entityFilter")->setText(text("erik"));
    QTRY_COMPARE(shown("entityTable"), std::vector({m_office->erik}));
    settle();
    QCOMPARE(selected(), std::vector({m_office->erik}));
    QCOMPARE(m_window->navigator().place().object, ObjectRef::of(m_office->erik));
}

void tst_MainWindow::saysWhatNobodyMatches()
{
    QTest::keyClicks(find<QLineEdit>("entityFilter"), text("nobody is called so"));
    auto *empty = find<QWidget>("entityTableEmpty");
    QTRY_VERIFY(empty->isVisible());
    QTest::mouseClick(empty->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_COMPARE(shown("entityTable").size(), 5U);
    QVERIFY(!empty->isVisible());
}

void tst_MainWindow::showsTheMembersOfAGroup()
{
    open(m_office->release);
    QCOMPARE(shown("memberTable").size(), 4U);
    auto *depth = find<QWidget>("memberDepth");
    QTRY_COMPARE(depth->findChildren<QPushButton *>().front()->text(), text("Direct 4"));
    open(m_office->platform);
    QCOMPARE(shown("memberTable").size(), 0U);
    QTest::mouseClick(depth->findChildren<QPushButton *>().back(), Qt::LeftButton);
    QTRY_COMPARE(shown("memberTable").size(), 4U);
}

void tst_MainWindow::findsAnything()
{
    trigger("find");
    auto *search = find<QLineEdit>("searchField");
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, text("manag"));
    auto *hits = find<QListView>("searchHits");
    QTRY_VERIFY(hits->isVisible() && hits->model()->rowCount() == 1);
    QTest::keyClick(search, Qt::Key_Return);
    settle();
    QCOMPARE(m_window->navigator().place().group, m_office->managers);
    QTRY_COMPARE(shown("memberTable"), std::vector({m_office->chiara}));
    QVERIFY(!hits->isVisible());

    trigger("find");
    QTest::keyClicks(search, QString::fromStdString(m_office->uuid(m_office->erik)));
    QTest::keyClick(search, Qt::Key_Return); // before anything is found: it waits for that
    QTRY_COMPARE(m_window->navigator().place().object, ObjectRef::of(m_office->erik));
}

void tst_MainWindow::choosesAMemberOfAnotherGroup()
{
    open(m_office->release);
    m_window->navigator().go({Page::Groups, m_office->support, ObjectRef::of(m_office->erik)});
    settle();
    QCOMPARE(shown("memberTable"), std::vector{m_office->erik});
    const auto *table = find<QAbstractItemView>("memberTable");
    QTRY_COMPARE(table->selectionModel()->selectedRows().size(), 1);
    trigger("back");
    settle();
    QTRY_COMPARE(shown("memberTable").size(), 4U);
    trigger("forward");
    settle();
    QTRY_COMPARE(table->selectionModel()->selectedRows().size(), 1);
}

void tst_MainWindow::tellsWhoBroughtAMember()
{
    test::ExternalGroup directory(*m_office, "corp", "staff");
    directory.bring(*m_office, m_office->uuid(m_office->ada), "al", "staff");
    const auto staff = test::await(m_office->directory().byUuid(QString::fromStdString(directory.uuid)));
    open((*staff)->group());
    QTRY_COMPARE(shown("memberTable"), std::vector{m_office->ada});
    settle();
    const auto wayIn = [&] {
        auto *table = find<QAbstractItemView>("memberTable");
        const QModelIndex index = table->model()->index(0, items::MemberTableModel::WayInColumn);
        return static_cast<views::EntityDelegate *>(table->itemDelegate())->textOf(index);
    };
    QTRY_VERIFY2(wayIn().startsWith(text("direct · alias al on corp/, refreshed ")), qPrintable(wayIn()));
    open(m_office->managers);
    QTRY_COMPARE(wayIn(), text("direct"));
}

void tst_MainWindow::goesBack()
{
    open(m_office->release);
    open(m_office->managers);
    trigger("back");
    settle();
    QCOMPARE(m_window->navigator().place().group, m_office->release);
    QCOMPARE(shown("memberTable").size(), 4U);
    trigger("forward");
    settle();
    QCOMPARE(shown("memberTable").size(), 1U);
}

QDialog *tst_MainWindow::pickGroup(const char *typed)
{
    trigger("addToGroup");
    auto *dialog = find<QDialog>("addToGroupDialog");
    QTest::keyClicks(find<QLineEdit>("groupPicker", dialog), text(typed));
    return dialog;
}

void tst_MainWindow::addsToAGroupByKeyboard()
{
    choose("entityTable", {m_office->ada, m_office->bence});
    auto *dialog = pickGroup("supp");
    QTRY_VERIFY(find<QPushButton>("changeGo", dialog)->isEnabled());
    QVERIFY(find<QLabel>("changePreview", dialog)->text().contains(text("help"))); // the policy that they gain
    QTest::keyClick(find<QLineEdit>("groupPicker", dialog), Qt::Key_Return);
    QTRY_COMPARE(message(), text("Added 2 people to support"));
    QCOMPARE(m_office->members(m_office->support).size(), 3U);
    trigger("undo");
    QTRY_COMPARE(m_office->members(m_office->support).size(), 1U);
    QTRY_VERIFY(find<QAction>("redo")->isEnabled()); // The answer comes after the commit.
    trigger("redo");
    QTRY_COMPARE(m_office->members(m_office->support).size(), 3U);
}

void tst_MainWindow::showsWhyAGroupIsRefused()
{
    choose("entityTable", {m_office->ada});
    auto *dialog = pickGroup("audit");
    QTRY_VERIFY(find<QLabel>("changePreview", dialog)->text().contains(text("external")));
    QVERIFY(!find<QPushButton>("changeGo", dialog)->isEnabled());
    dialog->reject();
}

void tst_MainWindow::copiesMembersBetweenGroups()
{
    open(m_office->release);
    choose("memberTable", {m_office->ada});
    trigger("cut");
    QTRY_VERIFY(message().startsWith(text("Cut Ada Lovelace")));
    open(m_office->support);
    trigger("paste");
    QTRY_COMPARE(message(), text("Moved Ada Lovelace to support"));
    QVERIFY(!m_office->members(m_office->release).contains(text("Ada Lovelace")));
    QVERIFY(m_office->members(m_office->support).contains(text("Ada Lovelace")));
    trigger("undo");
    QTRY_VERIFY(m_office->members(m_office->release).contains(text("Ada Lovelace")));
}

void tst_MainWindow::removesFromAGroupAndTakesItBack()
{
    open(m_office->release);
    choose("memberTable", {m_office->ada, m_office->dao});
    QTest::keyClick(m_window.get(), Qt::Key_Delete);
    QTRY_COMPARE(message(), text("Removed 2 people from release"));
    QTRY_COMPARE(shown("memberTable").size(), 2U);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(shown("memberTable").size(), 4U);
    QVERIFY(m_office->exists(m_office->uuid(m_office->ada)));
}

void tst_MainWindow::deletesAndTakesItBack()
{
    const std::string uuid = m_office->uuid(m_office->ada);
    choose("entityTable", {m_office->ada});
    QTest::keyClick(m_window.get(), Qt::Key_Delete);
    QTRY_COMPARE(message(), text("Deleted Ada Lovelace"));
    QTRY_COMPARE(shown("entityTable").size(), 4U);
    QVERIFY(!m_office->exists(uuid));
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(shown("entityTable").size(), 5U);
    QVERIFY(m_office->exists(uuid));
    QVERIFY(m_office->members(m_office->release).contains(text("Ada Lovelace")));
    QTRY_COMPARE(find<QLabel>("messageSelection")->text(), text("1 selected of 5"));
    QTRY_COMPARE(m_office->uuid(m_window->navigator().place().object.entity()), uuid);
}

void tst_MainWindow::importsAndTakesItBack()
{
    QFile document(m_state.filePath(text("org.json")));
    QVERIFY(document.open(QIODevice::WriteOnly));
    document.write(R"({"entities":[{"name":"Fatima"}],"groups":[{"name":"support","member_entities":["Fatima"]}]})");
    document.close();
    m_window->import(document.fileName());
    auto *dialog = find<QDialog>("importDialog");
    auto *apply = find<QPushButton>("applyImport", dialog);
    QTRY_VERIFY(apply->isEnabled());
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_VERIFY2(message().contains(text("org.json")), qPrintable(message()));
    QTRY_COMPARE(shown("entityTable").size(), 6U);
    QVERIFY(find<QAction>("undo")->text().contains(text("Import org.json")));
    QTest::mouseClick(find<QPushButton>("messageAction"), Qt::LeftButton);
    QTRY_COMPARE(shown("entityTable").size(), 5U);
    QTRY_VERIFY2(message().contains(text("Taken back")), qPrintable(message()));
    QCOMPARE(m_office->members(m_office->support), std::set<QString>({text("Erik Lund")}));
    trigger("redo");
    QTRY_COMPARE(shown("entityTable").size(), 6U);
}

/// A click on "Undo" while the next change is under way is about what the message says.
void tst_MainWindow::takesBackWhatTheMessageTells()
{
    views::Editor &editor = m_window->editor();
    editor.rename(ObjectRef::of(m_office->ada), text("Ada Lovelace"), text("Ada"));
    QTRY_COMPARE(message(), text("Renamed Ada Lovelace to Ada"));
    editor.rename(ObjectRef::of(m_office->dao), text("Dao Thi Mai"), text("Dao"));
    QTest::mouseClick(find<QPushButton>("messageAction"), Qt::LeftButton);
    QTRY_VERIFY(!editor.isBusy());
    QTRY_VERIFY2(message().contains(text("take that back first")), qPrintable(message()));
    QCOMPARE(m_office->name(m_office->ada), text("Ada"));
    QCOMPARE(m_office->name(m_office->dao), text("Dao"));
}

void tst_MainWindow::showsWhoHasAPolicy()
{
    trigger("find");
    auto *search = find<QLineEdit>("searchField");
    QTest::keyClicks(search, text("base"));
    auto *hits = find<QListView>("searchHits");
    QTRY_VERIFY(hits->isVisible() && hits->model()->rowCount() == 1);
    QTest::keyClick(search, Qt::Key_Return);
    auto *pane = find<QWidget>("policyPane");
    QTRY_VERIFY(pane->isVisible());
    QTRY_COMPARE(m_window->navigator().place().name, text("base"));
    QVERIFY(!find<QWidget>("inspector")->isVisible());
    QTRY_VERIFY(find<QLabel>("policyState", pane)->isVisible()); // carried, but not defined
    find<QTabWidget>("policyTabs", pane)->setCurrentIndex(1);
    auto *cards = pane->findChild<views::CardView *>(text("holderCards"));
    QTRY_VERIFY2(cards->toPlainText().contains(text("Chiara Lombardi")), qPrintable(cards->toPlainText()));
    const QString state = find<QLabel>("holdersState", pane)->text();
    QVERIFY2(state.contains(text("isn’t defined")) && state.contains(text("4")), qPrintable(state));
    QVERIFY(cards->toPlainText().contains(text("release")));
    QVERIFY(!cards->toPlainText().contains(text("Erik")));
    // It follows what happens.
    m_office->addMembers(m_office->managers, {m_office->erik});
    QTRY_VERIFY(cards->toPlainText().contains(text("Erik")));
    Q_EMIT cards->activated(text("entity/%1").arg(m_office->erik.value));
    settle();
    QCOMPARE(m_window->navigator().place().object, ObjectRef::of(m_office->erik));
}

/// A file that is damaged under a running window: the window says so, by the file's name, and goes on.
void tst_MainWindow::goesOnWithoutCounts()
{
    const std::string file = m_office->file().toStdString();
    std::vector<int> pages;
    int size = 0;
    SQLite::Database other(file, SQLite::OPEN_READWRITE, 5000);
    other.exec("PRAGMA wal_checkpoint(TRUNCATE)"); // so that the pages are in the file itself
    size = other.execAndGet("PRAGMA page_size").getInt();
    SQLite::Statement roots(other, "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'entity'");
    while (roots.executeStep())
        pages.push_back(roots.getColumn(0).getInt());
    roots.reset();
    QFile raw(m_office->file());
    QVERIFY(raw.open(QIODevice::ReadWrite));
    for (const int page : pages) {
        raw.seek(qint64(page - 1) * size);
        raw.write(QByteArray(size, '\x5a'));
    }
    raw.close();
    other.exec("UPDATE revision SET value = value + 1"); // somebody else writes: everything is read again
    QTRY_VERIFY_WITH_TIMEOUT(message().contains(text("damaged")), 10'000);
    QVERIFY2(message().contains(m_office->file()), qPrintable(message()));
    QVERIFY2(message().contains(text("kithctl check")), qPrintable(message()));
    QVERIFY(m_window->isEnabled());
    trigger("pageGroups");
    QTRY_COMPARE(m_window->navigator().place().page, Page::Groups);
}

void tst_MainWindow::remembersWhereOneWas()
{
    open(m_office->managers);
    QTest::qWait(50); // what is remembered is asked from the directory
    m_window->close();
    m_window = std::make_unique<MainWindow>(m_office->connection());
    m_window->show();
    QTRY_COMPARE(m_window->navigator().place().group, m_office->managers);
    settle();
    QCOMPARE(shown("memberTable"), std::vector({m_office->chiara}));
}

void tst_MainWindow::welcomesOnAnEmptyCore()
{
    test::LiveConnection empty;
    MainWindow window(empty.connection());
    window.show();
    QTRY_COMPARE(window.navigator().place().page, Page::Welcome);
    empty.group("first");
    QTRY_COMPARE(window.navigator().place().page, Page::Groups);
}

void tst_MainWindow::everythingHasAName()
{
    open(m_office->release);
    for (const Page page : {Page::Groups, Page::Entities, Page::Aliases, Page::Policies, Page::Mounts}) {
        if (page == Page::Policies)
            m_window->navigator().openPolicy(text("base"));
        else
            m_window->navigator().showPage(page);
        settle();
        for (QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible);
            const QByteArray who = widget->metaObject()->className() + QByteArray(" ") + widget->objectName().toUtf8();
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), who.constData());
        }
    }
}

void tst_MainWindow::everyShortcutIsUsedOnce()
{
    for (const Page page : {Page::Groups, Page::Aliases, Page::Policies, Page::Mounts, Page::Entities}) {
        m_window->navigator().showPage(page); // so that those of all pages are there
        settle();
    }
    std::map<QString, QString> used;
    for (const QAction *action : m_window->findChildren<QAction *>())
        for (const QKeySequence &keys : action->shortcuts())
            if (action->isEnabled() && !action->objectName().isEmpty() &&
                action->shortcutContext() != Qt::WidgetShortcut) { // which count in one table only
                const QString other = std::exchange(used[keys.toString()], action->objectName());
                QVERIFY2(other.isEmpty(), qPrintable(keys.toString() + other + action->objectName()));
            }
    QVERIFY(used.contains(text("Ctrl+K")));
}

QTEST_MAIN(tst_MainWindow)
#include "tst_MainWindow.moc"
