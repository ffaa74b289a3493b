// SPDX-License-Identifier: Apache-2.0
#include "CoreWindow.h"
#include "items/SyntheticConnection.h"
#include "views/CardView.h"
#include "views/Chip.h"
#include "views/ErrorText.h"
#include "views/MergeDialog.h"

#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>

using namespace kith;
using test::text;

/// Two people who are one.
class tst_MergeDialog : public QObject, protected test::CoreWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { closeAll(); }
    void previewsMergesAndTakesItBack();
    void choosesTheAliasThatStays();
    void picksTheOtherByName();
    void deniesNobodyItHasNotLookedFor();
    void doesNotTakeBackOverSomebodyElse();
    void followsWhatChangesMeanwhile();
    void mergesOnlyWhatItShowed();

private:
    /// Ada and ada.l.
    void mergeFirstTwo()
    {
        auto *table = find<QTableView>("entityTable");
        table->selectRow(0);
        table->selectionModel()->select(table->model()->index(1, 0),
                                        QItemSelectionModel::Select | QItemSelectionModel::Rows);
        settle();
        trigger("merge");
        QTRY_VERIFY(find<QPushButton>("mergePeople")->isEnabled());
    }
    core::Response read(const QString &uuid)
    {
        return m_core->ask(core::Operation::Read, "identity/entity/id/" + uuid.toStdString());
    }
    QStringList aliases(const QString &uuid)
    {
        const core::Response answer = read(uuid);
        QStringList names;
        if (answer.ok())
            for (const auto &alias : answer.data->at("aliases").as_array())
                names += QString::fromStdString(std::string(alias.at("name").as_string()));
        names.sort();
        return names;
    }
    QString preview() { return find<views::CardView>("mergePreview")->toPlainText(); }

    QString m_ada, m_twin, m_crew, m_git, m_pass;
};

void tst_MergeDialog::init()
{
    m_core = std::make_unique<test::WindowCore>();
    m_git = m_core->addMount(text("git"), text("github"));
    m_pass = m_core->addMount(text("pass"), text("userpass"));
    m_ada = m_core->addEntity(text("Ada"), {"reader"});
    m_twin = m_core->addEntity(text("ada.l"), {"writer"});
    m_core->addEntity(text("Zoe"));
    m_crew = m_core->addGroup(text("crew"), {text("crew")}, {}, {m_twin});
    addAlias(m_ada, m_git, "octo-ada");
    addAlias(m_twin, m_pass, "ada.l");
    openWindow();
}

void tst_MergeDialog::previewsMergesAndTakesItBack()
{
    mergeFirstTwo();
    QVERIFY(find<QRadioButton>("keepFirst")->text().startsWith(text("Ada")));
    QVERIFY2(preview().contains(text("Member of crew")) && preview().contains(text("Alias ada.l")),
             qPrintable(preview()));
    QVERIFY2(preview().contains(text("Policy writer")) && preview().contains(text("The name ada.l")),
             qPrintable(preview()));
    QTest::mouseClick(find<QPushButton>("mergePeople"), Qt::LeftButton);
    settle();
    QTRY_VERIFY2(message().contains(text("Merged ada.l into Ada")), qPrintable(message()));
    QCOMPARE(aliases(m_ada), (QStringList{text("ada.l"), text("octo-ada")}));
    const auto twin = m_core->ask(core::Operation::List, "identity/entity/id");
    QVERIFY(boost::json::serialize(*twin.data).find(m_twin.toStdString()) == std::string::npos);

    trigger("undo");
    QTRY_VERIFY2(message().contains(text("Taken back")), qPrintable(message()));
    QCOMPARE(aliases(m_ada), QStringList{text("octo-ada")});
    QCOMPARE(aliases(m_twin), QStringList{text("ada.l")});
    const core::Response back = read(m_twin);
    QCOMPARE(back.data->at("policies").as_array().size(), std::size_t{1});
    QCOMPARE(back.data->at("direct_group_ids").as_array().size(), std::size_t{1});
    QVERIFY(read(m_ada).data->at("direct_group_ids").as_array().empty());

    trigger("redo");
    QTRY_COMPARE(aliases(m_ada), (QStringList{text("ada.l"), text("octo-ada")}));
}

void tst_MergeDialog::choosesTheAliasThatStays()
{
    addAlias(m_twin, m_git, "octo-two");
    mergeFirstTwo();
    find<QRadioButton>("keepSecond")->setChecked(true);
    auto *choice = find<QComboBox>("aliasToKeep");
    choice->setCurrentIndex(choice->findText(text("octo-ada")));
    QVERIFY2(preview().contains(text("Policy reader")), qPrintable(preview()));
    QTest::mouseClick(find<QPushButton>("mergePeople"), Qt::LeftButton);
    settle();
    QTRY_COMPARE(aliases(m_twin), (QStringList{text("ada.l"), text("octo-ada")}));
    trigger("undo");
    QTRY_COMPARE(aliases(m_twin), (QStringList{text("ada.l"), text("octo-two")}));
    QCOMPARE(aliases(m_ada), QStringList{text("octo-ada")});
}

