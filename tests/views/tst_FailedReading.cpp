// SPDX-License-Identifier: Apache-2.0
#include "items/SyntheticConnection.h"
#include "views/Editor.h"
#include "views/MountsPage.h"
#include "views/PoliciesPage.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace kith;

/// Pages whose model reads all there is, when it can't be read.
class TestFailedReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_connection = std::make_unique<test::SyntheticConnection>(0);
        m_editor = std::make_unique<views::Editor>(*m_connection);
        m_connection->synthetic.failure = Error{ErrorCode::Damaged, 500, "torn", {}};
    }
    void aPageIsReadyOnlyWhenItHasReadAgain()
    {
        QAction create;
        views::PoliciesPage page(*m_connection, *m_editor, &create);
        QWidget &message = shown(page, "policyTableEmpty");
        m_connection->synthetic.failure.reset();
        m_connection->synthetic.policyRows.resize(1);
        m_connection->synthetic.policyRows.front().name = QStringLiteral("reader");
        ChangeSet changes;
        changes.everything = true;
        Q_EMIT m_connection->changed(changes);
        QTRY_VERIFY(!message.isVisible());
        QTRY_VERIFY(page.isReady());
        page.findChild<QLineEdit *>(QStringLiteral("policiesFilter"))->setText(QStringLiteral("w"));
        QVERIFY(!page.isReady());
        QTRY_VERIFY(message.isVisible()); // no policy matches
        QVERIFY(page.isReady());
    }
    void aRightThatChangesLeavesTheMessage()
    {
        views::MountsPage page(*m_connection, *m_editor);
        QWidget &message = shown(page, "mountTableEmpty");
        Q_EMIT m_editor->permissions().changed();
        QVERIFY(message.isVisible());
        m_connection->synthetic.failure.reset();
        QTest::mouseClick(message.findChild<QPushButton *>(), Qt::LeftButton);
        QTRY_COMPARE(message.findChild<QLabel *>()->text(), QStringLiteral("Nobody can log in yet"));
    }

private:
    static QWidget &shown(QWidget &page, const char *message)
    {
        page.resize(900, 600);
        page.setVisible(true);
        auto *widget = page.findChild<QWidget *>(QString::fromLatin1(message));
        if (!widget || !QTest::qWaitFor([widget] { return widget->isVisible(); }))
            qFatal("no %s", message);
        return *widget;
    }

    std::unique_ptr<test::SyntheticConnection> m_connection;
    std::unique_ptr<views::Editor> m_editor;
};

QTEST_MAIN(TestFailedReading)
#include "tst_FailedReading.moc"
