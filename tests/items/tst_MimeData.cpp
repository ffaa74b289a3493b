// SPDX-License-Identifier: Apache-2.0
#include "items/MimeData.h"

#include <QTest>

using namespace kith;
using namespace kith::items;
using connection::ObjectRef;

class TestMimeData : public QObject
{
    Q_OBJECT

    static CarriedObjects sample()
    {
        CarriedObjects objects;
        objects.core = QStringLiteral("/home/ada/core.db");
        objects.objects = {{ObjectRef::of(EntityId{7}), QStringLiteral("e-7"), QStringLiteral("Zoë \n\"Müller\" 😀")},
                           {ObjectRef::of(GroupId{9}), QString(), QString()}};
        objects.source = {GroupId{3}, QStringLiteral("release"), true};
        objects.sourceUuid = QStringLiteral("g-3");
        return objects;
    }

private Q_SLOTS:
    void comesBackAsItWent()
    {
        const CarriedObjects objects = sample();
        const auto data = pack(objects);
        QVERIFY(data->hasFormat(QStringLiteral("application/x-kith-objects")));
        QCOMPARE(data->text(), objects.objects.front().name);
        const auto back = unpack(*data);
        QVERIFY(back.has_value());
        QVERIFY(*back == objects);
        QCOMPARE(back->people(), std::vector<EntityId>{EntityId{7}});
        QCOMPARE(back->groups(), std::vector<GroupId>{GroupId{9}});
    }
    void refusesWhatItCannotRead()
    {
        QMimeData nothing;
        nothing.setText(QStringLiteral("Ada"));
        QVERIFY(!unpack(nothing));
        const QByteArray whole = pack(sample())->data(objectsMimeType());
        for (qsizetype length = 0; length < whole.size(); ++length) {
            QMimeData part;
            part.setData(objectsMimeType(), whole.left(length));
            QVERIFY(!unpack(part));
        }
        QMimeData more;
        more.setData(objectsMimeType(), whole + 'x');
        QVERIFY(!unpack(more));
    }
};

QTEST_GUILESS_MAIN(TestMimeData)
#include "tst_MimeData.moc"