void tst_MergeDialog::picksTheOtherByName()
{
    m_core->addGroup(text("ada.lovers"), {}, {}, {});
    find<QTableView>("entityTable")->selectRow(0);
    settle();
    trigger("merge");
    QVERIFY(!find<QPushButton>("mergePeople")->isEnabled());
    auto *field = find<QLineEdit>("mergeField");
    auto *found = find<QListView>("mergeHits");
    QVERIFY(found->geometry().top() - field->geometry().bottom() < field->height()); // one below the other
    QTRY_VERIFY(field->isVisible());
    QTest::keyClicks(field, text("zzqq"));
    QTRY_VERIFY(find<QLabel>("mergeNote")->isVisible());
    field->clear();
    QTest::keyClicks(field, text("ada.l"));
    QTRY_COMPARE(found->model()->rowCount(), 1); // not the group
    QVERIFY(!find<QLabel>("mergeNote")->isVisible());
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(find<QPushButton>("mergePeople")->isEnabled());
    QVERIFY(find<QDialog>("mergeDialog")->isVisible()); // Enter picked, and did nothing else
    QVERIFY(find<QRadioButton>("keepSecond")->text().startsWith(text("ada.l")));
}

void tst_MergeDialog::deniesNobodyItHasNotLookedFor()
{
    test::SyntheticConnection others(0);
    views::Editor editor(others);
    views::MergeDialog dialog({}, others, editor);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    auto *field = find<QLineEdit>("mergeField", &dialog);
    auto *note = find<views::FieldNote>("mergeNote", &dialog);
    others.synthetic.failure = Error{ErrorCode::Damaged, 500, "torn", {}};
    field->setText(text("a"));
    QTRY_COMPARE(note->text(), views::errorText(*others.synthetic.failure));
    others.synthetic.failure.reset();
    field->setText(text("ad"));
    QTRY_COMPARE(note->text(), text("Nobody is called so."));
    others.synthetic.hits.resize(100'000); // policies
    field->setText(text("ada"));
    QTRY_COMPARE(note->text(), text("Too much matches this. Type more of the name."));
    field->clear();
    QTRY_COMPARE(note->text(), QString());
}

void tst_MergeDialog::doesNotTakeBackOverSomebodyElse()
{
    mergeFirstTwo();
    QTest::mouseClick(find<QPushButton>("mergePeople"), Qt::LeftButton);
    settle();
    m_core->post("identity/entity/id/" + m_ada.toStdString(), {{"name", "Ada Lovelace"}});
    trigger("undo");
    QTRY_VERIFY2(message().contains(text("has been changed since")), qPrintable(message()));
    QVERIFY(aliases(m_twin).isEmpty());
}

void tst_MergeDialog::followsWhatChangesMeanwhile()
{
    addAlias(m_twin, m_git, "octo-two");
    mergeFirstTwo();
    auto *choice = find<QComboBox>("aliasToKeep");
    choice->setCurrentIndex(choice->findText(text("octo-two")));
    m_core->post("identity/entity/id/" + m_twin.toStdString(), {{"metadata", {{"badge", "7"}}}});
    QTRY_VERIFY2(preview().contains(text("Metadata badge: 7")), qPrintable(preview()));
    QCOMPARE(find<QComboBox>("aliasToKeep")->currentText(), text("octo-two"));
    QTest::mouseClick(find<QPushButton>("mergePeople"), Qt::LeftButton);
    settle();
    QTRY_COMPARE(aliases(m_ada), (QStringList{text("ada.l"), text("octo-two")}));
}

void tst_MergeDialog::mergesOnlyWhatItShowed()
{
    mergeFirstTwo();
    auto *merge = find<QPushButton>("mergePeople");
    m_core->post("identity/entity/id/" + m_twin.toStdString(), {{"metadata", {{"badge", "7"}}}});
    merge->click(); // before the dialog could read it
    settle();
    QTRY_VERIFY(find<views::FieldNote>("mergeNote")->text().contains(text("Look again")));
    QVERIFY(read(m_twin).ok());
    QTRY_VERIFY2(preview().contains(text("Metadata badge: 7")), qPrintable(preview()));
    merge->click();
    settle();
    QTRY_COMPARE(aliases(m_ada), (QStringList{text("ada.l"), text("octo-ada")}));
}

QTEST_MAIN(tst_MergeDialog)
#include "tst_MergeDialog.moc"
