// SPDX-License-Identifier: Apache-2.0
#include "items/GroupTreeModel.h"

#include "SyntheticConnection.h"
#include "support/LiveConnection.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::items;
using connection::Change;
using connection::ObjectRef;
using connection::Refusal;
using test::LiveConnection;
using test::SyntheticConnection;
using test::SyntheticDirectory;

namespace {

/// The loaded tree as indented text; "+" has children that aren't loaded, "@" is a cycle.
QString drawn(const GroupTreeModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QString(depth, QLatin1Char(' ')) + index.data().toString();
        if (model.hasChildren(index) && model.rowCount(index) == 0)
            text += QLatin1Char('+');
        if (index.data(CycleRole).toBool())
            text += QLatin1Char('@');
        text += QLatin1Char('\n') + drawn(model, index, depth + 1);
    }
    return text;
}

/// Unfolds everything that is there, level by level, as a view does.
void unfold(GroupTreeModel &model, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (model.canFetchMore(index)) {
            model.fetchMore(index);
            const QPersistentModelIndex held = index;
            QTRY_VERIFY(model.rowCount(held) > 0);
        }
        unfold(model, model.index(row, 0, parent));
    }
}

/// a ─┬─ c ── d      b ── c ── d
///    └─ e
struct Dag {
    explicit Dag(LiveConnection &live)
        : d(live.group("d")), c(live.group("c")), e(live.group("e")), a(live.group("a")), b(live.group("b"))
    {
        live.addSubgroups(c, {d});
        live.addSubgroups(a, {c, e});
        live.addSubgroups(b, {c});
        QCoreApplication::processEvents();
    }
    GroupId d, c, e, a, b;
};

connection::GroupChild child(int id)
{
    connection::GroupChild result;
    result.id = GroupId{id};
    return result;
}

/// Somebody changes the group 1.
void changeOne(SyntheticConnection &connection)
{
    ChangeSet changes;
    changes.groups.push_back(GroupId{1});
    Q_EMIT connection.changed(changes);
}

const Error Gone{ErrorCode::Unreachable, 0, "gone", {}};

/// Finds the groups 1 and 2.
connection::GroupFilter oneAndTwo()
{
    connection::GroupFilter result;
    result.matches = std::make_shared<const std::unordered_set<qint64>>(std::unordered_set<qint64>{1, 2});
    return result;
}

std::unique_ptr<QAbstractItemModelTester> watched(GroupTreeModel &model)
{
    auto tester = std::make_unique<QAbstractItemModelTester>(&model);
    tester->setUseFetchMore(false);
    return tester;
}

} // namespace

class TestGroupTreeModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void loadsChildrenWhenAsked()
    {
        LiveConnection live;
        const Dag dag(live);
        GroupTreeModel model(live.connection());
        const auto tester = watched(model);
        QTRY_COMPARE(drawn(model), QStringLiteral("a+\nb+\n"));
        const QModelIndex a = model.index(0, 0);
        QVERIFY(model.canFetchMore(a));
        QCOMPARE(model.rowCount(a), 0);
        model.fetchMore(a);
        QVERIFY(!model.canFetchMore(a)); // under way
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c+\n e\nb+\n"));
        QCOMPARE(model.index(0, 0).data(SubgroupsRole).toInt(), 2);
        QVERIFY(!model.hasChildren(model.index(1, 0, a)));
    }
    void showsAGroupUnderEachParent()
    {
        LiveConnection live;
        const Dag dag(live);
        GroupTreeModel model(live.connection());
        const auto tester = watched(model);
        QTRY_COMPARE(model.rowCount(), 2);
        unfold(model);
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n  d\n e\nb\n c\n  d\n"));
        QCOMPARE(model.indexesFor(dag.d).size(), 2);
        QCOMPARE(model.indexesFor(dag.c).front().data(ParentsRole).toInt(), 2);
        const QModelIndex underB = model.indexForPath({dag.b, dag.c, dag.d});
        QVERIFY(underB.isValid());
        QCOMPARE(model.pathOf(underB), (std::vector<GroupId>{dag.b, dag.c, dag.d}));
        QVERIFY(!model.indexForPath({dag.b, dag.e}).isValid());
    }
    void followsEdgesInAllPlaces()
    {
        LiveConnection live;
        const Dag dag(live);
        GroupTreeModel model(live.connection());
        const auto tester = watched(model);
        QTRY_COMPARE(model.rowCount(), 2);
        unfold(model);
        const QSignalSpy reset(&model, &GroupTreeModel::modelReset);
        const QSignalSpy inserted(&model, &GroupTreeModel::rowsInserted);
        const QSignalSpy removed(&model, &GroupTreeModel::rowsRemoved);

        live.addSubgroups(dag.c, {dag.e}); // in both places of c
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n  d\n  e\n e\nb\n c\n  d\n  e\n"));
        QCOMPARE(inserted.size(), 2);

        live.removeSubgroups(dag.a, {dag.c});
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n e\nb\n c\n  d\n  e\n"));
        QCOMPARE(removed.size(), 1);

        live.removeSubgroups(dag.b, {dag.c}); // becomes a root
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n e\nb\nc+\n"));
        live.addSubgroups(dag.e, {dag.b}); // a leaf gets its first child, a root goes
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n e\n  b\nc+\n"));
        QCOMPARE(reset.size(), 0);
    }
    void followsGroups()
    {
        LiveConnection live;
        const Dag dag(live);
        GroupTreeModel model(live.connection());
        const auto tester = watched(model);
        QTRY_COMPARE(model.rowCount(), 2);
        unfold(model);
        const QSignalSpy reset(&model, &GroupTreeModel::modelReset);
        const QSignalSpy moved(&model, &GroupTreeModel::rowsMoved);
        const QPersistentModelIndex held = model.indexForPath({dag.a, dag.c, dag.d});

        live.group("aa");
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n  d\n e\naa\nb\n c\n  d\n"));
        live.rename(dag.c, "f");
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n e\n f\n  d\naa\nb\n f\n  d\n"));
        QCOMPARE(moved.size(), 1);
        live.rename(dag.a, "z");
        QTRY_COMPARE(drawn(model), QStringLiteral("aa\nb\n f\n  d\nz\n e\n f\n  d\n"));
        QVERIFY(held == model.indexForPath({dag.a, dag.c, dag.d}));
        live.remove(dag.c);
        QTRY_COMPARE(drawn(model), QStringLiteral("aa\nb\nd\nz\n e\n"));
        QVERIFY(!held.isValid());

        const EntityId ada = live.entity("ada");
        live.addMembers(dag.e, {ada});
        QTRY_COMPARE(model.indexesFor(dag.e).front().data(DirectMembersRole).toInt(), 1);
        QCOMPARE(reset.size(), 0);
    }
    void filtersWithPaths()
    {
        LiveConnection live;
        const Dag dag(live);
        const GroupId sre = live.group("sre");
        live.addSubgroups(dag.d, {sre});
        GroupTreeModel model(live.connection());
        const auto tester = watched(model);
        const QSignalSpy loaded(&model, &GroupTreeModel::loaded);
        model.setFilter(QStringLiteral("s"));
        model.setFilter(QStringLiteral("sr"));
        model.setFilter(QStringLiteral("SRE"));
        QTRY_COMPARE(loaded.size(), 1);
        QCOMPARE(model.matchCount(), 1);
        unfold(model);
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n  d\n   sre\nb\n c\n  d\n   sre\n"));
        QVERIFY(model.index(0, 0).data(AboveMatchRole).toBool());
        QVERIFY(!model.index(0, 0).data(MatchRole).toBool());
        QVERIFY(model.indexesFor(sre).front().data(MatchRole).toBool());
        QVERIFY(!model.hasChildren(model.indexesFor(sre).front()));

        const GroupId more = live.group("sre two"); // matches as a root
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n  d\n   sre\nb\n c\n  d\n   sre\nsre two\n"));
        live.addSubgroups(dag.e, {more});
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n  d\n   sre\n e+\nb\n c\n  d\n   sre\n"));
        live.rename(sre, "ops");
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n e+\n"));
        model.setFilter({});
        QTRY_COMPARE(drawn(model), QStringLiteral("a+\nb+\n"));
    }
    void loadsAPath()
    {
        LiveConnection live;
        const Dag dag(live);
        GroupTreeModel model(live.connection());
        const auto tester = watched(model);
        QSignalSpy ready(&model, &GroupTreeModel::pathReady);
        model.loadPath({dag.b, dag.c, dag.d}); // before the roots are here
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(model.indexForPath({dag.b, dag.c, dag.d}).isValid());
        model.loadPath({dag.b, dag.e, dag.d}); // no such way
        QTRY_COMPARE(ready.size(), 2);
        QVERIFY(!model.indexForPath({dag.b, dag.e, dag.d}).isValid());
    }
    /// As somebody does who makes a group and opens it.
    void loadsThePathToWhatWasJustMade()
    {
        LiveConnection live;
        const Dag dag(live);
        GroupTreeModel model(live.connection());
        const auto tester = watched(model);
        QTRY_COMPARE(model.rowCount(), 2);
        std::vector<bool> there; // when it is said that the path is ready
        QObject::connect(&model, &GroupTreeModel::pathReady, &model, [&](const std::vector<GroupId> &path) {
            there.push_back(model.indexForPath(path).isValid());
        });
        const GroupId root = live.group("z");
        model.loadPath({root}); // which the model hasn't heard of yet
        QTRY_COMPARE(there, std::vector{true});
        const GroupId below = live.group("y");
        live.addSubgroups(dag.b, {below});
        model.loadPath({dag.b, below});
        QTRY_COMPARE(there, (std::vector{true, true}));
    }
    void loadsAPathThatAnOlderReadingDoesNotKnow()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.children = {child(1)};
        GroupTreeModel model(connection);
        QTRY_COMPARE(model.rowCount(), 1);
        QSignalSpy ready(&model, &GroupTreeModel::pathReady);
        directory.held = true;
        changeOne(connection); // reads what is there
        directory.children.push_back(child(2));
        model.loadPath({GroupId{2}}); // made since; nobody has told of it
        QCoreApplication::processEvents();
        QCOMPARE(ready.size(), 0);
        std::exchange(directory.waiting.front(), {})();
        QTRY_COMPARE(directory.childQuestions, 3);
        QCOMPARE(ready.size(), 0);
        std::exchange(directory.waiting.back(), {})();
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(model.indexForPath({GroupId{2}}).isValid());
        directory.held = false;
        model.loadPath({GroupId{3}}); // isn't there at all
        QTRY_COMPARE(ready.size(), 2);
        QVERIFY(!model.indexForPath({GroupId{3}}).isValid());
        QCOMPARE(directory.childQuestions, 4); // once more, not for ever
    }
    void readsOnWhenAFilterFails()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.children = {child(1)};
        GroupTreeModel model(connection);
        QTRY_COMPARE(model.rowCount(), 1);
        QSignalSpy ready(&model, &GroupTreeModel::pathReady);
        const QSignalSpy failed(&model, &GroupTreeModel::failed);
        directory.held = true;
        changeOne(connection); // reads what is there, which takes its time
        directory.held = false;
        directory.children.push_back(child(2));
        model.setFilter(QStringLiteral("what can't be looked for"));
        QTRY_COMPARE(failed.size(), 1);
        QTRY_COMPARE(model.rowCount(), 2);
        model.loadPath({GroupId{3}}); // isn't there at all
        QTRY_COMPARE(ready.size(), 1);
    }
    void followsWhatChangedWhileAFilterFails()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.children = {child(1)};
        GroupTreeModel model(connection);
        QTRY_COMPARE(model.rowCount(), 1);
        const QSignalSpy failed(&model, &GroupTreeModel::failed);
        directory.held = true;
        directory.groupFilter = oneAndTwo();
        directory.childrenFailure = Gone;
        model.setFilter(QStringLiteral("a"));
        std::exchange(directory.waiting.back(), {})();
        QTRY_COMPARE(directory.childQuestions, 2); // for the roots
        directory.children.push_back(child(2));
        changeOne(connection);
        directory.childrenFailure.reset();
        directory.held = false;
        std::exchange(directory.waiting.back(), {})();
        QTRY_COMPARE(failed.size(), 1);
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(directory.childFilters.back(), QString());
    }
    void followsWhatChangedBeforeAFilterFails()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.children = {child(1)};
        directory.groupFilter = oneAndTwo();
        GroupTreeModel model(connection);
        const QSignalSpy loaded(&model, &GroupTreeModel::loaded);
        const QSignalSpy failed(&model, &GroupTreeModel::failed);
        model.setFilter(QStringLiteral("a"));
        QTRY_COMPARE(loaded.size(), 1);
        directory.held = true;
        directory.children.push_back(child(2));
        changeOne(connection); // finds anew who matches, which takes its time
        QCOMPARE(directory.waiting.size(), std::size_t(1));
        directory.held = false;
        directory.childrenFailure = Gone;
        model.setFilter({});
        directory.childrenFailure.reset();
        QTRY_COMPARE(failed.size(), 1);
        QTRY_COMPARE(model.rowCount(), 2);
    }
    void keepsTheFilterOfItsRowsWhenAnotherFails()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.children = {child(1)};
        directory.groupFilter = oneAndTwo();
        GroupTreeModel model(connection);
        const QSignalSpy loaded(&model, &GroupTreeModel::loaded);
        const QSignalSpy failed(&model, &GroupTreeModel::failed);
        model.setFilter(QStringLiteral("a"));
        QTRY_COMPARE(loaded.size(), 1);
        directory.childrenFailure = Gone;
        for (const QString &text : {QStringLiteral("b"), QString()}) {
            const int failures = failed.size();
            model.setFilter(text);
            QTRY_COMPARE(failed.size(), failures + 1);
            QCOMPARE(model.matchCount(), 2);
        }
        directory.childrenFailure.reset();
        directory.childFilters.clear();
        directory.children.push_back(child(2));
        changeOne(connection);
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(directory.childFilters, QStringList{QStringLiteral("a")});
    }
    void tellsThatAGroupIsNotThereWhileChangesGoOn()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.children = {child(1)};
        GroupTreeModel model(connection);
        QTRY_COMPARE(model.rowCount(), 1);
        QSignalSpy ready(&model, &GroupTreeModel::pathReady);
        directory.held = true;
        changeOne(connection);
        model.loadPath({GroupId{2}}); // isn't there at all
        changeOne(connection);
        std::exchange(directory.waiting.front(), {})();
        QTRY_COMPARE(directory.childQuestions, 3);
        QCOMPARE(ready.size(), 0); // what was read may be older than who asks
        changeOne(connection);
        std::exchange(directory.waiting.back(), {})();
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(!model.indexForPath({GroupId{2}}).isValid());
    }
    void tellsWhoWaitsForWhatCannotBeRead()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.children = {child(1), child(2), child(3)};
        GroupTreeModel model(connection);
        QTRY_COMPARE(model.rowCount(), 3);
        QSignalSpy ready(&model, &GroupTreeModel::pathReady);
        QSignalSpy lost(&model, &GroupTreeModel::pathFailed);
        const QSignalSpy failed(&model, &GroupTreeModel::failed);
        const std::vector<GroupId> first{GroupId{1}, GroupId{3}};
        const std::vector<GroupId> second{GroupId{2}, GroupId{3}};
        directory.held = true;
        directory.childrenFailure = Gone;
        model.loadPath(first);
        QTRY_COMPARE(directory.childQuestions, 2);
        directory.childrenFailure.reset();
        model.loadPath(second);
        QTRY_COMPARE(directory.childQuestions, 3);
        std::exchange(directory.waiting.front(), {})();
        QTRY_COMPARE(failed.size(), 1);
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(lost.front().front().value<std::vector<GroupId>>(), first);
        QCOMPARE(ready.size(), 0);
        std::exchange(directory.waiting.back(), {})();
        QTRY_COMPARE(ready.size(), 1); // of another parent
        QVERIFY(model.indexForPath(second).isValid());
        directory.held = false;
        model.loadPath(first); // what failed is read again for who asks again
        QTRY_COMPARE(ready.size(), 2);
        QVERIFY(model.indexForPath(first).isValid());
    }
    void waitsForAReadingThatIsRepeated()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.children = {child(1)};
        GroupTreeModel model(connection);
        QTRY_COMPARE(model.rowCount(), 1);
        const QSignalSpy ready(&model, &GroupTreeModel::pathReady);
        const QSignalSpy lost(&model, &GroupTreeModel::pathFailed);
        const QSignalSpy failed(&model, &GroupTreeModel::failed);
        directory.held = true;
        directory.childrenFailure = Gone;
        changeOne(connection);
        changeOne(connection); // what is being read is older
        directory.childrenFailure.reset();
        directory.children.push_back(child(2));
        model.loadPath({GroupId{2}});
        QCoreApplication::processEvents();
        std::exchange(directory.waiting.front(), {})();
        QTRY_COMPARE(failed.size(), 1);
        QTRY_COMPARE(directory.childQuestions, 3);
        QCOMPARE(lost.size(), 0);
        std::exchange(directory.waiting.back(), {})();
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(model.indexForPath({GroupId{2}}).isValid());
    }
    void readsTheRootsAgainThatFailed()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.childrenFailure = Gone;
        GroupTreeModel model(connection);
        QSignalSpy ready(&model, &GroupTreeModel::pathReady);
        const QSignalSpy lost(&model, &GroupTreeModel::pathFailed);
        const QSignalSpy loaded(&model, &GroupTreeModel::loaded);
        const QSignalSpy failed(&model, &GroupTreeModel::failed);
        model.loadPath({GroupId{1}});
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(ready.size(), 0);
        QCOMPARE(failed.size(), 1);
        directory.childrenFailure.reset();
        changeOne(connection);
        QTRY_COMPARE(loaded.size(), 1); // of none
        directory.children = {child(1)};
        model.loadPath({GroupId{1}});
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(model.indexForPath({GroupId{1}}).isValid());
    }
    void refusesHopelessDrops()
    {
        LiveConnection live;
        const Dag dag(live);
        const GroupId external = live.group("x", R"("type":"external")");
        const EntityId ada = live.entity("ada");
        QCoreApplication::processEvents();
        GroupTreeModel model(live.connection());
        QTRY_COMPARE(model.rowCount(), 3);
        unfold(model);
        CarriedObjects people;
        people.core = live.connection().location();
        people.people = {ada};
        const QModelIndex e = model.indexesFor(dag.e).front();
        QCOMPARE(model.refusal(people, Qt::CopyAction, e), Refusal::None);
        QCOMPARE(model.refusal(people, Qt::CopyAction, model.indexesFor(external).front()), Refusal::ExternalTarget);
        people.source = {external, QStringLiteral("x"), true};
        QCOMPARE(model.refusal(people, Qt::MoveAction, e), Refusal::ExternalSource);
        QCOMPARE(model.refusal(people, Qt::CopyAction, e), Refusal::None);
        people.source = {dag.e, QStringLiteral("e"), false};
        QCOMPARE(model.refusal(people, Qt::MoveAction, e), Refusal::AlreadyThere);
        QCOMPARE(model.refusal(people, Qt::MoveAction, {}), Refusal::None);
        people.core = QStringLiteral("another");
        QCOMPARE(model.refusal(people, Qt::CopyAction, e), Refusal::Gone);

        const std::unique_ptr<QMimeData> data(model.mimeData({model.indexForPath({dag.b, dag.c})}));
        const auto drag = unpack(*data);
        QVERIFY(drag);
        QCOMPARE(drag->source.id, dag.b);
        QCOMPARE(model.refusal(*drag, Qt::CopyAction, model.indexForPath({dag.b, dag.c})), Refusal::Itself);
        QCOMPARE(model.refusal(*drag, Qt::CopyAction, model.indexForPath({dag.b, dag.c, dag.d})), Refusal::Ancestor);
        QCOMPARE(model.refusal(*drag, Qt::CopyAction, e), Refusal::None);
        QVERIFY(!model.canDropMimeData(data.get(), Qt::CopyAction, -1, -1, model.indexForPath({dag.a, dag.c})));
        QVERIFY(model.canDropMimeData(data.get(), Qt::CopyAction, -1, -1, e));

        // Below c by another way, not on the path that is hovered over: known when the directory has answered.
        live.addSubgroups(dag.e, {dag.b});
        QTRY_COMPARE(model.indexesFor(dag.e).front().data(SubgroupsRole).toInt(), 1);
        const std::unique_ptr<QMimeData> again(model.mimeData({model.indexesFor(dag.e).front()}));
        QTRY_COMPARE(model.refusal(*unpack(*again), Qt::CopyAction, model.indexForPath({dag.a, dag.c})),
                     Refusal::Ancestor);
    }
    void asksForWhatIsDropped()
    {
        LiveConnection live;
        const Dag dag(live);
        GroupTreeModel model(live.connection());
        QTRY_COMPARE(model.rowCount(), 2);
        unfold(model);
        const std::unique_ptr<QMimeData> data(model.mimeData({model.indexForPath({dag.b, dag.c})}));
        QSignalSpy dropped(&model, &GroupTreeModel::dropRequested);
        QVERIFY(!model.dropMimeData(data.get(), Qt::MoveAction, -1, -1, model.indexesFor(dag.e).front()));
        QCOMPARE(dropped.size(), 1);
        const auto change = dropped.front().at(1).value<Change>();
        QCOMPARE(change.addGroups, std::vector<GroupId>{dag.c});
        QCOMPARE(change.target, dag.e);
        QCOMPARE(change.from, dag.b);
        QVERIFY(!model.dropMimeData(data.get(), Qt::CopyAction, -1, -1, model.indexesFor(dag.e).front()));
        QVERIFY(!dropped.back().at(1).value<Change>().from);
        QVERIFY(!model.dropMimeData(data.get(), Qt::CopyAction, -1, -1, model.indexForPath({dag.a, dag.c, dag.d})));
        QCOMPARE(dropped.size(), 2);
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n  d\n e\nb\n c\n  d\n")); // nothing moved by itself
    }
    void readsAllAnewAfterAnotherProgram()
    {
        LiveConnection live;
        const Dag dag(live);
        GroupTreeModel model(live.connection());
        const auto tester = watched(model);
        QTRY_COMPARE(model.rowCount(), 2);
        unfold(model);
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n  d\n e\nb\n c\n  d\n"));
        const auto written = live.connection().core().store().write([&](store::WriteSession &session) -> Result<void> {
            session.run("UPDATE identity_group SET name = 'x', name_key = 'x' WHERE id = ?", dag.b);
            session.run("DELETE FROM member_group WHERE parent = ? AND child = ?", dag.c, dag.d);
            session.run("INSERT INTO member_group (parent, child) VALUES (?, ?)", dag.e, dag.d);
            session.changes.everything = true;
            return {};
        });
        QVERIFY2(written, test::why(written));
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n e\n  d\nx\n c\n"));
    }
    void stopsAtACycle()
    {
        LiveConnection live;
        const Dag dag(live);
        // No request makes a cycle; data of another server, or damage, may have one.
        const auto written = live.connection().core().store().write([&](store::WriteSession &session) -> Result<void> {
            session.run("INSERT INTO member_group (parent, child) VALUES (?, ?)", dag.d, dag.c);
            session.changes.subgroups.emplace_back(dag.d, dag.c);
            return {};
        });
        QVERIFY2(written, test::why(written));
        GroupTreeModel model(live.connection());
        const auto tester = watched(model);
        QTRY_COMPARE(model.rowCount(), 2);
        unfold(model);
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n c\n  d\n   c@\n e\nb\n c\n  d\n   c@\n"));
        live.rename(dag.e, "bb");
        QTRY_COMPARE(drawn(model), QStringLiteral("a\n bb\n c\n  d\n   c@\nb\n c\n  d\n   c@\n"));
    }
    void showsManyScatteredChangesAtOnce()
    {
        SyntheticConnection connection(0);
        auto &children = connection.synthetic.children;
        for (int i = 1; i <= 100; ++i)
            children.push_back(child(2 * i));
        GroupTreeModel model(connection);
        const auto tester = watched(model);
        QTRY_COMPARE(model.rowCount(), 100);
        const QPersistentModelIndex held = model.indexForPath({GroupId{100}});
        const QPersistentModelIndex goes = model.indexForPath({GroupId{4}});
        const QSignalSpy reset(&model, &GroupTreeModel::modelReset);
        const QSignalSpy inserted(&model, &GroupTreeModel::rowsInserted);
        const QSignalSpy removed(&model, &GroupTreeModel::rowsRemoved);
        children.clear();
        for (int i = 1; i <= 200; ++i) // every second one is new, some of the others go
            if (i % 4 != 0 || i == 100)
                children.push_back(child(i));
        changeOne(connection);
        QTRY_COMPARE(model.rowCount(), static_cast<int>(children.size()));
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(reset.size(), 0);
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.pathOf(model.index(row, 0)).back(), children[static_cast<std::size_t>(row)].id);
        QVERIFY(!goes.isValid());
        QVERIFY(held == model.indexForPath({GroupId{100}}));
    }
    void pausesWhileChangesGoOn()
    {
        SyntheticConnection connection(0);
        SyntheticDirectory &directory = connection.synthetic;
        directory.children = {child(1)};
        GroupTreeModel model(connection);
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(directory.childQuestions, 1);
        directory.held = true;
        changeOne(connection);
        QCOMPARE(directory.childQuestions, 2); // nobody waits for the first
        for (int i = 0; i < 50; ++i)
            changeOne(connection);
        QCOMPARE(directory.childQuestions, 2);
        directory.children.push_back(child(2));
        QElapsedTimer time;
        time.start();
        std::exchange(directory.waiting.front(), {})();
        QTRY_COMPARE(directory.childQuestions, 3);
        QVERIFY(time.elapsed() >= 150);
        std::exchange(directory.waiting.back(), {})();
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(directory.childQuestions, 3);
    }
    void tellsOnceThatAllValuesChanged()
    {
        SyntheticConnection connection(0);
        connection.synthetic.children = {child(1), child(2)};
        GroupTreeModel model(connection);
        QTRY_COMPARE(model.rowCount(), 2);
        const QSignalSpy changed(&model, &GroupTreeModel::dataChanged);
        ChangeSet changes;
        changes.mounts = true;
        for (int i = 0; i < 5; ++i)
            Q_EMIT connection.changed(changes);
        QTRY_COMPARE(changed.size(), 1);
    }
    void holdsTenThousandChildren()
    {
        LiveConnection live;
        const GroupId top = live.group("top");
        const auto written = live.connection().core().store().write([&](store::WriteSession &session) -> Result<void> {
            for (int i = 0; i < 10'000; ++i) {
                const std::string name = "child " + std::to_string(100'000 + i);
                session.run("INSERT INTO identity_group (uuid, namespace, name, name_key, created, updated) "
                            "VALUES (?1, 1, ?2, ?2, 1, 1)",
                            "uuid-" + name, name);
                const GroupId child{session.lastRowId()};
                session.run("INSERT INTO member_group (parent, child) VALUES (?, ?)", top, child);
                session.changes.groups.push_back(child);
                session.changes.subgroups.emplace_back(top, child);
            }
            return {};
        });
        QVERIFY2(written, test::why(written));
        GroupTreeModel model(live.connection());
        QTRY_COMPARE(model.rowCount(), 1);
        const QPersistentModelIndex index = model.index(0, 0);
        model.fetchMore(index);
        QTRY_COMPARE(model.rowCount(index), 10'000);
        QTRY_COMPARE(model.index(9'999, 0, index).data().toString(), QStringLiteral("child 109999"));
        const QSignalSpy inserted(&model, &GroupTreeModel::rowsInserted);
        const GroupId late = live.group("child 100000b");
        live.addSubgroups(top, {late});
        QTRY_COMPARE(model.rowCount(index), 10'001);
        QTRY_COMPARE(model.index(1, 0, index).data().toString(), QStringLiteral("child 100000b"));
    }
};

QTEST_GUILESS_MAIN(TestGroupTreeModel)
#include "tst_GroupTreeModel.moc"
