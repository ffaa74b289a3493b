// SPDX-License-Identifier: Apache-2.0
#include "items/SyntheticConnection.h"
#include "views/HitModel.h"

#include <QSignalSpy>
#include <QTest>

using namespace kith;
using connection::Hit;
using connection::ObjectRef;
using views::HitFinder;

class TestHitFinder : public QObject
{
    Q_OBJECT

    /// So many groups fit better than the person does.
    struct People {
        explicit People(int groups)
        {
            std::vector<Hit> &hits = connection.synthetic.hits;
            hits.resize(static_cast<std::size_t>(groups) + 1);
            for (int i = 0; i < groups; ++i)
                hits[static_cast<std::size_t>(i)].object = ObjectRef::of(GroupId{i + 1});
            hits.back().object = ObjectRef::of(EntityId{7});
        }
        test::SyntheticConnection connection{0};
        views::HitModel model{connection};
        HitFinder finder{connection, model, HitFinder::Kinds::People};
        QSignalSpy found{&finder, &HitFinder::found};
        QSignalSpy failed{&finder, &HitFinder::failed};
    };

private Q_SLOTS:
    void findsWhomOthersFitBetterThan()
    {
        People people(70);
        people.finder.find(QStringLiteral("crew"));
        QVERIFY(people.finder.isLooking());
        QTRY_COMPARE(people.found.size(), 1);
        QCOMPARE(people.model.rowCount(), 1);
        QCOMPARE(people.model.objectAt(people.model.index(0)).entity(), EntityId{7});
        QVERIFY(people.finder.hasSeenAll());
        QVERIFY(!people.finder.isLooking());
    }
    void knowsWhenItHasNotSeenAll()
    {
        People people(100'000);
        people.finder.find(QStringLiteral("crew"));
        QTRY_COMPARE(people.found.size(), 1);
        QCOMPARE(people.model.rowCount(), 0);
        QVERIFY(!people.finder.hasSeenAll());
        people.connection.synthetic.hits.clear();
        people.finder.find(QStringLiteral("crews"));
        QTRY_COMPARE(people.found.size(), 2);
        QVERIFY(people.finder.hasSeenAll());
    }
    /// Nobody was found then, and nobody was missed.
    void tellsThatItCouldNotLook()
    {
        People people(0);
        people.connection.synthetic.failure = Error{ErrorCode::Damaged, 500, "torn", {}};
        people.finder.find(QStringLiteral("crew"));
        QTRY_COMPARE(people.failed.size(), 1);
        QCOMPARE(people.found.size(), 0);
        QVERIFY(!people.finder.isLooking());
        people.connection.synthetic.failure.reset();
        people.finder.find(QStringLiteral("crew"));
        QTRY_COMPARE(people.model.rowCount(), 1);
        QCOMPARE(people.failed.size(), 1);
    }
};

QTEST_MAIN(TestHitFinder)
#include "tst_HitFinder.moc"
