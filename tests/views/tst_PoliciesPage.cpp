// SPDX-License-Identifier: Apache-2.0
#include "CoreWindow.h"
#include "views/CardView.h"

#include <QDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>

using namespace kith;
using test::text;
using views::MainWindow;
using views::Page;

/// Policies in the window, as somebody works with them.
class tst_PoliciesPage : public QObject, protected test::CoreWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { closeAll(); }
    void showsAllPolicies();
    void saysWhatIsThereWhileNoneIsChosen();
    void saysWhatTheRulesMean();
    void marksErrorsAsOneTypes();
    void savesAndTakesBack();
    void makesAndDeletes();
    void keepsWhatWasTyped();
    void noticesSomebodyElse();
    void knowsWhatADraftWasBegunFrom();
    void noticesThatItWasDeleted();
    void keepsANewOne();
    void forgetsADraftThatWasSaved();
    void saysARefusalAlsoElsewhere();
    void asksBeforeWhatWasTypedGoes();
    void isReachedByKeyboardAndRemembered();

private:
    void choose(const char *name)
    {
        m_window->navigator().openPolicy(text(name));
        settle();
    }
    QString stored(const char *name)
    {
        const auto read = m_core->ask(core::Operation::Read, std::string("sys/policies/acl/") + name);
        return read.ok() ? QString::fromStdString(std::string(read.data->at("policy").as_string())) : text("none");
    }
    /// Writes mine over theirs.
    void settleConflict()
    {
        auto *dialog = find<QDialog>("conflictDialog");
        QTest::mouseClick(dialog->findChild<QPushButton *>(text("writeChosen")), Qt::LeftButton);
        settle();
    }
    void type(const char *policy)
    {
        auto *editor = find<QPlainTextEdit>("policyText");
        editor->selectAll();
        editor->insertPlainText(text(policy));
    }
};

void tst_PoliciesPage::init()
{
    m_core = std::make_unique<test::WindowCore>();
    m_core->addPolicy(text("reader"));
    m_core->addPolicy(text("writer"));
    m_core->addEntity(text("Ada"), {"reader", "ghost"});
    openWindow();
    m_window->navigator().showPage(Page::Policies);
    settle();
}

void tst_PoliciesPage::showsAllPolicies()
{
    QCOMPARE(find<QTableView>("policyTable")->model()->rowCount(), 5);
    QCOMPARE(find<QLabel>("policyCount")->text(), text("5"));
    choose("ghost");
    QVERIFY(find<QLabel>("policyState")->isVisible());
    QVERIFY(!find<QPushButton>("deletePolicy")->isVisible());
    QCOMPARE(find<QPushButton>("savePolicy")->text(), text("&Create"));
    find<QTabWidget>("policyTabs")->setCurrentIndex(1);
    auto *holders = find<views::CardView>("holderCards");
    QTRY_VERIFY2(holders->toPlainText().contains(text("Ada")), qPrintable(holders->toPlainText()));
    QTest::keyClicks(find<QLineEdit>("policiesFilter"), text("secret/writer"));
    QTRY_COMPARE(find<QTableView>("policyTable")->model()->rowCount(), 1);
    choose("default");
    QVERIFY(!find<QPushButton>("deletePolicy")->isEnabled());
}

void tst_PoliciesPage::saysWhatIsThereWhileNoneIsChosen()
{
    auto *overview = find<QWidget>("policyOverview");
    QTRY_VERIFY(overview->isVisible());
    auto *table = find<QTableView>("policyTable");
    auto *undefined = find<QPushButton>("showUndefined");
    QVERIFY2(undefined->accessibleDescription().startsWith(text("1 polic")),
             qPrintable(undefined->accessibleDescription()));
    QTest::mouseClick(undefined, Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, 0).data().toString(), text("ghost"));
    QVERIFY(table->hasFocus());
    auto *unused = find<QPushButton>("showUnused");
    QVERIFY(unused->accessibleDescription().startsWith(text("1 polic")));
    QTest::mouseClick(unused, Qt::LeftButton);
    QTRY_COMPARE(table->model()->index(0, 0).data().toString(), text("writer"));
    QCOMPARE(table->model()->rowCount(), 1); // default and response-wrapping are the server's
    choose("reader");
    QVERIFY(!overview->isVisible());
    m_window->navigator().back();
    settle();
    QTRY_VERIFY(overview->isVisible());
    m_core->addEntity(text("Bo"), {"writer"});
    QTRY_VERIFY(!unused->isVisible());
}

void tst_PoliciesPage::saysWhatTheRulesMean()
{
    choose("reader");
    const QString rules = find<views::CardView>("ruleCards")->toPlainText();
    QVERIFY2(rules.contains(text("secret/reader")) && rules.contains(text("Exactly this path")), qPrintable(rules));
    type("path \"a/*\" { capabilities = [\"deny\"] }\npath \"b/+/c\" { capabilities = [\"list\"] }\n");
    auto *cards = find<views::CardView>("ruleCards");
    QTRY_VERIFY2(cards->toPlainText().contains(text("Everything below a/")), qPrintable(cards->toPlainText()));
    QVERIFY(cards->toPlainText().contains(text("one segment of any name")));
    Q_EMIT cards->activated(text("line/2"));
    QCOMPARE(find<QPlainTextEdit>("policyText")->textCursor().blockNumber(), 1);
}

