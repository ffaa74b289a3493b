// SPDX-License-Identifier: Apache-2.0
#include "Hand.h"
#include "Office.h"
#include "items/EntityTableModel.h"
#include "items/GroupTreeModel.h"
#include "views/Editor.h"
#include "views/MainWindow.h"
#include "views/Navigator.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTest>
#include <QTreeView>

using namespace kith;
using connection::ObjectRef;
using views::MainWindow;

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// Dragging with a real mouse, on a core in this process.
class tst_Dragging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void addsThreePeopleToAGroup();
    void movesWithShift();
    void takesOutOntoTheEmptySpace();
    void refusesAnExternalGroup();
    void refusesAGroupBelowItself();
    void movesAGroupWithShift();
    void dragsASearchHit();
    void dragsFromTheTableOntoAGroup();
    void showsTheGroupsOnlyWhileSomebodyIsCarried();
    void keepsTheGroupsBesideTheTable();
    void keepsAwayFromTheHand();
    void cancelsWithEsc();

private:
    using Move = test::Hand::Move;
    template <class Widget>
    Widget *find(const char *name)
    {
        auto *widget = m_window->findChild<Widget *>(text(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    static void x(const QStringList &arguments) { test::Hand::x(arguments); }
    static void point(QPoint place) { test::Hand::point(place); }
    void drag(QPoint from, QPoint to, const QString &said, const char *modifier = nullptr);
    void perform(std::vector<Move> moves) { m_hand->perform(std::move(moves)); }
    QString hint() { return m_hand->hint(); }
    QString message() { return find<QLabel>("messageText")->accessibleName(); }
    QPoint personAt(const char *table, EntityId id) { return m_hand->personAt(table, id); }
    QPoint groupAt(GroupId id, const char *tree = "groupTree") { return m_hand->groupAt(tree, id); }
    void showEntities();
    /// Presses on somebody in the table, and moves until the groups are there.
    std::vector<Move> grab(QPoint from, QPoint towards);
    void choosePeople(const char *table, std::initializer_list<EntityId> people);
    void settle();

    std::unique_ptr<test::Office> m_office;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<test::Hand> m_hand;
    QTemporaryDir m_state;
    QString m_lastHint;
};

void tst_Dragging::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
}

void tst_Dragging::settle()
{
    QVERIFY(QTest::qWaitFor([this] { return m_window->isReady() && !m_window->editor().isBusy(); }));
}

void tst_Dragging::init()
{
    m_lastHint.clear();
    m_office = std::make_unique<test::Office>();
    m_window = std::make_unique<MainWindow>(m_office->connection());
    m_hand = std::make_unique<test::Hand>(*m_window);
    m_window->setGeometry(0, 0, 1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    m_window->navigator().open(ObjectRef::of(m_office->release));
    settle();
    auto *tree = find<QTreeView>("groupTree");
    auto *model = qobject_cast<items::GroupTreeModel *>(tree->model());
    for (GroupId group : {m_office->platform, m_office->release}) {
        QTRY_VERIFY(!model->indexesFor(group).isEmpty());
        tree->expand(model->indexesFor(group).front());
    }
    QTRY_VERIFY(!model->indexesFor(m_office->managers).isEmpty());
    settle();
}

void tst_Dragging::cleanup()
{
    m_hand.reset();
    m_window.reset();
    m_office.reset();
}

void tst_Dragging::choosePeople(const char *table, std::initializer_list<EntityId> people)
{
    m_hand->choosePeople(table, people);
    settle();
}

void tst_Dragging::drag(QPoint from, QPoint to, const QString &said, const char *modifier)
{
    m_lastHint = m_hand->drag(from, to, said, modifier);
    settle();
}

void tst_Dragging::addsThreePeopleToAGroup()
{
    choosePeople("memberTable", {m_office->ada, m_office->bence, m_office->dao});
    drag(personAt("memberTable", m_office->bence), groupAt(m_office->support), text("help"));
    QVERIFY2(m_lastHint.startsWith(text("Add 3 people to support")), qPrintable(m_lastHint));
    QVERIFY2(m_lastHint.contains(text("hold Shift to move")), qPrintable(m_lastHint));
    QVERIFY2(m_lastHint.contains(text("Ctrl+Z takes it back")), qPrintable(m_lastHint));
    QTRY_COMPARE(message(), text("Added 3 people to support"));
    QCOMPARE(m_office->members(m_office->support).size(), 4U);
    QCOMPARE(m_office->members(m_office->release).size(), 4U); // and they stay where they were
    auto *tree = find<QTreeView>("groupTree");
    tree->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(m_office->members(m_office->support).size(), 1U);
    settle();
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_office->members(m_office->support).size(), 4U);
}

void tst_Dragging::movesWithShift()
{
    choosePeople("memberTable", {m_office->ada, m_office->dao});
    drag(personAt("memberTable", m_office->ada), groupAt(m_office->support), text("Move 2 people"), "shift");
    QTRY_COMPARE(message(), text("Moved 2 people to support"));
    QCOMPARE(m_office->members(m_office->support).size(), 3U);
    QCOMPARE(m_office->members(m_office->release).size(), 2U);
    QTRY_COMPARE(find<QAbstractItemView>("memberTable")->model()->rowCount(), 2);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(m_office->members(m_office->release).size(), 4U);
    QCOMPARE(m_office->members(m_office->support).size(), 1U);
}

void tst_Dragging::takesOutOntoTheEmptySpace()
{
    choosePeople("memberTable", {m_office->dao});
    auto *tree = find<QTreeView>("groupTree");
    const QPoint empty = tree->viewport()->mapToGlobal(tree->viewport()->rect().center() + QPoint(0, 150));
    drag(personAt("memberTable", m_office->dao), empty, text("Take Dao Thi Mai out of release"), "shift");
    QTRY_COMPARE(message(), text("Removed Dao Thi Mai from release"));
    QCOMPARE(m_office->members(m_office->release).size(), 3U);
}

void tst_Dragging::refusesAnExternalGroup()
{
    choosePeople("memberTable", {m_office->ada});
    drag(personAt("memberTable", m_office->ada), groupAt(m_office->auditors), text("auditors is external"));
    QCOMPARE(m_office->members(m_office->auditors).size(), 0U);
    QVERIFY(!m_window->editor().canUndo());
}

void tst_Dragging::refusesAGroupBelowItself()
{
    drag(groupAt(m_office->platform), groupAt(m_office->managers), text("it would contain itself"));
    QCOMPARE(m_office->subgroups(m_office->managers).size(), 0U);
    drag(groupAt(m_office->release), groupAt(m_office->release) + QPoint(10, 3), text("A group can’t be in itself"));
    QVERIFY(!m_window->editor().canUndo());
}

void tst_Dragging::movesAGroupWithShift()
{
    drag(groupAt(m_office->managers), groupAt(m_office->support), text("Move managers from release"), "shift");
    QTRY_COMPARE(message(), text("Moved managers to support"));
    QCOMPARE(m_office->subgroups(m_office->support).size(), 1U);
    QCOMPARE(m_office->subgroups(m_office->release).size(), 0U);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(m_office->subgroups(m_office->release).size(), 1U);
}

void tst_Dragging::dragsASearchHit()
{
    auto *search = find<QLineEdit>("searchField");
    search->setFocus();
    QTest::keyClicks(search, text("Erik"));
    auto *hits = find<QListView>("searchHits");
    QTRY_VERIFY(hits->isVisible() && hits->model()->rowCount() == 1);
    const QPoint hit = hits->viewport()->mapToGlobal(hits->visualRect(hits->model()->index(0, 0)).center());
    drag(hit, groupAt(m_office->managers), text("lead"));
    QTRY_COMPARE(message(), text("Added Erik Lund to managers"));
    QVERIFY(m_office->members(m_office->managers).contains(text("Erik Lund")));
}

void tst_Dragging::showEntities()
{
    m_window->navigator().showPage(views::Page::Entities);
    settle();
}

std::vector<tst_Dragging::Move> tst_Dragging::grab(QPoint from, QPoint towards)
{
    auto *tree = find<QTreeView>("dropGroupTree");
    return {{[=] { point(from); }, [=] { return QCursor::pos() == from; }},
            {[] {
                 x({text("mousedown"), text("1")});
             },
             [] { return QApplication::mouseButtons() != Qt::NoButton; }},
            {[=] { point(from + (towards - from) / 8); }, {}},
            {[=] { point(from + (towards - from) / 6); }, [=] { return tree->isVisible(); }}};
}

/// The story: one types, sees the few that are left, and carries them over.
void tst_Dragging::dragsFromTheTableOntoAGroup()
{
    showEntities();
    auto *filter = find<QLineEdit>("entityFilter");
    QTest::keyClicks(filter, text("a")); // Ada, Chiara, Dao
    auto *table = find<QAbstractItemView>("entityTable");
    QTRY_VERIFY(table->model()->rowCount() < 5);
    choosePeople("entityTable", {m_office->ada, m_office->dao});
    auto *tree = find<QTreeView>("dropGroupTree");
    QVERIFY(!tree->isVisible());
    const QPoint from = personAt("entityTable", m_office->dao);
    std::vector<Move> moves = grab(from, from + QPoint(200, 0));
    QPoint to;
    moves.push_back({[&] {
                         to = groupAt(m_office->support, "dropGroupTree");
                         point(to);
                     },
                     {}});
    moves.push_back({[&] { point(to + QPoint(2, 0)); },
                     [this] { return hint().contains(text("help")) && hint().contains(text("Add 2 people")); }});
    moves.push_back({[&] {
                         m_lastHint = hint();
                         m_hand->picture(text("dragsFromTheTable"));
                         x({text("mouseup"), text("1")});
                     },
                     [this] { return hint().isEmpty(); }});
    perform(std::move(moves));
    settle();
    QVERIFY2(m_lastHint.startsWith(text("Add 2 people to support")), qPrintable(m_lastHint));
    QVERIFY2(!m_lastHint.contains(text("Shift")), qPrintable(m_lastHint)); // out of which group?
    QTRY_COMPARE(message(), text("Added 2 people to support"));
    QCOMPARE(m_office->members(m_office->support).size(), 3U);
    QTRY_VERIFY(!tree->isVisible()); // and gone again
    QCOMPARE(filter->text(), text("a"));
    table->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(m_office->members(m_office->support).size(), 1U);
}

void tst_Dragging::showsTheGroupsOnlyWhileSomebodyIsCarried()
{
    showEntities();
    choosePeople("entityTable", {m_office->ada});
    auto *tree = find<QTreeView>("dropGroupTree");
    const QPoint from = personAt("entityTable", m_office->ada);
    std::vector<Move> moves = grab(from, from + QPoint(200, 0));
    moves.push_back({[=, this] { point(groupAt(m_office->auditors, "dropGroupTree")); }, {}});
    moves.push_back({[=, this] { point(groupAt(m_office->auditors, "dropGroupTree") + QPoint(2, 0)); },
                     [this] { return hint().contains(text("auditors is external")); }});
    moves.push_back({[] { x({text("mouseup"), text("1")}); }, [=] { return !tree->isVisible(); }});
    perform(std::move(moves));
    settle();
    QVERIFY(!m_window->editor().canUndo());
    QCOMPARE(find<QAbstractItemView>("entityTable")->selectionModel()->selectedRows().size(), 1);
}

void tst_Dragging::keepsTheGroupsBesideTheTable()
{
    showEntities();
    auto *tree = find<QTreeView>("dropGroupTree");
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    QTRY_VERIFY(tree->isVisible());
    settle();
    choosePeople("entityTable", {m_office->bence, m_office->erik});
    auto *filter = find<QLineEdit>("dropGroupFilter");
    QTest::keyClicks(filter, text("manag"));
    QTRY_VERIFY(!qobject_cast<items::GroupTreeModel *>(tree->model())->indexesFor(m_office->managers).isEmpty());
    settle();
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->viewport()->mapFromGlobal(groupAt(m_office->managers, "dropGroupTree")));
    QTRY_COMPARE(m_window->navigator().place().object, ObjectRef::of(m_office->managers)); // the inspector shows it
    settle();
    QCOMPARE(find<QAbstractItemView>("entityTable")->selectionModel()->selectedRows().size(), 2);
    const QPoint from = personAt("entityTable", m_office->erik);
    drag(from, groupAt(m_office->managers, "dropGroupTree"), text("lead"));
    QVERIFY2(m_lastHint.startsWith(text("Add 2 people to managers")), qPrintable(m_lastHint));
    QTRY_COMPARE(message(), text("Added 2 people to managers"));
    QCOMPARE(m_office->members(m_office->managers).size(), 3U);
    QVERIFY(tree->isVisible());
    // Between groups, too, as on their own page.
    drag(groupAt(m_office->managers, "dropGroupTree"), groupAt(m_office->platform, "dropGroupTree"),
         text("Move managers from release"), "shift");
    QTRY_COMPARE(message(), text("Moved managers to platform"));
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    QTRY_VERIFY(!tree->isVisible());
}

