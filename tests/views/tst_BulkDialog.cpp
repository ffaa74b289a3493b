// SPDX-License-Identifier: Apache-2.0
#include "OfficeWindow.h"
#include "views/CardView.h"
#include "views/SeveralPane.h"
#include "views/WindowActions.h"

#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTextDocument>

using namespace kith;
using connection::EntityDetail;
using test::await;
using test::text;

/// Several people are selected: what they share, and changes of all of them at once, each with its preview and one
/// step to take back.
class tst_BulkDialog : public QObject, protected test::OfficeWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { openOffice(); }
    void cleanup() { closeOffice(); }

    void tellsWhatTheyShare();
    void tellsHowManyGroupsThereAre();
    void followsWhatIsWritten();
    void givesPolicies();
    void refusesRoot();
    void takesPoliciesAway();
    void setsAndClearsMetadata();
    void keepsWhatSomebodyElseWrote();
    void disables();
    void leavesAGroup();

private:
    void select(const std::vector<EntityId> &people);
    QString cards();
    /// Opens the dialog for those that are selected, and waits for what it knows of them.
    void open(const char *what);
    void type(const char *field, const char *value) { find<QLineEdit>(field, m_dialog)->setText(text(value)); }
    QString preview();
    bool canGo() { return find<QPushButton>("bulkGo", m_dialog)->isEnabled(); }
    void go();
    EntityDetail detail(EntityId id) { return *await(m_office->directory().entity(id)); }
    QString policies(EntityId id) { return detail(id).policies.join(u' '); }
    QString metadata(EntityId id);

    QDialog *m_dialog = nullptr;
};

void tst_BulkDialog::select(const std::vector<EntityId> &people)
{
    auto *table = find<QAbstractItemView>("entityTable");
    auto *model = qobject_cast<items::RowsModel *>(table->model());
    table->selectionModel()->select(model->selectionOf(people), QItemSelectionModel::ClearAndSelect);
    settle();
    QTRY_COMPARE(find<QLabel>("severalTitle")->text(), QStringLiteral("%1 entity(s) selected").arg(people.size()));
    settle();
}

QString tst_BulkDialog::cards()
{
    auto *view = find<views::CardView>("severalCards");
    view->fillAll();
    return view->document()->toPlainText();
}

void tst_BulkDialog::open(const char *what)
{
    QVERIFY(find<QAction>("changeSeveral")->isEnabled());
    trigger("changeSeveral");
    m_dialog = find<QDialog>("bulkDialog");
    auto *box = find<QComboBox>("bulkWhat", m_dialog);
    box->setCurrentIndex(box->findText(text(what)));
    QTRY_VERIFY(preview() != text("Reading …"));
}

QString tst_BulkDialog::preview()
{
    QTextDocument document;
    document.setHtml(find<QLabel>("bulkPreview", m_dialog)->text());
    return document.toPlainText();
}

void tst_BulkDialog::go()
{
    QVERIFY(canGo());
    find<QPushButton>("bulkGo", m_dialog)->click();
    settle();
}

QString tst_BulkDialog::metadata(EntityId id)
{
    QStringList pairs;
    for (const auto &[key, value] : detail(id).metadata)
        pairs += key + u'=' + value;
    return pairs.join(u' ');
}

void tst_BulkDialog::tellsWhatTheyShare()
{
    select({m_office->ada, m_office->chiara, m_office->erik});
    QVERIFY(find<views::SeveralPane>("severalPane")->isVisible());
    QTRY_COMPARE(find<QLabel>("severalNames")->text(), text("Ada Lovelace, Chiara Lombardi, Erik Lund"));
    const QString shown = cards();
    for (const char *line : {"1 of 3 are disabled", "Policies that only some have: 5", "base    not defined    2 of 3",
                             "Groups that only some are in: 3", "release  2 of 3", "support  1 of 3",
                             "On some of them themselves: 1", "team  engines (1); not set (2)"})
        QVERIFY2(shown.contains(text(line)), qPrintable(shown));
    select({m_office->ada, m_office->bence});
    QVERIFY2(cards().contains(text("All are enabled\nPolicies that all have: 2")), qPrintable(cards()));
    QVERIFY(cards().contains(text("Groups that all are in: 1\nrelease\n")));
}

