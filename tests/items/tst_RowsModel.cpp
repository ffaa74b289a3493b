// SPDX-License-Identifier: Apache-2.0
#include "items/EntityTableModel.h"
#include "items/MemberTableModel.h"
#include "items/SyntheticConnection.h"
#include "items/ValueWindow.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::items;

namespace {

using Window = ValueWindow<connection::EntityRow>;

std::vector<quint32> shownIds(const EntityTableModel &model)
{
    std::vector<quint32> ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.push_back(static_cast<quint32>(model.entityAt(row).value));
    return ids;
}

/// Reads rows as a view that paints them does.
void paint(const EntityTableModel &model, int first, int count)
{
    for (int row = first; row < first + count; ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            (void)model.index(row, column).data();
    }
}

/// The odd ones up to `end`; those above 80,000 come first.
std::vector<quint32> oddIds(quint32 end)
{
    std::vector<quint32> ids;
    for (quint32 id = 80'001; id < end; id += 2)
        ids.push_back(id);
    for (quint32 id = 1; id < 80'000; id += 2)
        ids.push_back(id);
    return ids;
}

void announce(test::SyntheticConnection &connection)
{
    ChangeSet changes;
    changes.entities = {EntityId{1}};
    Q_EMIT connection.changed(changes);
}

/// One that has been asked for, with all of its rows.
struct LongTable {
    explicit LongTable(quint32 rows) : connection(rows), model(connection), tester(&model) { model.setQuery({}); }

    test::SyntheticConnection connection;
    EntityTableModel model;
    QAbstractItemModelTester tester;
};

/// The rows are here afterwards, their comparison, which takes longer, mostly not.
void beginComparing(test::SyntheticConnection &connection, std::vector<quint32> rows)
{
    connection.synthetic.setRows(std::move(rows));
    const auto asked = connection.synthetic.queries.size();
    announce(connection);
    while (connection.synthetic.queries.size() == asked)
        QCoreApplication::processEvents();
    QCoreApplication::processEvents();
}

QString name(const EntityTableModel &model, int row)
{
    return model.index(row, EntityTableModel::NameColumn).data().toString();
}

} // namespace

/// What all tables share: one array of rows, a window of values, the smallest signals.
class TestRowsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fetchesOnlyWhatIsPaintedOfAMillionRows()
    {
        test::SyntheticConnection connection(1'000'000);
        EntityTableModel model(connection);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 1'000'000);
        QCOMPARE(connection.synthetic.batches, 0);

        paint(model, 0, 50);
        QVERIFY(model.index(0, 0).data(LoadingRole).toBool());
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Reading …"));
        QTRY_COMPARE(name(model, 0), QStringLiteral("person 1"));
        QVERIFY(!model.index(0, 0).data(Qt::AccessibleTextRole).isValid()); // what is shown says it
        QCOMPARE(connection.synthetic.batches, 1);
        QCOMPARE(connection.synthetic.fetched, static_cast<int>(Window::BatchSize));
        paint(model, 0, 50);
        QCoreApplication::processEvents();
        QCOMPARE(connection.synthetic.batches, 1);

        paint(model, 700'000, 50); // a jump costs no more than a step
        QTRY_COMPARE(name(model, 700'049), QStringLiteral("person 700050"));
        QVERIFY(connection.synthetic.batches <= 3);
    }
    void showsTheFirstRowsBeforeTheOthers()
    {
        test::SyntheticConnection connection(100'000);
        connection.synthetic.first = 60;
        auto &answers = connection.synthetic.waiting;
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy reset(&model, &EntityTableModel::modelReset);
        const QSignalSpy inserted(&model, &EntityTableModel::rowsInserted);
        const QSignalSpy loaded(&model, &EntityTableModel::loaded);
        model.setQuery({});
        QVERIFY(!model.hasFirstRows());
        answers[0]();
        QTRY_COMPARE(model.rowCount(), 60);
        QVERIFY(model.hasFirstRows() && !model.hasAllRows() && model.isLoading());
        paint(model, 0, 60);
        QCOMPARE(name(model, 59), QStringLiteral("person 60")); // at once: it came with the rows
        QCoreApplication::processEvents();
        QCOMPARE(connection.synthetic.batches, 0);
        QCOMPARE(loaded.size(), 0);

        const QPersistentModelIndex held = model.index(7, 0);
        answers[1]();
        QTRY_COMPARE(model.rowCount(), 100'000);
        QVERIFY(model.hasAllRows() && !model.isLoading());
        QCOMPARE(held.row(), 7);
        QCOMPARE(reset.size(), 1);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(loaded.size(), 1);
        QCOMPARE(name(model, 59), QStringLiteral("person 60"));
    }
    /// What a view does for half a million rows that come at once takes longer than the window may stand still.
    void takesVeryManyRowsInTurns_data()
    {
        QTest::addColumn<quint32>("first");
        QTest::newRow("behind the first rows") << quint32{60};
        QTest::newRow("all at once") << quint32{0};
    }
    void takesVeryManyRowsInTurns()
    {
        QFETCH(quint32, first);
        test::SyntheticConnection connection(210'000);
        connection.synthetic.first = first;
        connection.synthetic.held = true;
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy inserted(&model, &EntityTableModel::rowsInserted);
        const QSignalSpy count(&model, &EntityTableModel::countChanged);
        const QSignalSpy loaded(&model, &EntityTableModel::loaded);
        model.setQuery({});
        for (const auto &answer : connection.synthetic.waiting)
            answer();
        QTRY_VERIFY(model.hasFirstRows());
        const QPersistentModelIndex held = model.index(7, 0);
        bool between = false; // the event loop turned while only some were shown
        while (model.isLoading()) {
            between = between || (model.rowCount() >= 100'000 && !model.hasAllRows());
            QCOMPARE(loaded.size(), 0);
            QCoreApplication::processEvents();
        }
        QVERIFY(between);
        QCOMPARE(model.rowCount(), 210'000);
        QVERIFY(model.hasAllRows());
        for (const auto &signal : inserted)
            QVERIFY(signal.at(2).toInt() - signal.at(1).toInt() < 100'000);
        QCOMPARE(held.row(), 7);
        QCOMPARE(model.entityAt(209'999), EntityId{210'000});
        QVERIFY(model.entityAt(210'000) == EntityId());
        QCOMPARE(count.size(), 1);
        QCOMPARE(loaded.size(), 1);
    }
    void takesVeryManyRowsInTurnsAfterAChange()
    {
        test::SyntheticConnection connection(0);
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy inserted(&model, &EntityTableModel::rowsInserted);
        const QSignalSpy reset(&model, &EntityTableModel::modelReset);
        model.setQuery({});
        QTRY_VERIFY(model.hasAllRows());
        std::vector<quint32> ids(210'000);
        std::iota(ids.begin(), ids.end(), 1);
        connection.synthetic.setRows(ids);
        ChangeSet changes;
        changes.entities = {EntityId{1}};
        Q_EMIT connection.changed(changes);
        QTRY_VERIFY(model.rowCount() > 0);
        QVERIFY(model.rowCount() <= 100'000);
        ids.insert(ids.begin(), 210'001); // while they still come
        connection.synthetic.setRows(ids);
        Q_EMIT connection.changed(changes);
        QTRY_COMPARE(model.rowCount(), 210'001);
        QCOMPARE(model.entityAt(0), EntityId{210'001});
        QCOMPARE(model.entityAt(210'000), EntityId{210'000});
        QCOMPARE(reset.size(), 1);
        QCOMPARE(inserted.size(), 4);
    }
    /// What it takes to compare them would hold a window up, so they come later, all at once.
    void comparesVeryManyRowsAside()
    {
        LongTable table(80'000);
        auto &[connection, model, tester] = table;
        QTRY_VERIFY(model.hasAllRows());
        std::vector<QPersistentModelIndex> held;
        for (const int row : {0, 2, 40'000, 79'999})
            held.emplace_back(model.index(row, 0));

        connection.synthetic.setRows(oddIds(90'000));
        const QSignalSpy layout(&model, &EntityTableModel::layoutChanged);
        const QSignalSpy count(&model, &EntityTableModel::countChanged);
        announce(connection);
        QTRY_COMPARE(model.rowCount(), 45'000);
        QCOMPARE(*model.ids(), oddIds(90'000));
        QCOMPARE(layout.size(), 1);
        QCOMPARE(count.size(), 1);
        QCOMPARE(held[0].row(), 5'000);
        QCOMPARE(held[1].row(), 5'001);
        QCOMPARE(held[2].row(), 25'000);
        QVERIFY(!held[3].isValid());
    }
    void isBehindUntilVeryManyRowsAreCompared()
    {
        LongTable table(80'000);
        auto &[connection, model, tester] = table;
        QVERIFY(model.isBehind());
        const QSignalSpy caughtUp(&model, &EntityTableModel::caughtUp);
        QTRY_VERIFY(model.hasAllRows());
        QTRY_COMPARE(caughtUp.size(), 1);
        QVERIFY(!model.isBehind());
        std::vector<quint32> ids = *model.ids();
        ids.insert(ids.begin(), 80'001);
        beginComparing(connection, ids);
        QVERIFY(!model.isLoading());
        QVERIFY(model.isBehind());
        QTRY_COMPARE(caughtUp.size(), 2);
        QCOMPARE(model.idAt(0), quint32(80'001));
        QVERIFY(!model.isBehind());
    }
    void tellsFewChangesOfVeryManyRowsOneByOne()
    {
        LongTable table(80'000);
        auto &[connection, model, tester] = table;
        QTRY_VERIFY(model.hasAllRows());
        const QPersistentModelIndex held = model.index(70'000, 0);
        std::vector<quint32> ids = *model.ids();
        ids.erase(ids.begin() + 4);
        ids.insert(ids.begin() + 60'000, 80'001);
        connection.synthetic.setRows(ids);
        const QSignalSpy removed(&model, &EntityTableModel::rowsRemoved);
        const QSignalSpy inserted(&model, &EntityTableModel::rowsInserted);
        const QSignalSpy layout(&model, &EntityTableModel::layoutChanged);
        announce(connection);
        QTRY_COMPARE(inserted.size(), 1);
        QCOMPARE(*model.ids(), ids);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(layout.size(), 0);
        QCOMPARE(held.row(), 70'000);
        QCOMPARE(model.entityAt(70'000), EntityId{70'001});
    }
    void dropsAComparisonThatNobodyWaitsFor()
    {
        LongTable table(300'000);
        auto &[connection, model, tester] = table;
        QTRY_VERIFY(model.hasAllRows());
        beginComparing(connection, oddIds(390'000));
        connection.synthetic.setRows({3, 2, 1});
        connection::EntityQuery query;
        query.filter = QStringLiteral("a");
        model.setQuery(query);
        QTRY_VERIFY(model.hasAllRows());
        QCOMPARE(shownIds(model), (std::vector<quint32>{3, 2, 1}));
        announce(connection); // what is asked after it is answered after it
        QTRY_COMPARE(connection.synthetic.queries.size(), 4);
        QTRY_COMPARE(shownIds(model), (std::vector<quint32>{3, 2, 1}));
    }
    /// One more change while they are compared.
    void comparesOnceMoreAfterAnotherChange()
    {
        LongTable table(300'000);
        auto &[connection, model, tester] = table;
        QTRY_VERIFY(model.hasAllRows());
        beginComparing(connection, oddIds(390'000));
        connection.synthetic.setRows(oddIds(410'000));
        announce(connection);
        QTRY_COMPARE(model.rowCount(), 205'000);
        QCOMPARE(*model.ids(), oddIds(410'000));
    }
    void forgetsTheRestOfTheGroupBefore()
    {
        test::SyntheticConnection connection(210'000);
        MemberTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        connection::MemberQuery query;
        query.group = GroupId{1};
        model.setQuery(query);
        QTRY_VERIFY(model.rowCount() > 0);
        QVERIFY(model.rowCount() < 210'000);
        model.setQuery({}); // none
        QCOMPARE(model.rowCount(), 0);
        QTRY_VERIFY(!model.isLoading());
        QCOMPARE(model.rowCount(), 0);
    }
    /// They would pass for what was asked.
    void showsNoRowsOfAnotherQuestionAfterAFailure()
    {
        test::SyntheticConnection connection(1000);
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 1000);
        connection.synthetic.failure = Error{ErrorCode::Io, 500, "the disk is gone", {}};
        const QSignalSpy failed(&model, &EntityTableModel::failed);
        model.setFilter(QStringLiteral("anna"));
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.hasFirstRows());
    }
    void forgetsTheRestOfAnOlderQuery()
    {
        test::SyntheticConnection connection(210'000);
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        model.setFilter(QStringLiteral("a"));
        QTRY_VERIFY(model.rowCount() > 0);
        connection.synthetic.setRows({4, 5});
        model.setFilter(QStringLiteral("ab"));
        QTRY_VERIFY(!model.isLoading());
        QCOMPARE(shownIds(model), (std::vector<quint32>{4, 5}));
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(model.rowCount(), 2);
    }
    /// A few of very many would pass for all: in their number, when all are selected, in a file.
    void showsNoRowsWhenNotAllCanBeRead()
    {
        test::SyntheticConnection connection(1000);
        connection.synthetic.first = 60;
        connection.synthetic.failure = Error{ErrorCode::Damaged, 500, "torn", {}};
        auto &answers = connection.synthetic.waiting;
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy failed(&model, &EntityTableModel::failed);
        model.setQuery({});
        answers[0]();
        QTRY_COMPARE(model.rowCount(), 60);
        answers[1]();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.isLoading() && !model.hasFirstRows());
        connection.synthetic.failure.reset();
        connection.synthetic.first = 0;
        model.setQuery(model.query()); // "Try again"
        QTRY_COMPARE(model.rowCount(), 1000);
    }
    /// The rows of a table that is looked at have their values: nobody would see the first anew.
    void asksForRowsAloneAfterAChange()
    {
        test::SyntheticConnection connection(1000);
        EntityTableModel model(connection);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 1000);
        QCOMPARE(connection.synthetic.tables, 1);
        connection.synthetic.setRows({1, 3});
        ChangeSet changes;
        changes.entities = {EntityId{2}};
        Q_EMIT connection.changed(changes);
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(connection.synthetic.tables, 1);
        QCOMPARE(connection.synthetic.queries.size(), 2);
    }
    /// Each of them would be looked for among the values: that held the window up.
    void tellsVeryManyChangesAtOnce()
    {
        test::SyntheticConnection connection(20'000);
        EntityTableModel model(connection);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 20'000);
        paint(model, 0, 50);
        QTRY_COMPARE(name(model, 4), QStringLiteral("person 5"));
        QSignalSpy data(&model, &EntityTableModel::dataChanged);
        const int fetched = connection.synthetic.fetched;
        connection.synthetic.prefix = QStringLiteral("somebody ");
        ChangeSet changes;
        for (qint64 id = 1; id <= 10'000; ++id)
            changes.members.emplace_back(GroupId{1}, EntityId{id});
        Q_EMIT connection.changed(changes);
        QCOMPARE(data.size(), 1);
        QCOMPARE(data.front().at(0).toModelIndex().row(), 0);
        QCOMPARE(data.front().at(1).toModelIndex().row(), 19'999);
        QCoreApplication::processEvents();
        QCOMPARE(connection.synthetic.fetched, fetched); // not before somebody looks
        QCOMPARE(name(model, 4), QStringLiteral("person 5"));
        QTRY_COMPARE(name(model, 4), QStringLiteral("somebody 5"));
    }
    void dropsTheFirstRowsOfAnOlderQuery()
    {
        test::SyntheticConnection connection(1000);
        connection.synthetic.first = 60;
        auto &answers = connection.synthetic.waiting;
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        model.setFilter(QStringLiteral("a"));
        answers[0]();
        QTRY_COMPARE(model.rowCount(), 60);
        connection.synthetic.setRows({5, 6, 7, 8});
        connection.synthetic.first = 2;
        model.setFilter(QStringLiteral("ab"));
        QVERIFY(!model.hasFirstRows());
        answers[1]();
        answers[2]();
        QTRY_COMPARE(shownIds(model), (std::vector<quint32>{5, 6}));
        connection.synthetic.first = 3;
        model.setFilter(QStringLiteral("abc"));
        answers[4]();
        QTRY_COMPARE(shownIds(model), (std::vector<quint32>{5, 6, 7}));
        answers[5]();
        answers[3]();
        QTRY_COMPARE(shownIds(model), (std::vector<quint32>{5, 6, 7, 8}));
        QVERIFY(model.hasAllRows());
    }
    /// Values that were read before a change and come after it are read again.
    void readsFirstValuesAgainAfterAChange()
    {
        test::SyntheticConnection connection(1000);
        connection.synthetic.first = 60;
        auto &answers = connection.synthetic.waiting;
        EntityTableModel model(connection);
        model.setQuery({});
        connection.synthetic.prefix = QStringLiteral("was ");
        ChangeSet changes;
        changes.entities = {EntityId{3}};
        Q_EMIT connection.changed(changes);
        answers[0]();
        QTRY_COMPARE(model.rowCount(), 60);
        connection.synthetic.prefix = QStringLiteral("is ");
        QCOMPARE(name(model, 2), QStringLiteral("was 3"));
        QTRY_COMPARE(name(model, 2), QStringLiteral("is 3"));
    }
    void carriesAMillionRows()
    {
        test::SyntheticConnection connection(1'000'000);
        EntityTableModel model(connection);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 1'000'000);
        const QItemSelection all(model.index(0, 0), model.index(999'999, model.columnCount() - 1));
        QElapsedTimer timer;
        timer.start();
        const std::unique_ptr<QMimeData> data = pack(model.carried(all));
        const auto carried = unpack(*data);
        // An index and an item a row took some eight seconds with sanitizers, this some tens of milliseconds.
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(carried->people.size(), 1'000'000U);
        QCOMPARE(carried->people.front(), model.entityAt(0));
        QCOMPARE(carried->people.back(), model.entityAt(999'999));
        QVERIFY(carried->names.empty());
        QCOMPARE(connection.synthetic.fetched, 0); // nobody's name was asked for
        qInfo("a million rows carried in %lld ms", timer.elapsed());
    }
    void carriesEachRowOnceAndInOrder()
    {
        test::SyntheticConnection connection(100);
        EntityTableModel model(connection);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 100);
        QItemSelection rows(model.index(50, 0), model.index(59, 2));
        rows.append(QItemSelectionRange(model.index(55, 1), model.index(61, 3)));
        rows.append(QItemSelectionRange(model.index(7, 0), model.index(8, 0)));
        std::vector<EntityId> expected{model.entityAt(7), model.entityAt(8)};
        for (int row = 50; row <= 61; ++row)
            expected.push_back(model.entityAt(row));
        QCOMPARE(model.entitiesIn(rows), expected);
        QVERIFY(model.entitiesIn({}).empty());
    }
    void dropsWhatWasScrolledPast()
    {
        test::SyntheticConnection connection(1'000'000);
        EntityTableModel model(connection);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 1'000'000);
        for (int row = 0; row < 900'000; row += 1000) // the scroll bar is dragged
            paint(model, row, 50);
        QTRY_COMPARE(name(model, 899'000), QStringLiteral("person 899001"));
        QVERIFY2(connection.synthetic.batches <= static_cast<int>(Window::MostWaiting) + 1,
                 QByteArray::number(connection.synthetic.batches));
    }
    void keepsABoundedNumberOfValues()
    {
        test::SyntheticConnection connection(20'000);
        EntityTableModel model(connection);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 20'000);
        for (int row = 0; row < 20'000; row += 100) {
            paint(model, row, 100);
            QTRY_COMPARE(name(model, row + 99), QStringLiteral("person %1").arg(row + 100));
        }
        QVERIFY(model.index(0, 0).data(LoadingRole).toBool()); // went to make place
        QVERIFY(!model.index(19'999, 0).data(LoadingRole).toBool());
    }
    void dropsAnswersToOlderQueries()
    {
        test::SyntheticConnection connection(10);
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        connection.synthetic.held = true;
        const QSignalSpy loaded(&model, &EntityTableModel::loaded);
        const QSignalSpy reset(&model, &EntityTableModel::modelReset);
        model.setFilter(QStringLiteral("a"));
        connection.synthetic.setRows({3, 4});
        model.setFilter(QStringLiteral("ad"));
        connection.synthetic.setRows({4});
        model.setFilter(QStringLiteral("ada"));
        QVERIFY(model.isLoading());
        QCOMPARE(connection.synthetic.queries.size(), 3);
        connection.synthetic.waiting[2]();
        QTRY_VERIFY(!model.isLoading());
        connection.synthetic.waiting[0]();
        connection.synthetic.waiting[1]();
        QCoreApplication::processEvents();
        QCOMPARE(shownIds(model), std::vector<quint32>{4});
        QCOMPARE(loaded.size(), 1);
        QCOMPARE(reset.size(), 1);
    }
    void asksOnceMoreForAChangeWhileAnAnswerIsUnderWay()
    {
        test::SyntheticConnection connection(3);
        EntityTableModel model(connection);
        connection.synthetic.held = true;
        model.setQuery({});
        ChangeSet changes;
        changes.entities = {EntityId{4}};
        for (int i = 0; i < 5; ++i)
            Q_EMIT connection.changed(changes);
        QCOMPARE(connection.synthetic.queries.size(), 1);
        connection.synthetic.setRows({1, 2, 3, 4});
        connection.synthetic.held = false;
        connection.synthetic.waiting[0]();
        QTRY_COMPARE(model.rowCount(), 4);
        QCOMPARE(connection.synthetic.queries.size(), 2);
    }
    /// Logins change groups of directories all the time, which is nothing to somebody who looks at the disabled.
    void asksAnewOnlyForWhatItsConditionsDependOn()
    {
        using Kind = connection::EntityCondition::Kind;
        test::SyntheticConnection connection(3);
        EntityTableModel model(connection);
        ChangeSet members, subgroups, entities;
        members.members = {{GroupId{1}, EntityId{2}}};
        members.groups = {GroupId{1}};
        subgroups.subgroups = {{GroupId{1}, GroupId{2}}};
        entities.entities = {EntityId{2}};
        const auto settle = [] {
            for (int i = 0; i < 10; ++i)
                QCoreApplication::processEvents();
        };
        const auto asks = [&](const ChangeSet &changes) {
            const auto before = connection.synthetic.queries.size();
            Q_EMIT connection.changed(changes);
            settle();
            return connection.synthetic.queries.size() > before;
        };
        const auto look = [&](Kind kind) {
            model.setConditions({{kind, GroupId{1}, QStringLiteral("p")}});
            settle();
        };
        for (const Kind kind : {Kind::OwnPolicy, Kind::Mount, Kind::Disabled, Kind::Enabled, Kind::Metadata}) {
            look(kind);
            QVERIFY(!asks(members));
            QVERIFY(!asks(subgroups));
            QVERIFY(asks(entities));
        }
        look(Kind::InGroup);
        QVERIFY(asks(members));
        QVERIFY(!asks(subgroups));
        for (const Kind kind : {Kind::BelowGroup, Kind::HasPolicy}) {
            look(kind);
            QVERIFY(asks(members));
            QVERIFY(asks(subgroups));
        }
    }
    void showsOldValuesUntilTheNewOnesAreHere()
    {
        test::SyntheticConnection connection(300);
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 300);
        paint(model, 0, 50);
        QTRY_COMPARE(name(model, 4), QStringLiteral("person 5"));
        QCoreApplication::processEvents();

        QSignalSpy data(&model, &EntityTableModel::dataChanged);
        connection.synthetic.prefix = QStringLiteral("somebody ");
        ChangeSet changes;
        changes.entities = {EntityId{5}, EntityId{5}};
        Q_EMIT connection.changed(changes);
        QCOMPARE(name(model, 4), QStringLiteral("person 5"));
        QTRY_COMPARE(name(model, 4), QStringLiteral("somebody 5"));
        QCOMPARE(name(model, 5), QStringLiteral("person 6"));
        QCOMPARE(data.size(), 1);
        QCOMPARE(data.front().at(0).toModelIndex().row(), 4);
        QCOMPARE(data.front().at(1).toModelIndex().row(), 4);
    }
    /// Orders at random, small and large differences, with rows held by persistent indexes.
    void followsAnyChangeOfOrder()
    {
        test::SyntheticConnection connection(200);
        EntityTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy reset(&model, &EntityTableModel::modelReset);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 200);
        QCOMPARE(reset.size(), 1);

        QRandomGenerator random(11);
        ChangeSet changes;
        changes.entities = {EntityId{1}};
        for (int round = 0; round < 60; ++round) {
            std::vector<quint32> ids = *connection.synthetic.rows;
            if (round % 4 == 3) {
                std::shuffle(ids.begin(), ids.end(), random);
                ids.resize(150);
            }
            for (int i = 0; i < 3 && ids.size() > 2; ++i) {
                const auto at = [&] { return random.bounded(static_cast<int>(ids.size())); };
                ids.erase(ids.begin() + at());
                const int middle = at();
                std::rotate(ids.begin() + middle / 2, ids.begin() + middle, ids.end());
                ids.insert(ids.begin() + at(), static_cast<quint32>(1000 + 10 * round + i));
            }
            QHash<quint32, QPersistentModelIndex> held;
            for (int row = 0; row < model.rowCount(); row += 3)
                held.insert(static_cast<quint32>(model.entityAt(row).value), model.index(row, 1));
            connection.synthetic.setRows(ids);
            Q_EMIT connection.changed(changes);
            QTRY_COMPARE(shownIds(model), ids);
            for (auto index = held.begin(); index != held.end(); ++index) {
                const int row = model.rowOf(EntityId{index.key()});
                QCOMPARE(index->isValid() ? index->row() : -1, row);
            }
        }
        QCOMPARE(reset.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestRowsModel)
#include "tst_RowsModel.moc"
