// SPDX-License-Identifier: Apache-2.0
#include "views/Navigator.h"

#include <QSignalSpy>
#include <QTest>

using namespace kith;
using connection::ObjectRef;
using views::Navigator;
using views::Page;
using views::Place;

class tst_Navigator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesBackAndForward();
    void opensObjectsWhereTheyAreAtHome();
    void forgetsWhatWasPassedBy();
    void comesBackToAPageAsItWasLeft();
    void forgetsAnObjectThatIsGone();
};

void tst_Navigator::goesBackAndForward()
{
    Navigator navigator;
    QSignalSpy places(&navigator, &Navigator::placeChanged);
    QVERIFY(!navigator.canGoBack());
    navigator.open(ObjectRef::of(EntityId{1}));
    navigator.open(ObjectRef::of(EntityId{2}));
    navigator.back();
    QCOMPARE(navigator.place().object, ObjectRef::of(EntityId{1}));
    QVERIFY(navigator.canGoForward());
    navigator.forward();
    QCOMPARE(navigator.place().object, ObjectRef::of(EntityId{2}));
    navigator.back();
    navigator.open(ObjectRef::of(GroupId{3}));
    QVERIFY(!navigator.canGoForward()); // another way was taken
    QCOMPARE(places.size(), 6);
}

void tst_Navigator::opensObjectsWhereTheyAreAtHome()
{
    Navigator navigator;
    navigator.open(ObjectRef::of(GroupId{7}));
    QCOMPARE(navigator.place(), (Place{Page::Groups, GroupId{7}, ObjectRef::of(GroupId{7})}));
    navigator.open(ObjectRef::of(EntityId{8}));
    QCOMPARE(navigator.place(), (Place{Page::Entities, {}, ObjectRef::of(EntityId{8})}));
}

void tst_Navigator::forgetsWhatWasPassedBy()
{
    Navigator navigator;
    navigator.go({Page::Groups, GroupId{1}, {}});
    for (int id = 2; id < 20; ++id) // an arrow key held down
        navigator.choose({Page::Groups, GroupId{id}, {}});
    QCOMPARE(navigator.place().group, GroupId{19});
    navigator.back();
    QCOMPARE(navigator.place().page, Page::Entities);
}

void tst_Navigator::comesBackToAPageAsItWasLeft()
{
    Navigator navigator;
    navigator.open(ObjectRef::of(EntityId{5}));
    navigator.open(ObjectRef::of(GroupId{6}));
    navigator.showPage(Page::Entities);
    QCOMPARE(navigator.place().object, ObjectRef::of(EntityId{5}));
    navigator.showPage(Page::Groups);
    QCOMPARE(navigator.place().group, GroupId{6});
}

void tst_Navigator::forgetsAnObjectThatIsGone()
{
    Navigator navigator;
    navigator.open(ObjectRef::of(GroupId{6}));
    navigator.open(ObjectRef::of(EntityId{5}));
    QSignalSpy places(&navigator, &Navigator::placeChanged);
    navigator.forget(ObjectRef::of(GroupId{6}));
    QCOMPARE(places.size(), 0); // it isn't shown
    navigator.forget(ObjectRef::of(EntityId{5}));
    QCOMPARE(places.size(), 1);
    QVERIFY(!navigator.place().object);
    navigator.back();
    QVERIFY(!navigator.place().group);
}

QTEST_GUILESS_MAIN(tst_Navigator)
#include "tst_Navigator.moc"
