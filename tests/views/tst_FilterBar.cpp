// SPDX-License-Identifier: Apache-2.0
#include "OfficeWindow.h"
#include "items/SyntheticConnection.h"
#include "views/ConditionDialog.h"
#include "views/FilterBar.h"
#include "views/WindowActions.h"
#include "views/WindowMemory.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace kith;
using test::text;

/// Conditions of the table of entities: chosen from a menu, shown as chips, combined, kept under names.
class tst_FilterBar : public QObject, protected test::OfficeWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { openOffice(); }
    void cleanup() { closeOffice(); }

    void filtersByGroup();
    void filtersByPolicy();
    void filtersByMount();
    void filtersByStateAndMetadata();
    void followsMemberships();
    void saysThatNobodyMatches();
    void showsWhoIsGoneTo();
    void keepsFilters();
    void keepsThemForThisConnectionOnly();
    void takesTheLastChoice();
    void saysWhatCannotBeLookedUp();
    void keepsTheWholeNameOfAMount();

private:
    void choose(const char *entry);
    QDialog *dialog() { return find<QDialog>("conditionDialog"); }
    void type(const char *field, const char *value) { find<QLineEdit>(field, dialog())->setText(text(value)); }
    void show();
    void pickGroup(const char *name, bool withSubgroups);
    void keep(const char *name);
    QString names();
    QStringList chips();
    QStringList kept();
};

/// An entry of the menu, by its object name, or by its text.
void tst_FilterBar::choose(const char *entry)
{
    auto *menu = find<QMenu>("filterMenu");
    Q_EMIT menu->aboutToShow();
    for (QAction *action : menu->actions())
        if (action->objectName() == text(entry) || action->text() == text(entry))
            return action->trigger();
    QFAIL(entry);
}

void tst_FilterBar::show()
{
    auto *go = find<QPushButton>("conditionGo", dialog());
    QTRY_VERIFY(go->isEnabled());
    const QPointer<QDialog> open = dialog();
    go->click();
    QTRY_VERIFY(!open || !open->isVisible());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    settle();
}

void tst_FilterBar::pickGroup(const char *name, bool withSubgroups)
{
    choose("filterGroup");
    type("groupPicker", name);
    find<QCheckBox>("conditionAlso", dialog())->setChecked(withSubgroups);
    show();
}

QString tst_FilterBar::names()
{
    settle();
    QStringList list;
    for (const EntityId id : shown("entityTable"))
        list += m_office->name(id).section(u' ', 0, 0);
    return list.join(u' ');
}

QStringList tst_FilterBar::chips()
{
    QStringList texts;
    for (auto *chip : find<QWidget>("filterBar")->findChildren<QFrame *>(text("filterChip")))
        if (chip->isVisible())
            texts += chip->findChild<QLabel *>()->accessibleName();
    return texts;
}

