// SPDX-License-Identifier: Apache-2.0
#include "CoreWindow.h"
#include "items/MimeData.h"
#include "items/RowsModel.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

using namespace kith;
using connection::ObjectRef;
using test::text;
using views::Page;

/// What is done with more people than a table holds values of.
class tst_ManyChosen : public QObject, private test::CoreWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { closeAll(); }

    void disablesThem();
    void deletesThemAndBringsThemBack();
    void takesThemOutOfTheirGroup();
    void copiesAndPastesThem();
    void copiesTheirIds();
    void addsThemToAGroup();
    void changesThem();
    void ofNobodyNothingIsDone();

private:
    static constexpr int Patience = 30'000; ///< Milliseconds that a busy machine may take for all of them.
    static constexpr int Many = static_cast<int>(items::RowsModel::MostHeld) + 100;
    void chooseMembers();
    void choosePeople();
    int members(const QString &group);
    int disabled();
    QDialog *dialog(const char *name);

    QString m_all, m_other;
};

void tst_ManyChosen::init()
{
    m_patience = Patience;
    m_core = std::make_unique<test::WindowCore>();
    boost::json::array requests;
    for (int i = 0; i < Many; ++i)
        requests.push_back({{"operation", "update"},
                            {"path", "identity/entity"},
                            {"data", {{"name", "person " + std::to_string(i)}}}});
    m_core->send(core::Operation::Update, "kith/apply",
                 boost::json::serialize(boost::json::object{{"requests", std::move(requests)}}));
    const auto people = m_core->ask(core::Operation::List, "identity/entity/id").data->at("keys");
    m_all = m_core->post("identity/group", {{"name", "all"}, {"member_entity_ids", people}});
    m_other = m_core->post("identity/group", {{"name", "other"}});
    openWindow();
}

void tst_ManyChosen::chooseMembers()
{
    m_window->navigator().showPage(Page::Groups);
    m_window->navigator().open(m_core->ref(m_all));
    auto *table = find<QAbstractItemView>("memberTable");
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), Many, Patience);
    table->setFocus();
    table->selectAll();
    settle();
}

void tst_ManyChosen::choosePeople()
{
    m_window->navigator().showPage(Page::Entities);
    auto *table = find<QAbstractItemView>("entityTable");
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), Many, Patience);
    table->setFocus();
    table->selectAll();
    settle();
}

int tst_ManyChosen::members(const QString &group)
{
    const auto detail = test::await(m_core->directory().group(m_core->ref(group).group()));
    return detail ? detail->row.directMembers : -1;
}

int tst_ManyChosen::disabled()
{
    connection::EntityQuery query;
    query.conditions = {{connection::EntityCondition::Kind::Disabled, {}, {}, {}}};
    const auto rows = test::await(m_core->directory().entityRows(query));
    return rows ? rows->size() : -1;
}

QDialog *tst_ManyChosen::dialog(const char *name)
{
    QDialog *found = nullptr;
    if (!QTest::qWaitFor([&] { return (found = m_window->findChild<QDialog *>(text(name))) && found->isVisible(); }))
        qFatal("no %s", name);
    return found;
}

void tst_ManyChosen::disablesThem()
{
    choosePeople();
    trigger("disable");
    QTRY_COMPARE_WITH_TIMEOUT(disabled(), Many, Patience);
    trigger("undo");
    QTRY_COMPARE_WITH_TIMEOUT(disabled(), 0, Patience);
}

void tst_ManyChosen::deletesThemAndBringsThemBack()
{
    choosePeople();
    auto *model = find<QAbstractItemView>("entityTable")->model();
    trigger("remove");
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 0, Patience);
    trigger("undo");
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), Many, Patience);
    QTRY_COMPARE_WITH_TIMEOUT(members(m_all), Many, Patience);
}

void tst_ManyChosen::takesThemOutOfTheirGroup()
{
    chooseMembers();
    trigger("takeOut");
    QTRY_COMPARE_WITH_TIMEOUT(members(m_all), 0, Patience);
    trigger("undo");
    QTRY_COMPARE_WITH_TIMEOUT(members(m_all), Many, Patience);
}

void tst_ManyChosen::copiesAndPastesThem()
{
    for (const bool cut : {false, true}) {
        chooseMembers();
        QSignalSpy copied(qApp->clipboard(), &QClipboard::dataChanged);
        trigger(cut ? "cut" : "copy");
        QTRY_VERIFY(!copied.isEmpty());
        const auto objects = items::unpack(*qApp->clipboard()->mimeData());
        QVERIFY(objects);
        QCOMPARE(objects->people.size(), static_cast<std::size_t>(Many));
        QCOMPARE(objects->core, m_core->connection().location());
        QCOMPARE(objects->source.id, cut ? m_core->ref(m_all).group() : GroupId());
        m_window->navigator().open(m_core->ref(m_other));
        settle();
        trigger("paste");
        QTRY_COMPARE_WITH_TIMEOUT(members(m_other), Many, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(members(m_all), cut ? 0 : Many, Patience);
        settle();
        trigger("undo");
        QTRY_COMPARE_WITH_TIMEOUT(members(m_other), 0, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(members(m_all), Many, Patience);
    }
}

void tst_ManyChosen::copiesTheirIds()
{
    choosePeople();
    const auto *rows = qobject_cast<items::RowsModel *>(find<QAbstractItemView>("entityTable")->model());
    QSignalSpy copied(qApp->clipboard(), &QClipboard::dataChanged);
    trigger("copyId");
    QTRY_VERIFY(!copied.isEmpty());
    const QStringList ids = qApp->clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(ids.size(), Many);
    QCOMPARE(m_core->ref(ids.front()), ObjectRef::of(rows->entityAt(0)));
}

void tst_ManyChosen::addsThemToAGroup()
{
    chooseMembers();
    find<QAction>("addToGroup")->trigger();
    QDialog *asked = dialog("addToGroupDialog");
    asked->findChild<QLineEdit *>()->setText(text("other"));
    auto *go = find<QPushButton>("changeGo", asked);
    QTRY_VERIFY(go->isEnabled());
    go->click();
    QTRY_COMPARE_WITH_TIMEOUT(members(m_other), Many, Patience);
    QCOMPARE(members(m_all), Many);
}

void tst_ManyChosen::changesThem()
{
    choosePeople();
    find<QAction>("changeSeveral")->trigger();
    QDialog *asked = dialog("bulkDialog");
    auto *what = find<QComboBox>("bulkWhat", asked);
    what->setCurrentIndex(what->findText(text("Disable")));
    auto *go = find<QPushButton>("bulkGo", asked);
    QTRY_VERIFY(go->isEnabled());
    go->click();
    QTRY_COMPARE_WITH_TIMEOUT(disabled(), Many, Patience);
}

void tst_ManyChosen::ofNobodyNothingIsDone()
{
    m_window->navigator().showPage(Page::Entities);
    settle();
    for (const char *action : {"disable", "remove", "copy", "cut", "copyId", "addToGroup", "changeSeveral"})
        QVERIFY2(!find<QAction>(action)->isEnabled(), action);
}

QTEST_MAIN(tst_ManyChosen)
#include "tst_ManyChosen.moc"