void tst_PoliciesPage::marksErrorsAsOneTypes()
{
    choose("reader");
    type("path \"a\" {\n  capabilities = [\"reed\"]\n}\n");
    auto *fault = find<QLabel>("policyFault");
    QTRY_VERIFY2(fault->isVisible() && fault->text().startsWith(text("Line 2")), qPrintable(fault->text()));
    QVERIFY(!find<QPlainTextEdit>("policyText")->extraSelections().isEmpty());
    QVERIFY(!find<QPushButton>("savePolicy")->isEnabled());
    type("path \"a\" {\n  capabilities = [\"read\"]\n}\n");
    QTRY_VERIFY(!fault->isVisible());
    QVERIFY(find<QPlainTextEdit>("policyText")->extraSelections().isEmpty());
    QTRY_VERIFY(find<QPushButton>("savePolicy")->isEnabled());
}

void tst_PoliciesPage::savesAndTakesBack()
{
    choose("reader");
    const QString before = stored("reader");
    type("path \"a\" { capabilities = [\"read\"] }\n");
    settle();
    find<QPlainTextEdit>("policyText")->setFocus();
    QTest::keyClick(find<QPlainTextEdit>("policyText"), Qt::Key_S, Qt::ControlModifier);
    settle();
    QCOMPARE(stored("reader"), text("path \"a\" { capabilities = [\"read\"] }\n"));
    QTRY_VERIFY2(message().contains(text("Changed policy reader")), qPrintable(message()));
    QVERIFY(!find<QPushButton>("savePolicy")->isEnabled());
    trigger("undo");
    QCOMPARE(stored("reader"), before);
    QTRY_COMPARE(find<QPlainTextEdit>("policyText")->toPlainText(), before);
}

void tst_PoliciesPage::makesAndDeletes()
{
    find<QAction>("newPolicy")->trigger();
    settle();
    QVERIFY(!find<QPushButton>("savePolicy")->isEnabled()); // it has no name
    QTest::keyClicks(find<QLineEdit>("policyName"), text("Fresh"));
    QTest::mouseClick(find<QPushButton>("savePolicy"), Qt::LeftButton);
    settle();
    QTRY_COMPARE(m_window->navigator().place().name, text("fresh"));
    QVERIFY(stored("fresh").contains(text("secret/data/example")));
    QTRY_COMPARE(find<QTableView>("policyTable")->model()->rowCount(), 6);
    settle();

    m_core->ask(core::Operation::Patch, "sys/policies/acl/fresh", {{"allow_slashes_in_identity_templates", true}});
    settle();
    QTest::mouseClick(find<QPushButton>("deletePolicy"), Qt::LeftButton);
    settle();
    QCOMPARE(stored("fresh"), text("none"));
    QTRY_VERIFY2(message().contains(text("Deleted policy fresh")), qPrintable(message()));
    trigger("undo");
    const auto read = m_core->ask(core::Operation::Read, "sys/policies/acl/fresh");
    QVERIFY(read.ok());
    QVERIFY(read.data->at("allow_slashes_in_identity_templates").as_bool()); // its settings came back, too
}

void tst_PoliciesPage::keepsWhatWasTyped()
{
    choose("reader");
    type("path \"mine\" { capabilities = [\"read\"] }\n");
    choose("writer");
    QVERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("secret/writer")));
    choose("reader");
    QTRY_VERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("mine")));
    QVERIFY(find<QLabel>("policyNote")->text().contains(text("isn’t saved")));
    QTest::mouseClick(find<QPushButton>("revertPolicy"), Qt::LeftButton);
    QVERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("secret/reader")));
}

void tst_PoliciesPage::noticesSomebodyElse()
{
    choose("reader");
    // What isn't being edited follows by itself.
    m_core->post("sys/policies/acl/reader", {{"policy", "path \"theirs\" { capabilities = [\"read\"] }\n"}});
    QTRY_VERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("theirs")));
    settle();
    type("path \"mine\" { capabilities = [\"read\"] }\n");
    settle();
    m_core->post("sys/policies/acl/reader", {{"policy", "path \"theirs2\" { capabilities = [\"read\"] }\n"}});
    QTRY_VERIFY2(find<QLabel>("policyNote")->text().contains(text("Somebody else")),
                 qPrintable(find<QLabel>("policyNote")->text()));
    QVERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("mine")));
    settle();
    QTest::mouseClick(find<QPushButton>("savePolicy"), Qt::LeftButton);
    settle();
    QVERIFY(stored("reader").contains(text("theirs2")));
    settleConflict();
    QTRY_VERIFY(stored("reader").contains(text("mine")));
    QTRY_VERIFY(!find<QPushButton>("savePolicy")->isEnabled());
}