/// More than a thousand aren't told one by one, but counted.
void tst_BulkDialog::tellsHowManyGroupsThereAre()
{
    connection::PeopleSummary summary;
    summary.people = 5;
    for (int i = 0; i < 1000; ++i)
        summary.groups.push_back({{GroupId{i + 1}, QStringLiteral("group %1").arg(i)}, i < 2 ? 5 : 3});
    summary.groupCount = 20'000;
    summary.sharedGroupCount = 2;
    const QString shown = views::plainText(views::summaryCards(summary));
    const auto number = [](int count) { return QLocale().toString(count); };
    for (const QString &line :
         {text("Groups that all are in: 2"), text("Groups that only some are in: ") + number(19'998),
          text("group 2  3 of 5"), text("group 301  3 of 5"), QStringLiteral("and %1 more").arg(number(19'698))})
        QVERIFY2(shown.contains(line + QLatin1Char('\n')), qPrintable(shown));
    QVERIFY(!shown.contains(text("group 302")));
}

void tst_BulkDialog::followsWhatIsWritten()
{
    select({m_office->ada, m_office->bence});
    m_office->addMembers(m_office->support, {m_office->bence});
    QTRY_VERIFY(cards().contains(text("support  1 of 2")));
}

void tst_BulkDialog::givesPolicies()
{
    select({m_office->ada, m_office->bence, m_office->chiara});
    open("Give policies");
    QVERIFY(!canGo());
    type("bulkPolicies", "On-call, lead");
    const QString shown = preview();
    for (const char *line :
         {"+ on-call for 2 of 3 people", "+ lead for 3 of 3 people", "1 of them have it by a group already",
          "No policy is called lead: it grants nothing until it is defined"})
        QVERIFY2(shown.contains(text(line)), qPrintable(shown));
    go();
    QCOMPARE(policies(m_office->ada), text("lead on-call"));
    QCOMPARE(policies(m_office->chiara), text("lead on-call"));
    QCOMPARE(message(), text("Gave on-call, lead to 3 people"));
    trigger("undo");
    settle();
    QCOMPARE(policies(m_office->ada), text("on-call")); // she had it before
    QCOMPARE(policies(m_office->bence), QString());
    QVERIFY(!m_window->editor().canUndo()); // one step
    trigger("redo");
    settle();
    QCOMPARE(policies(m_office->bence), text("lead on-call"));
}

void tst_BulkDialog::refusesRoot()
{
    select({m_office->ada, m_office->bence});
    open("Give policies");
    type("bulkPolicies", "root");
    QVERIFY(!canGo());
    QVERIFY(find<QLabel>("bulkNote", m_dialog)->text().contains(text("root")));
    type("bulkPolicies", "ship");
    QVERIFY(canGo());
}

void tst_BulkDialog::takesPoliciesAway()
{
    select({m_office->ada, m_office->bence});
    open("Take policies away");
    type("bulkPolicies", "nothing");
    QCOMPARE(preview(), text("Nobody of them carries nothing"));
    QVERIFY(!canGo());
    type("bulkPolicies", "on-call");
    QVERIFY2(preview().startsWith(text("− on-call from 1 of 2 people")), qPrintable(preview()));
    go();
    QCOMPARE(policies(m_office->ada), QString());
    QCOMPARE(message(), text("Took on-call from Ada Lovelace"));
}

void tst_BulkDialog::setsAndClearsMetadata()
{
    select({m_office->ada, m_office->bence, m_office->chiara});
    open("Set metadata");
    type("bulkKey", "te am");
    QVERIFY(!canGo());
    type("bulkKey", "team");
    type("bulkValue", "brakes");
    QCOMPARE(preview(), text("team = brakes for 3 of 3 people\n"
                             "1 of them have another value, which is replaced: engines (1)"));
    go();
    QCOMPARE(metadata(m_office->ada), text("team=brakes"));
    QCOMPARE(metadata(m_office->chiara), text("team=brakes"));
    trigger("undo");
    settle();
    QCOMPARE(metadata(m_office->ada), text("team=engines"));
    QCOMPARE(metadata(m_office->bence), QString());
    open("Clear metadata");
    type("bulkKey", "team");
    QCOMPARE(preview(), text("− team from 1 of 3 people\nengines (1)"));
    go();
    QCOMPARE(metadata(m_office->ada), QString());
    trigger("undo");
    settle();
    QCOMPARE(metadata(m_office->ada), text("team=engines"));
}

void tst_BulkDialog::keepsWhatSomebodyElseWrote()
{
    select({m_office->ada, m_office->bence});
    open("Set metadata");
    type("bulkKey", "team");
    type("bulkValue", "brakes");
    go();
    m_office->post("identity/entity/id/" + m_office->uuid(m_office->bence),
                   R"({"metadata":{"team":"doors","site":"Oslo"},"policies":["new"]})");
    settle();
    trigger("undo");
    settle();
    QCOMPARE(metadata(m_office->ada), text("team=engines"));
    QCOMPARE(metadata(m_office->bence), text("site=Oslo team=doors")); // not what was before
    QCOMPARE(policies(m_office->bence), text("new"));
}

void tst_BulkDialog::disables()
{
    select({m_office->ada, m_office->erik});
    open("Disable");
    QCOMPARE(preview(), text("1 of 2 people can’t log in any more"));
    go();
    QVERIFY(detail(m_office->ada).row.disabled);
    trigger("undo");
    settle();
    QVERIFY(!detail(m_office->ada).row.disabled && detail(m_office->erik).row.disabled);
    open("Enable");
    QCOMPARE(preview(), text("1 of 2 people can log in again"));
}

void tst_BulkDialog::leavesAGroup()
{
    select({m_office->ada, m_office->chiara, m_office->erik});
    open("Remove from a group");
    auto *groups = find<QComboBox>("bulkGroup", m_dialog);
    QCOMPARE(groups->itemText(0), text("release – 2 of them"));
    QTRY_VERIFY(canGo());
    go();
    QVERIFY(!m_office->members(m_office->release).contains(text("Ada Lovelace")));
    QVERIFY(m_office->members(m_office->managers).contains(text("Chiara Lombardi")));
    trigger("undo");
    settle();
    QVERIFY(m_office->members(m_office->release).contains(text("Ada Lovelace")));
}

QTEST_MAIN(tst_BulkDialog)
#include "tst_BulkDialog.moc"
