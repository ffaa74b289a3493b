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
        objects.people = {EntityId{7}};
        objects.groups = {GroupId{9}};
        objects.names = {QStringLiteral("Zoë \n\"Müller\" 😀"), QStringLiteral("release")};
        objects.uuids = {QStringLiteral("e-7"), QStringLiteral("g-9")};
        objects.source = {GroupId{3}, QStringLiteral("release"), true};
        return objects;
    }

private Q_SLOTS:
    void comesBackAsItWent()
    {
        const CarriedObjects objects = sample();
        const auto data = pack(objects);
        QVERIFY(data->hasFormat(QStringLiteral("application/x-kith-objects")));
        QCOMPARE(data->text(), objects.names.join(QLatin1Char('\n')));
        const auto back = unpack(*data);
        QVERIFY(back);
        QVERIFY(*back == objects);
        QCOMPARE(back, unpack(*data)); // the same, not a copy of it
        QCOMPARE(back->refs(), (std::vector<ObjectRef>{ObjectRef::of(EntityId{7}), ObjectRef::of(GroupId{9})}));
    }
    void goesIntoATable()
    {
        const auto data = pack(sample());
        QVERIFY(data->hasFormat(QStringLiteral("text/csv")));
        QCOMPARE(data->data(QStringLiteral("text/csv")),
                 QStringLiteral("name,id\r\n\"Zoë \n\"\"Müller\"\" 😀\",e-7\r\nrelease,g-9\r\n").toUtf8());
        CarriedObjects named = sample();
        named.uuids.clear();
        QCOMPARE(pack(named)->data(QStringLiteral("text/csv")).left(6), QByteArray("name\r\n"));
    }
    void comesBackFromAnotherProgram()
    {
        const CarriedObjects objects = sample();
        QMimeData bytes; // as the other program's clipboard gives it
        bytes.setData(objectsMimeType(), pack(objects)->data(objectsMimeType()));
        QVERIFY(!unpackOwn(bytes));
        const auto back = unpack(bytes);
        QVERIFY(back);
        QVERIFY(*back == objects);
    }
    void refusesValuesThatDoNotFit()
    {
        CarriedObjects objects = sample();
        objects.uuids.pop_back();
        QMimeData bytes;
        bytes.setData(objectsMimeType(), pack(objects)->data(objectsMimeType()));
        QVERIFY(!unpack(bytes));
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