void tst_PoliciesPage::knowsWhatADraftWasBegunFrom()
{
    choose("reader");
    type("path \"mine\" { capabilities = [\"read\"] }\n");
    choose("writer");
    m_core->post("sys/policies/acl/reader", {{"policy", "path \"theirs\" { capabilities = [\"read\"] }\n"}});
    settle();
    choose("reader");
    QTRY_VERIFY(find<QLabel>("policyNote")->text().contains(text("Somebody else")));
    choose("writer"); // to and fro once more: still begun from the same
    choose("reader");
    QTRY_VERIFY(find<QPushButton>("savePolicy")->isEnabled());
    QTest::mouseClick(find<QPushButton>("savePolicy"), Qt::LeftButton);
    settle();
    QVERIFY(stored("reader").contains(text("theirs")));
    settleConflict();
    QTRY_VERIFY(stored("reader").contains(text("mine")));
}

void tst_PoliciesPage::noticesThatItWasDeleted()
{
    choose("reader");
    type("path \"mine\" { capabilities = [\"read\"] }\n");
    settle();
    m_core->ask(core::Operation::Delete, "sys/policies/acl/reader");
    QTRY_COMPARE(find<QPushButton>("savePolicy")->text(), text("&Create"));
    QTest::mouseClick(find<QPushButton>("savePolicy"), Qt::LeftButton);
    settle();
    QCOMPARE(stored("reader"), text("none"));
    settleConflict();
    QTRY_VERIFY(stored("reader").contains(text("mine")));
}

void tst_PoliciesPage::keepsANewOne()
{
    find<QAction>("newPolicy")->trigger();
    settle();
    QTest::keyClicks(find<QLineEdit>("policyName"), text("fresh"));
    type("path \"mine\" { capabilities = [\"read\"] }\n");
    settle();
    find<QAction>("newPolicy")->trigger();
    settle();
    QVERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("mine")));
    choose("writer");
    QVERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("secret/writer")));
    find<QAction>("newPolicy")->trigger();
    settle();
    QCOMPARE(find<QLineEdit>("policyName")->text(), text("fresh"));
    QVERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("mine")));
    QTest::mouseClick(find<QPushButton>("revertPolicy"), Qt::LeftButton);
    QVERIFY(find<QLineEdit>("policyName")->text().isEmpty());
    QVERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("secret/data/example")));
}

void tst_PoliciesPage::forgetsADraftThatWasSaved()
{
    choose("reader");
    type("path \"mine\" { capabilities = [\"read\"] }\n");
    settle();
    std::function<void(bool)> go;
    m_window->editor().setConfirm([&go](const QString &, std::function<void(bool)> answer) { go = std::move(answer); });
    QTest::mouseClick(find<QPushButton>("savePolicy"), Qt::LeftButton);
    QTRY_VERIFY(go);
    m_window->navigator().openPolicy(text("writer")); // while it is under way
    QTRY_VERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("secret/writer")));
    go(true);
    settle();
    QVERIFY(stored("reader").contains(text("mine")));
    QTRY_VERIFY(m_window->close()); // there is nothing to ask for
}

void tst_PoliciesPage::saysARefusalAlsoElsewhere()
{
    choose("reader");
    type("path \"mine\" { capabilities = [\"read\"] }\n");
    settle();
    std::function<void(bool)> go;
    m_window->editor().setConfirm([&go](const QString &, std::function<void(bool)> answer) { go = std::move(answer); });
    QTest::mouseClick(find<QPushButton>("savePolicy"), Qt::LeftButton);
    QTRY_VERIFY(go);
    m_window->navigator().openPolicy(text("writer"));
    QTRY_VERIFY(find<QPlainTextEdit>("policyText")->toPlainText().contains(text("secret/writer")));
    go(false);
    QTRY_VERIFY2(message().contains(text("reader isn’t saved")), qPrintable(message()));
}

void tst_PoliciesPage::asksBeforeWhatWasTypedGoes()
{
    choose("reader");
    type("path \"mine\" { capabilities = [\"read\"] }\n");
    choose("writer");
    m_window->close();
    QVERIFY(m_window->isVisible());
    QTest::mouseClick(find<QPushButton>("discardYes"), Qt::LeftButton);
    QTRY_VERIFY(!m_window->isVisible());
}

void tst_PoliciesPage::isReachedByKeyboardAndRemembered()
{
    m_window->navigator().showPage(Page::Entities);
    settle();
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    settle();
    QCOMPARE(m_window->navigator().place().page, Page::Policies);
    QVERIFY(find<QTableView>("policyTable")->hasFocus());
    choose("writer");
    m_window->close();
    m_window = std::make_unique<MainWindow>(m_core->connection());
    m_window->show();
    settle();
    QTRY_COMPARE(m_window->navigator().place().name, text("writer"));
}

QTEST_MAIN(tst_PoliciesPage)
#include "tst_PoliciesPage.moc"
