// SPDX-License-Identifier: Apache-2.0
#include "items/GroupTreeModel.h"
#include "items/SyntheticConnection.h"
#include "views/FilterField.h"
#include "views/GroupTree.h"
#include "views/HierarchyPane.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace kith;

/// The hierarchy when groups can't be read.
class TestHierarchyPane : public QObject
{
    Q_OBJECT

    struct Shown {
        explicit Shown(std::optional<Error> failure = {})
        {
            connection.synthetic.children = {{GroupId{1}, false, true}, {GroupId{2}, false, false}};
            connection.synthetic.childrenFailure = std::move(failure);
            pane =
                std::make_unique<views::HierarchyPane>(connection, QStringLiteral("Groups"), QStringLiteral("group"));
            pane->resize(400, 600);
            pane->setVisible(true);
        }
        int rows() const { return pane->tree().model()->rowCount(); }
        QWidget &message() const { return *pane->findChild<QWidget *>(QStringLiteral("groupTreeEmpty")); }

        test::SyntheticConnection connection{0};
        std::unique_ptr<views::HierarchyPane> pane;
    };

private Q_SLOTS:
    /// A message over them would hide what is chosen, and what Delete takes.
    void keepsTheGroupsWhenThoseBelowCantBeRead()
    {
        Shown shown;
        QTRY_COMPARE(shown.rows(), 2);
        const QSignalSpy said(shown.pane.get(), &views::HierarchyPane::said);
        shown.connection.synthetic.childrenFailure = Error{ErrorCode::Damaged, 500, "torn", {}};
        shown.pane->tree().expand(shown.pane->tree().model()->index(0, 0));
        const auto tells = [](const QList<QVariant> &text) {
            return text.front().toString().contains(QStringLiteral("is damaged"));
        };
        QTRY_VERIFY(std::any_of(said.begin(), said.end(), tells));
        QCOMPARE(shown.rows(), 2);
        QVERIFY(!shown.message().isVisible());
    }
    void offersToTryAgainWithoutAny()
    {
        Shown shown(Error{ErrorCode::Damaged, 500, "torn", {}});
        QTRY_VERIFY(shown.message().isVisible());
        shown.connection.synthetic.childrenFailure.reset();
        QTest::mouseClick(shown.message().findChild<QPushButton *>(), Qt::LeftButton);
        QTRY_COMPARE(shown.rows(), 2);
        QVERIFY(!shown.message().isVisible());
    }
    void choosesTheGroupOnceItCanBeRead()
    {
        Shown shown(Error{ErrorCode::Damaged, 500, "torn", {}});
        QTRY_VERIFY(shown.message().isVisible());
        auto *groups = qobject_cast<items::GroupTreeModel *>(shown.pane->tree().model());
        const QSignalSpy lost(groups, &items::GroupTreeModel::pathFailed);
        shown.pane->choose(GroupId{2});
        QTRY_COMPARE(lost.size(), 1);
        shown.connection.synthetic.childrenFailure.reset();
        QTest::mouseClick(shown.message().findChild<QPushButton *>(), Qt::LeftButton);
        QTRY_COMPARE(shown.rows(), 2);
        QTRY_COMPARE(shown.pane->current().id, GroupId{2});
    }
    /// Who typed the filter wants it still: what can't be read isn't hidden by it.
    void keepsTheFilterWhenTheWayCantBeRead()
    {
        Shown shown;
        QTRY_COMPARE(shown.rows(), 2);
        test::SyntheticDirectory &directory = shown.connection.synthetic;
        const auto both = std::make_shared<const std::unordered_set<qint64>>(std::unordered_set<qint64>{1, 2});
        directory.groupFilter = {QStringLiteral("a"), both, both};
        directory.children = {{GroupId{1}, false, false}};
        shown.pane->filter().setText(QStringLiteral("a"));
        QTRY_COMPARE(shown.rows(), 1);
        const QSignalSpy said(shown.pane.get(), &views::HierarchyPane::said);
        directory.childrenFailure = Error{ErrorCode::Damaged, 500, "torn", {}};
        shown.pane->choose(GroupId{2});
        QVERIFY(!shown.pane->isReady());
        QTRY_VERIFY(shown.pane->isReady()); // nobody waits for it for ever
        QVERIFY(!said.isEmpty());
        QCOMPARE(shown.pane->filter().text(), QStringLiteral("a"));
        directory.childrenFailure.reset();
        directory.children = {{GroupId{1}, false, false}, {GroupId{2}, false, false}};
        shown.pane->choose(GroupId{2});
        QTRY_COMPARE(shown.pane->current().id, GroupId{2});
        QCOMPARE(shown.pane->filter().text(), QStringLiteral("a"));
    }
};

QTEST_MAIN(TestHierarchyPane)
#include "tst_HierarchyPane.moc"