void tst_FilterBar::keep(const char *name)
{
    choose("keepFilter");
    auto *asked = find<QDialog>("keepFilterDialog");
    find<QLineEdit>("keepFilterName", asked)->setText(text(name));
    find<QPushButton>("keepFilterGo", asked)->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

QStringList tst_FilterBar::kept()
{
    auto *menu = find<QMenu>("filterMenu");
    Q_EMIT menu->aboutToShow();
    QStringList list;
    for (QAction *action : menu->actions())
        if (action->objectName() == text("savedFilter"))
            list += action->text();
    return list;
}

void tst_FilterBar::filtersByGroup()
{
    QVERIFY(!find<QWidget>("filterBar")->isVisible());
    pickGroup("managers", false);
    QCOMPARE(names(), text("Chiara"));
    QCOMPARE(chips(), QStringList(text("in managers")));
    choose("clearFilter");
    QCOMPARE(names(), text("Ada Bence Chiara Dao Erik"));
    QVERIFY(!find<QWidget>("filterBar")->isVisible());
    pickGroup("platform", true);
    QCOMPARE(chips(), QStringList(text("in platform or below")));
    QCOMPARE(names(), text("Ada Bence Chiara Dao"));
}

void tst_FilterBar::filtersByPolicy()
{
    choose("filterPolicy");
    type("conditionPolicy", "Ship");
    show();
    QCOMPARE(names(), text("Ada Bence Chiara Dao"));
    choose("filterPolicy");
    type("conditionPolicy", "on-call");
    find<QCheckBox>("conditionAlso", dialog())->setChecked(false);
    show();
    QCOMPARE(names(), text("Ada"));
    QCOMPARE(chips(), QStringList({text("has ship"), text("carries on-call")}));
    auto *first = find<QWidget>("filterBar")->findChild<QFrame *>(text("filterChip"));
    first->findChild<QToolButton *>()->click();
    QCOMPARE(chips(), QStringList(text("carries on-call")));
    find<QLineEdit>("entityFilter")->setText(text("erik"));
    QTRY_COMPARE(names(), QString());
}

void tst_FilterBar::filtersByMount()
{
    m_office->post("sys/auth/github", R"({"type":"userpass"})");
    const QString accessor = test::await(m_office->directory().mounts())->front().accessor;
    m_office->post("identity/entity-alias",
                   boost::json::serialize(boost::json::object{{"name", "dao"},
                                                              {"canonical_id", m_office->uuid(m_office->dao)},
                                                              {"mount_accessor", accessor.toStdString()}}));
    choose("filterMount");
    QTRY_COMPARE(find<QComboBox>("conditionMount", dialog())->currentText(), text("github"));
    show();
    QCOMPARE(names(), text("Dao"));
    QCOMPARE(chips(), QStringList(text("logs in at github")));
}

void tst_FilterBar::filtersByStateAndMetadata()
{
    choose("filterDisabled");
    QCOMPARE(names(), text("Erik"));
    choose("filterEnabled"); // instead: nobody is both
    QCOMPARE(names(), text("Ada Bence Chiara Dao"));
    choose("filterMetadata");
    type("conditionKey", "team");
    show();
    QCOMPARE(names(), text("Ada"));
    QCOMPARE(chips(), QStringList({text("enabled"), text("team is set")}));
    choose("clearFilter");
    choose("filterMetadata");
    type("conditionKey", "team");
    type("conditionValue", "Engines");
    show();
    QCOMPARE(names(), text("Ada"));
    QCOMPARE(chips(), QStringList(text("team = Engines")));
}

void tst_FilterBar::followsMemberships()
{
    pickGroup("support", true);
    QCOMPARE(names(), text("Erik"));
    m_office->addMembers(m_office->support, {m_office->bence});
    QTRY_COMPARE(names(), text("Bence Erik"));
    m_office->addSubgroups(m_office->support, {m_office->managers});
    QTRY_COMPARE(names(), text("Bence Chiara Erik"));
}

void tst_FilterBar::saysThatNobodyMatches()
{
    pickGroup("auditors", false);
    QCOMPARE(names(), QString());
    QTRY_VERIFY(m_window->grab().width() > 0);
    bool said = false;
    for (auto *label : find<QWidget>("entitiesPage")->findChildren<QLabel *>())
        said = said || label->text().contains(text("in auditors."));
    QVERIFY(said);
}

/// Whoever is followed to is shown, whatever was filtered.
void tst_FilterBar::showsWhoIsGoneTo()
{
    pickGroup("managers", false);
    m_window->navigator().open(connection::ObjectRef::of(m_office->erik));
    QTRY_COMPARE(names(), text("Ada Bence Chiara Dao Erik"));
    QVERIFY(chips().isEmpty());
}

void tst_FilterBar::keepsFilters()
{
    pickGroup("release", false);
    find<QLineEdit>("entityFilter")->setText(text("ada"));
    QTRY_COMPARE(names(), text("Ada"));
    keep("Ada & release");
    choose("clearFilter");
    QTRY_COMPARE(names(), text("Ada Bence Chiara Dao Erik"));
    m_window.reset();
    openWindow(m_office->connection()); // the next start
    QCOMPARE(kept(), QStringList(text("Ada && release")));
    choose("savedFilter");
    QTRY_COMPARE(names(), text("Ada"));
    QCOMPARE(chips(), QStringList(text("in release")));
    QCOMPARE(find<QLineEdit>("entityFilter")->text(), text("ada"));
    auto *forget = find<QMenu>("forgetMenu");
    forget->actions().front()->trigger();
    QCOMPARE(kept(), QStringList());
}

void tst_FilterBar::keepsThemForThisConnectionOnly()
{
    choose("filterDisabled");
    keep("Disabled");
    m_window.reset();
    const auto other = std::make_unique<test::Office>();
    openWindow(other->connection());
    QCOMPARE(kept(), QStringList());
    m_window.reset();
}

void tst_FilterBar::takesTheLastChoice()
{
    pickGroup("release", false);
    keep("Release");
    choose("clearFilter");
    choose("savedFilter");
    choose("filterDisabled"); // before the groups of the other are looked up
    QCOMPARE(names(), text("Erik"));
    QVERIFY(test::await(m_office->directory().byUuids({})));
    QCoreApplication::processEvents();
    QCOMPARE(names(), text("Erik"));
    QCOMPARE(chips(), QStringList(text("disabled")));
}

/// Nobody would be taken for the answer.
void tst_FilterBar::saysWhatCannotBeLookedUp()
{
    pickGroup("release", false);
    keep("Release");
    test::SyntheticConnection other(3); // knows no group
    QLineEdit typed;
    views::FilterBar bar(other, typed);
    views::WindowMemory memory(m_office->connection().location());
    bar.setMemory(memory);
    QSignalSpy failed(&bar, &views::FilterBar::failed);
    auto *menu = bar.findChild<QMenu *>(text("filterMenu"));
    Q_EMIT menu->aboutToShow();
    auto *entry = menu->findChild<QAction *>(text("savedFilter"));
    QVERIFY(entry);
    entry->trigger();
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(bar.conditions().empty() && !bar.isBusy());
}

/// The dialog's list shortens it; the condition is kept under its name, and shown elsewhere.
void tst_FilterBar::keepsTheWholeNameOfAMount()
{
    const QString path = QString(40, QLatin1Char('a')) + text("-directory-") + QString(100, QLatin1Char('z'));
    test::SyntheticConnection other(0);
    other.synthetic.mountRows.resize(1);
    other.synthetic.mountRows.front().path = path;
    other.synthetic.mountRows.front().accessor = text("auth_ldap_1");
    views::ConditionDialog dialog(other, views::ConditionDialog::About::Mount);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QString name;
    connect(&dialog, &views::ConditionDialog::chosen, this,
            [&name](const views::NamedCondition &chosen) { name = chosen.name; });
    dialog.show();
    auto *go = dialog.findChild<QPushButton *>(text("conditionGo"));
    QTRY_VERIFY(go->isEnabled());
    QVERIFY(dialog.findChild<QComboBox *>(text("conditionMount"))->currentText().contains(QChar(0x2026)));
    go->click();
    QCOMPARE(name, path);
}

QTEST_MAIN(tst_FilterBar)
#include "tst_FilterBar.moc"
