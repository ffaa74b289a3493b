// SPDX-License-Identifier: Apache-2.0
#include "items/PolicyTableModel.h"

#include "SyntheticConnection.h"
#include "support/LiveConnection.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace kith;
using namespace kith::items;
using test::LiveConnection;
using test::SyntheticConnection;

namespace {

QStringList names(const PolicyTableModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result += model.nameAt(row);
    return result;
}

QStringList list(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

void write(LiveConnection &live, const std::string &name, const std::string &text)
{
    live.post("sys/policies/acl/" + name, boost::json::serialize(boost::json::object{{"policy", text}}));
}

std::string rule(const std::string &path)
{
    return "path \"" + path + "\" { capabilities = [\"read\"] }\n";
}

int number(const PolicyTableModel &model, const char *name, PolicyTableModel::Column column)
{
    return model.index(model.rowOfName(QLatin1String(name)), column).data().toInt();
}

} // namespace

class TestPolicyTableModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatIsDefinedAndWhatIsOnlyNamed()
    {
        LiveConnection live;
        write(live, "reader", rule("a") + rule("b"));
        live.entity("Ada", R"("policies":["reader","ghost"])");
        live.group("team", R"("policies":["reader"])");
        PolicyTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.hasRead());
        model.setWatching(true);
        QTRY_COMPARE(names(model), list("default ghost reader response-wrapping"));
        QCOMPARE(number(model, "reader", PolicyTableModel::RulesColumn), 2);
        QCOMPARE(number(model, "reader", PolicyTableModel::GroupsColumn), 1);
        QCOMPARE(number(model, "reader", PolicyTableModel::EntitiesColumn), 1);
        const QModelIndex ghost = model.index(model.rowOfName(QStringLiteral("ghost")), 0);
        QVERIFY(!ghost.data(DefinedRole).toBool());
        QVERIFY(ghost.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("not defined")));
        QCOMPARE(model.undefinedCount(), 1);
        QVERIFY(model.knows(QStringLiteral("reader")) && !model.knows(QStringLiteral("nothing")));
    }
    void filtersByNameAndPath()
    {
        LiveConnection live;
        write(live, "one", rule("secret/payroll"));
        write(live, "two", rule("secret/other"));
        write(live, "payroll-two", rule("x"));
        PolicyTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setFilter(QStringLiteral("PayRoll"));
        model.setWatching(true);
        QTRY_COMPARE(names(model), list("one payroll-two"));
        model.setFilter(QStringLiteral("nowhere"));
        QTRY_COMPARE(names(model), QStringList());
        QCOMPARE(model.total(), 5);
        model.setFilter({});
        QTRY_COMPARE(model.rowCount(), 5);
    }
    void filtersByKindAndSorts()
    {
        LiveConnection live;
        write(live, "busy", rule("a") + rule("b"));
        write(live, "idle", rule("a"));
        live.entity("Ada", R"("policies":["busy","ghost"])");
        live.entity("Bo", R"("policies":["busy"])");
        PolicyTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setWatching(true);
        model.setKinds(PolicyKinds::Undefined);
        QTRY_COMPARE(names(model), list("ghost"));
        model.setKinds(PolicyKinds::Unused);
        QTRY_COMPARE(names(model), list("idle"));
        QCOMPARE(model.unusedCount(), model.rowCount());
        model.setKinds(PolicyKinds::All);
        model.sort(PolicyTableModel::EntitiesColumn, Qt::DescendingOrder);
        QTRY_COMPARE(names(model).mid(0, 2), list("busy ghost"));
        model.sort(PolicyTableModel::NameColumn, Qt::DescendingOrder);
        QTRY_COMPARE(names(model).front(), QStringLiteral("response-wrapping"));
    }
    void followsChangesWhileItIsWatched()
    {
        LiveConnection live;
        write(live, "b", rule("x"));
        PolicyTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy resets(&model, &PolicyTableModel::modelReset);
        model.setWatching(true);
        QTRY_COMPARE(names(model), list("b default response-wrapping"));
        const QPersistentModelIndex held = model.index(0, 0);
        write(live, "a", rule("x"));
        QTRY_COMPARE(names(model), list("a b default response-wrapping"));
        QCOMPARE(held.row(), 1);
        const EntityId ada = live.entity("Ada", R"("policies":["b"])");
        QTRY_COMPARE(number(model, "b", PolicyTableModel::EntitiesColumn), 1);
        live.remove("sys/policies/acl/b");
        QTRY_VERIFY(!model.index(1, 0).data(DefinedRole).toBool());
        live.remove(ada);
        QTRY_COMPARE(names(model), list("a default response-wrapping"));
        QCOMPARE(resets.size(), 1);

        model.setWatching(false);
        write(live, "c", rule("x"));
        QCoreApplication::processEvents();
        QCOMPARE(model.rowCount(), 3);
        model.setWatching(true);
        QTRY_COMPARE(names(model), list("a c default response-wrapping"));
    }
    void showsAnswersThatTakeLongWhileChangesGoOn()
    {
        SyntheticConnection connection(0);
        connection::PolicyRow row;
        row.name = QStringLiteral("a");
        connection.synthetic.policyRows = {row};
        connection.synthetic.held = true;
        PolicyTableModel model(connection);
        model.setWatching(true);
        ChangeSet changes;
        changes.entities.push_back(EntityId{1});
        const auto answer = [&connection](std::size_t at) { std::exchange(connection.synthetic.waiting[at], {})(); };
        QCOMPARE(connection.synthetic.policyQuestions, 1);
        // Longer than changes are collected: still one question.
        QTimer pause;
        pause.setSingleShot(true);
        Q_EMIT connection.changed(changes);
        pause.start(400);
        QTRY_VERIFY(!pause.isActive());
        Q_EMIT connection.changed(changes);
        QCOMPARE(connection.synthetic.policyQuestions, 1);
        row.name = QStringLiteral("b");
        connection.synthetic.policyRows.push_back(row);
        answer(0);
        QTRY_COMPARE(names(model), list("a")); // though it is older than the changes
        QTRY_COMPARE(connection.synthetic.policyQuestions, 2);
        answer(1);
        QTRY_COMPARE(names(model), list("a b"));
    }
};

QTEST_GUILESS_MAIN(TestPolicyTableModel)
#include "tst_PolicyTableModel.moc"
