// SPDX-License-Identifier: Apache-2.0
#include "OfficeWindow.h"
#include "views/ColumnsTable.h"
#include "views/WindowActions.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace kith;
using connection::ObjectRef;
using test::text;
using views::MainWindow;
using views::Page;

/// Pages that are made when somebody comes to them, in a window on a real core.
class tst_WindowPages : public QObject, private test::OfficeWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { openOffice(); }
    void cleanup() { closeOffice(); }

    void makesPagesWhenTheyAreWanted();
    void keepsTheLayoutOfPagesNobodyOpened();
    void tellsLatePagesWhatMayBeDone();
    void staysWhereOneWentWhileItWasMade();
    void outlivesItsPagesWithWhatTheyUse();

private:
    void openAnew();
};

/// What is not seen yet doesn't hold up what is.
void tst_WindowPages::makesPagesWhenTheyAreWanted()
{
    const auto *navigation = find<QWidget>("navigation");
    const std::vector<std::pair<Page, const char *>> late = {{Page::Groups, "groupsPage"},
                                                             {Page::Aliases, "aliasesPage"},
                                                             {Page::Policies, "policiesPage"},
                                                             {Page::Mounts, "mountsPage"}};
    for (const auto &[page, name] : late)
        QVERIFY2(!m_window->findChild<QWidget *>(text(name)), name);
    m_window->remember();
    for (const auto &[page, name] : late) {
        QVERIFY2(!m_window->findChild<QWidget *>(text(name)), name); // also by remembering, or by another
        m_window->navigator().showPage(page);
        settle();
        const auto *shown = find<QWidget>(name);
        QVERIFY(shown->isVisible());
        const auto isReached = [navigation](const QWidget *widget) {
            return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) &&
                   !navigation->isAncestorOf(widget);
        };
        const QWidget *next = navigation->nextInFocusChain();
        while (!isReached(next))
            next = next->nextInFocusChain();
        QVERIFY2(shown->isAncestorOf(next),
                 qPrintable(next->objectName() + next->parent()->objectName())); // Tab comes by it before the inspector
    }
    QVERIFY(find<QAbstractItemView>("memberTable")->actions().contains(m_window->actions().addToGroup));
    QVERIFY(find<QAbstractItemView>("groupTree")->actions().contains(m_window->actions().addToGroup));
    m_window->navigator().open(ObjectRef::of(m_office->managers));
    settle();
    auto *members = find<QAbstractItemView>("memberTable");
    members->setCurrentIndex(members->model()->index(0, 0)); // a late page tells what is chosen as others do
    QTRY_COMPARE(m_window->navigator().place().object, ObjectRef::of(m_office->chiara));
    QTRY_VERIFY(m_window->actions().takeOut->isEnabled());
}

void tst_WindowPages::openAnew()
{
    m_window->remember();
    m_window.reset();
    openWindow(m_office->connection());
}

void tst_WindowPages::keepsTheLayoutOfPagesNobodyOpened()
{
    const auto table = [this](const char *name, Page page) {
        m_window->navigator().showPage(page);
        settle();
        return find<views::ColumnsTable>(name);
    };
    table("mountTable", Page::Mounts)->setColumnShown(1, false);
    table("memberTable", Page::Groups)->setColumnShown(1, false);
    m_window->navigator().showPage(Page::Entities);
    settle();
    openAnew();
    QVERIFY(!m_window->findChild<QWidget *>(text("mountsPage")));
    openAnew(); // who remembers doesn't know of it
    QVERIFY(!table("mountTable", Page::Mounts)->isColumnShown(1));
    QVERIFY(!table("memberTable", Page::Groups)->isColumnShown(1));
    QVERIFY(table("aliasTable", Page::Aliases)->isColumnShown(1));
}

void tst_WindowPages::outlivesItsPagesWithWhatTheyUse()
{
    for (const Page page : {Page::Groups, Page::Aliases, Page::Policies, Page::Mounts, Page::Entities}) {
        m_window->navigator().showPage(page);
        settle();
    }
    find<QAbstractItemView>("entityTable")->selectAll();
    settle();
    QStringList gone;
    const auto watch = [&gone](QObject &object, const char *name) {
        QObject::connect(&object, &QObject::destroyed, &object, [&gone, name] { gone.append(text(name)); });
    };
    const QStringList pages{text("entitiesPage"), text("groupsPage"), text("aliasesPage"),
                            text("policiesPage"), text("mountsPage"), text("inspector")};
    for (const QString &page : pages) {
        QObject *widget = m_window->findChild<QWidget *>(page);
        QVERIFY2(widget, qPrintable(page));
        QObject::connect(widget, &QObject::destroyed, widget, [&gone, page] { gone.append(page); });
    }
    watch(m_window->editor(), "editor");
    watch(m_window->navigator(), "navigator");
    watch(m_window->editor().permissions(), "permissions");
    m_window.reset();
    QCOMPARE(gone.size(), pages.size() + 3);
    const QStringList first = gone.mid(0, pages.size());
    QCOMPARE(QSet<QString>(first.begin(), first.end()), QSet<QString>(pages.begin(), pages.end()));
}

void tst_WindowPages::tellsLatePagesWhatMayBeDone()
{
    test::LiveConnection empty;
    MainWindow window(empty.connection());
    window.show();
    QTRY_COMPARE(window.navigator().place().page, Page::Welcome);
    connection::Rights rights;
    rights.listGroups = false;
    rights.createEntities = false;
    window.editor().permissions().setRights(rights);
    window.navigator().showPage(Page::Groups);
    auto *tree = window.findChild<QWidget *>(text("groupTreeEmpty"));
    QVERIFY(tree);
    const auto says = [tree] {
        const auto labels = tree->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [](const QLabel *label) { return label->text().contains(text("may not list the groups")); });
    };
    QTRY_VERIFY(says());
}

/// Of a core that is busy the answer where it is may come long after.
void tst_WindowPages::staysWhereOneWentWhileItWasMade()
{
    const auto make = [this](const char *name) {
        QSignalSpy made(&m_window->editor(), &views::Editor::made);
        m_window->editor().createEntity({text(name), {}, {}, {}, {}});
        QTRY_COMPARE(made.size(), 1);
        settle();
    };
    m_window->navigator().showPage(Page::Entities);
    make("Grace");
    QCOMPARE(find<QWidget>("inspectorTitle")->accessibleName(), text("Grace"));
    QObject::connect(&m_window->editor(), &views::Editor::done, m_window.get(),
                     [this] { m_window->navigator().showPage(Page::Policies); });
    make("Heidi");
    QCOMPARE(m_window->navigator().place().page, Page::Policies);
}

QTEST_MAIN(tst_WindowPages)
#include "tst_WindowPages.moc"