void tst_Dragging::keepsAwayFromTheHand()
{
    showEntities();
    choosePeople("entityTable", {m_office->ada});
    auto *table = find<QAbstractItemView>("entityTable");
    auto *tree = find<QTreeView>("dropGroupTree");
    const QPoint from(table->viewport()->mapToGlobal(QPoint(table->viewport()->width() - 20, 0)).x(),
                      personAt("entityTable", m_office->ada).y());
    std::vector<Move> moves = grab(from, from - QPoint(100, 0));
    bool under = true;
    moves.push_back({[&] {
                         under = tree->rect().contains(tree->mapFromGlobal(QCursor::pos()));
                         x({text("key"), text("Escape"), text("mouseup"), text("1")});
                     },
                     [=] { return !tree->isVisible(); }});
    perform(std::move(moves));
    QVERIFY(!under);
    QVERIFY(!m_window->editor().canUndo());
}

void tst_Dragging::cancelsWithEsc()
{
    choosePeople("memberTable", {m_office->ada});
    const QPoint from = personAt("memberTable", m_office->ada);
    const QPoint to = groupAt(m_office->support);
    perform({{[=] { point(from); }, [=] { return QCursor::pos() == from; }},
             {[] {
                  x({text("mousedown"), text("1")});
              },
              [] { return QApplication::mouseButtons() != Qt::NoButton; }},
             {[=] { point((from + to) / 2); }, {}},
             {[=] { point(to); }, {}},
             {[=] { point(to + QPoint(2, 0)); }, [this] { return hint().contains(text("Add Ada Lovelace")); }},
             {[] {
                  x({text("key"), text("Escape")});
              },
              [this] { return hint().isEmpty(); }},
             {[] {
                  x({text("mouseup"), text("1")});
              },
              {}}});
    settle();
    QCOMPARE(m_office->members(m_office->support).size(), 1U);
    QVERIFY(!m_window->editor().canUndo());
}

int main(int argc, char **argv)
{
    if (const auto left = test::Hand::inOwnDisplay(argc, argv))
        return *left;
    QApplication application(argc, argv);
    tst_Dragging test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_Dragging.moc"
