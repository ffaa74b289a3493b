// SPDX-License-Identifier: Apache-2.0
#include "items/EntityTableModel.h"
#include "items/GroupTreeModel.h"
#include "items/SyntheticConnection.h"
#include "views/FilterField.h"
#include "views/GroupTree.h"
#include "views/PeopleTable.h"

#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace kith;
using connection::ObjectRef;

/// Enter in the field of a filter whose answer takes its time, as in the first seconds of a million people.
class TestFilterField : public QObject
{
    Q_OBJECT

    /// A window with the view and its field, which has the focus.
    template <class View>
    struct Shown {
        explicit Shown(View &shownView) : view(shownView), field(new views::FilterField(&view, &window))
        {
            auto *rows = new QVBoxLayout(&window);
            rows->addWidget(field);
            rows->addWidget(&view);
            window.show();
            window.activateWindow();
            field->setFocus();
        }
        ~Shown() { view.setParent(nullptr); }
        QWidget window;
        View &view;
        views::FilterField *field;
    };

    struct People {
        People()
        {
            model.setQuery({});
            connection.synthetic.held = true;
            QObject::connect(shown.field, &QLineEdit::textChanged, &model, &items::EntityTableModel::setFilter);
        }
        test::SyntheticConnection connection{100};
        items::EntityTableModel model{connection};
        views::PeopleTable table{model};
        Shown<views::PeopleTable> shown{table};
        std::vector<std::function<void()>> &answers = connection.synthetic.waiting;
    };

    static std::vector<ObjectRef> person(qint64 id) { return {ObjectRef::of(EntityId{id})}; }

private Q_SLOTS:
    void waitsForTheRowsOfWhatIsTyped()
    {
        People people;
        QTRY_VERIFY(people.model.hasAllRows());
        QTRY_VERIFY(people.shown.field->hasFocus());
        people.connection.synthetic.setRows({7, 8});
        QTest::keyClicks(people.shown.field, QStringLiteral("an"));
        QTest::keyClick(people.shown.field, Qt::Key_Return);
        QVERIFY(people.table.selectedRefs().empty()); // not who stood there before
        QVERIFY(people.shown.field->hasFocus());
        people.answers.back()();
        QTRY_VERIFY(people.table.hasFocus());
        QVERIFY(people.table.selectedRefs() == person(7));
    }
    void goesToTheFirstOfManyRows()
    {
        People people;
        QTRY_VERIFY(people.model.hasAllRows());
        people.connection.synthetic.first = 2;
        people.connection.synthetic.setRows({7, 8, 9});
        QTest::keyClicks(people.shown.field, QStringLiteral("a"));
        QTest::keyClick(people.shown.field, Qt::Key_Down);
        people.answers[0]();
        QTRY_VERIFY(people.table.hasFocus()); // before all are there
        QVERIFY(people.table.selectedRefs() == person(7));
        people.answers[1]();
        QTRY_VERIFY(people.model.hasAllRows());
        QVERIFY(people.table.selectedRefs() == person(7));
    }
    void staysWhenMoreIsTyped()
    {
        People people;
        QTRY_VERIFY(people.model.hasAllRows());
        people.connection.synthetic.setRows({7, 8});
        QTest::keyClicks(people.shown.field, QStringLiteral("a"));
        QTest::keyClick(people.shown.field, Qt::Key_Return);
        QTest::keyClicks(people.shown.field, QStringLiteral("n"));
        people.answers.back()();
        QTRY_VERIFY(people.model.hasAllRows());
        QVERIFY(people.shown.field->hasFocus());
        QVERIFY(people.table.selectedRefs().empty());
        QTest::keyClick(people.shown.field, Qt::Key_Return); // now they are there
        QVERIFY(people.table.hasFocus());
        QVERIFY(people.table.selectedRefs() == person(7));
    }
    void choosesNothingWhenNothingCanBeRead()
    {
        People people;
        QTRY_VERIFY(people.model.hasAllRows());
        people.connection.synthetic.first = 2;
        people.connection.synthetic.failure = Error{ErrorCode::Damaged, 500, "torn", {}};
        const QSignalSpy failed(&people.model, &items::EntityTableModel::failed);
        QTest::keyClicks(people.shown.field, QStringLiteral("a"));
        QTest::keyClick(people.shown.field, Qt::Key_Return);
        people.answers[1]();
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(people.shown.field->hasFocus());
        QVERIFY(people.table.selectedRefs().empty());
    }
    void waitsForTheGroupsOfWhatIsTyped()
    {
        test::SyntheticConnection connection(0);
        auto &synthetic = connection.synthetic;
        synthetic.children = {{GroupId{1}}, {GroupId{2}}};
        items::GroupTreeModel model(connection);
        views::GroupTree tree(model, connection.directory());
        Shown<views::GroupTree> shown(tree);
        QObject::connect(shown.field, &QLineEdit::textChanged, &model, &items::GroupTreeModel::setFilter);
        QTRY_COMPARE(model.rowCount(), 2);
        QTRY_VERIFY(shown.field->hasFocus());
        synthetic.groupFilter.matches =
            std::make_shared<const std::unordered_set<qint64>>(std::initializer_list<qint64>{2});
        synthetic.children = {{GroupId{2}}};
        synthetic.held = true;
        QTest::keyClicks(shown.field, QStringLiteral("b"));
        QTest::keyClick(shown.field, Qt::Key_Return);
        QVERIFY(!tree.currentGroup());
        QVERIFY(shown.field->hasFocus());
        std::size_t answered = 0; // of the filter, the children, and what is painted meanwhile
        const auto enters = [&] {
            while (answered < synthetic.waiting.size())
                synthetic.waiting[answered++]();
            return tree.hasFocus();
        };
        QTRY_VERIFY(enters());
        QCOMPARE(tree.currentGroup(), GroupId{2});
    }
};

QTEST_MAIN(TestFilterField)
#include "tst_FilterField.moc"
