// SPDX-License-Identifier: Apache-2.0
#include "CoreWindow.h"
#include "ExternalGroups.h"
#include "Gallery.h"
#include "Walk.h"
#include "connection/Secrets.h"
#include "items/GroupTreeModel.h"
#include "items/MimeData.h"
#include "views/CardView.h"
#include "views/DropHint.h"
#include "views/LocalCoreGuide.h"
#include "views/MessageBar.h"

#include <QApplication>
#include <QDialog>
#include <QDragEnterEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeView>

using namespace kith;
using connection::ObjectRef;
using test::text;
using test::Walk;
using views::Page;

namespace {

/// What makes pages look their worst, or their emptiest.
struct Interesting {
    ObjectRef person;   ///< Of those in a group, who has the most policies.
    ObjectRef other;    ///< In the same group.
    ObjectRef awkward;  ///< Long names, and some in other letters.
    GroupId group;      ///< The largest below another.
    GroupId external;   ///< With an alias.
    ObjectRef loggedIn; ///< Whose last logins changed groups.
    ObjectRef filled;   ///< A group that they changed.
    QString policy;     ///< On the most people and groups.
    QString undefined;  ///< Is named, but not defined.
    QString mount;      ///< An accessor.
};

} // namespace

/// Every page and dialog on an organisation and on an empty core, in both schemes, with a large font, in other
/// languages and directions: nothing is cut off, nameless, hard to read or blurred. With KITH_PICTURES, a folder, they
/// are drawn into it; of another organisation with KITH_DOCUMENT, an identity document.
class tst_Pictures : public QObject, private test::CoreWindow
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_gallery.emplace(); }
    void cleanup() { m_window.reset(); }

    void organisation_data() { test::Gallery::addVariants(); }
    void organisation();
    void emptyCore_data() { test::Gallery::addVariants(); }
    void emptyCore();

private:
    void choose();
    void addAwkward();
    GroupId largestBelow(GroupId parent);
    void look(QWidget &shown, const QString &name) { m_gallery->look(shown, name); }
    void lookAtOpened(const QString &name);
    void lookAtPolicies();
    void lookAtMounts();
    void lookAtAliases();
    const views::CardView *showTabOf(const char *name);
    void lookAtLogins();
    void lookAtMerge(Walk &walk);
    void lookAtFilters();
    void lookAtSearch();
    void lookAtDrag();
    void lookAtMessages();
    void setMetadataFilter(const QString &key, const QString &value);
    void end();

    connection::Secrets m_secrets;
    Interesting m_interesting;
    std::optional<test::Gallery> m_gallery;
};

void tst_Pictures::initTestCase()
{
    if (!test::Gallery::isWanted())
        QSKIP("half a minute each: with KITH_LONG=1");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    m_core = std::make_unique<test::WindowCore>();
    QFile file(qEnvironmentVariable("KITH_DOCUMENT", QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json")));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    const QByteArray document = file.readAll();
    m_core->post("kith/import", {{"document", boost::json::parse(std::string_view(
                                                  document.constData(), static_cast<std::size_t>(document.size())))}});
    choose();
    addAwkward();
}

/// Of all below the group, the one with the most people in it that has subgroups of its own, if there is one.
GroupId tst_Pictures::largestBelow(GroupId parent)
{
    GroupId largest;
    int most = -1;
    const auto children = test::await(m_core->directory().groupChildren(parent, {}));
    std::vector<GroupId> ids;
    for (const connection::GroupChild &child : children ? *children : std::vector<connection::GroupChild>())
        ids.push_back(child.id);
    const auto rows = test::await(m_core->directory().groups(ids));
    for (const connection::GroupRow &row : rows ? *rows : std::vector<connection::GroupRow>()) {
        const int weight = row.external ? 0 : row.directMembers + 1000 * std::min(row.subgroups, 1);
        if (weight > most) {
            most = weight;
            largest = row.id;
        }
    }
    return largest;
}

void tst_Pictures::choose()
{
    m_interesting.group = largestBelow(largestBelow({}));
    const auto all = test::await(m_core->directory().filterGroups(text("e")));
    std::vector<GroupId> ids;
    for (const qint64 id : *all->matches)
        ids.push_back(GroupId{id});
    const auto rows = test::await(m_core->directory().groups(ids));
    for (const connection::GroupRow &row : *rows)
        if (row.external && !row.mount.isEmpty())
            m_interesting.external = row.id;
    QVERIFY(m_interesting.group && m_interesting.external);
    connection::MemberQuery query;
    query.group = m_interesting.group;
    query.withSubgroups = true;
    query.sort = connection::MemberSort::Policies;
    query.order = Qt::DescendingOrder;
    const auto members = test::await(m_core->directory().memberRows(query));
    QVERIFY(members && members->size() > 1);
    m_interesting.person = ObjectRef::of(members->at(0));
    m_interesting.other = ObjectRef::of(members->at(1));
    int most = -1;
    const auto policies = test::await(m_core->directory().policies());
    for (const connection::PolicyRow &policy : *policies) {
        if (!policy.defined && m_interesting.undefined.isEmpty())
            m_interesting.undefined = policy.name;
        if (policy.defined && policy.entities + policy.groups > most) {
            most = policy.entities + policy.groups;
            m_interesting.policy = policy.name;
        }
    }
    most = -1;
    const auto mounts = test::await(m_core->directory().mounts());
    for (const connection::MountRow &mount : *mounts)
        if (mount.aliases > most) {
            most = mount.aliases;
            m_interesting.mount = mount.accessor;
        }
}

/// With names that are longer than any column, or run the other way.
void tst_Pictures::addAwkward()
{
    const QString group = test::await(m_core->directory().uuids({ObjectRef::of(m_interesting.group)}))->front();
    const QString person = m_core->post(
        "identity/entity",
        {{"name", "Wolfgang-Maximilian Ádám Szilágyi-Kőszeghy von und zu Hohenstaufen-Niederbayern"},
         {"policies",
          {"kubernetes.sig-release.release-managers.admin-and-everything-below", "فاطمة.read", "not.defined.anywhere",
           "default"}},
         {"metadata",
          {{"organisation-of-the-project", "A value that goes on and on, since somebody wrote a sentence."},
           {"team", "הנדסה (release-team)"}}},
         {"disabled", true}});
    m_core->post("identity/entity-alias", {{"name", "wolfgang-maximilian.szilagyi-koszeghy@identity.example.com"},
                                           {"canonical_id", person.toStdString()},
                                           {"mount_accessor", m_interesting.mount.toStdString()}});
    const QString arabic = m_core->post("identity/entity", {{"name", "فاطمة الزهراء (release)"}});
    const QString hebrew = m_core->addGroup(text("צוות שחרור 24/7"), {text("default")}, {group}, {arabic, person});
    const QString deep = m_core->addGroup(
        text("kubernetes-sig-release-release-managers-and-everybody-who-ever-was-one-of-them-anywhere"),
        {text("on-call")}, {hebrew}, {person});
    m_core->post("kith/members/" + group.toStdString(), {{"add_entity_ids", boost::json::array{person.toStdString()}}});
    test::ExternalGroup directory(*m_core, "company-directory-of-the-headquarters", "release-managers");
    const QString named = m_core->post("identity/entity", {{"name", "Zoë Müller-Lüdenscheidt"}});
    directory.bring(*m_core, named.toStdString(), "zoe.mueller-luedenscheidt@example.com", "release-managers");
    directory.bring(*m_core, arabic.toStdString(), "فاطمة", "release-managers");
    directory.refresh(*m_core, named.toStdString(), {}, identity::RefreshedBy::Renewal);
    m_interesting.loggedIn = m_core->ref(named);
    m_interesting.filled = m_core->ref(QString::fromStdString(directory.uuid));
    m_interesting.awkward = m_core->ref(person);
    QVERIFY(m_interesting.awkward && !deep.isEmpty());
}

void tst_Pictures::end()
{
    m_window.reset(); // before its language goes
    if (!QTest::currentTestFailed())
        QVERIFY2(m_gallery->found().isEmpty(), qPrintable(m_gallery->found().join(QLatin1Char('\n'))));
}

void tst_Pictures::organisation()
{
    QFETCH(int, variant);
    const test::Setting setting(test::Variants.at(static_cast<std::size_t>(variant)));
    openWindow();
    (new views::LocalCoreGuide(m_core->connection(), m_secrets, *m_window))->start();
    Walk walk(*m_window, [this](QWidget &shown, const QString &name) { look(shown, name); });
    const Interesting &some = m_interesting;
    const std::vector<Walk::Stop> stops{
        {text("entities"), {Page::Entities, {}, {}, {}}},
        {text("entities-one"), {Page::Entities, {}, some.person, {}}},
        {text("entities-awkward"), {Page::Entities, {}, some.awkward, {}}},
        {text("entities-two"), {Page::Entities, {}, some.person, {}}, {some.person, some.other, some.awkward}},
        {text("groups"), {Page::Groups, some.group, ObjectRef::of(some.group), {}}},
        {text("groups-one"), {Page::Groups, some.group, some.person, {}}},
        {text("groups-external"), {Page::Groups, some.external, ObjectRef::of(some.external), {}}},
        {text("aliases"), {Page::Aliases, {}, {}, {}}},
        {text("policies"), {Page::Policies, {}, {}, some.policy}},
        {text("policies-undefined"), {Page::Policies, {}, {}, some.undefined}},
        {text("mounts"), {Page::Mounts, {}, {}, some.mount}},
    };
    for (const Walk::Stop &stop : stops)
        walk.visit(stop);
    for (const Walk::Stop &stop : stops)
        walk.dialogs(stop);
    lookAtPolicies();
    lookAtMounts();
    lookAtAliases();
    lookAtLogins();
    lookAtMerge(walk);
    lookAtFilters();
    lookAtSearch();
    lookAtDrag();
    lookAtMessages();
    end();
}

void tst_Pictures::emptyCore()
{
    QFETCH(int, variant);
    const test::Setting setting(test::Variants.at(static_cast<std::size_t>(variant)));
    test::WindowCore core;
    WindowDriver::openWindow(core.connection());
    (new views::LocalCoreGuide(core.connection(), m_secrets, *m_window))->start();
    Walk walk(*m_window, [this](QWidget &shown, const QString &name) { look(shown, name); });
    for (const Page page : {Page::Welcome, Page::Entities, Page::Groups, Page::Aliases, Page::Policies, Page::Mounts})
        walk.visit({views::pageName(page), {page, {}, {}, {}}});
    end();
}

/// The dialog that has just been opened, which is closed then.
void tst_Pictures::lookAtOpened(const QString &name)
{
    QDialog *opened = nullptr;
    for (QDialog *dialog : m_window->findChildren<QDialog *>())
        if (dialog->isVisible())
            opened = dialog;
    QVERIFY2(opened, qPrintable(name));
    QTest::qWait(150); // what it reads first
    look(*opened, text("dialog-") + name);
    opened->reject();
    QTest::qWait(10);
}

/// A rule that isn't one, and the question of who leaves it there.
void tst_Pictures::lookAtPolicies()
{
    m_window->navigator().go({Page::Policies, {}, {}, m_interesting.policy});
    settle();
    auto *editor = find<QPlainTextEdit>("policyText");
    editor->setPlainText(text("path \"secret/data/release/*\" {\n  capabilities = [\"read\", \"wirte\"]\n}\n"));
    QTRY_VERIFY(!find<QLabel>("policyFault")->text().isEmpty());
    look(*m_window, text("policies-fault"));
    m_window->close();
    lookAtOpened(text("discard"));
    find<QPushButton>("revertPolicy")->click();
    settle();
}

void tst_Pictures::lookAtMounts()
{
    m_window->navigator().go({Page::Mounts, {}, {}, m_interesting.mount});
    settle();
    for (const char *action : {"describeMount", "enableMount", "disableMount"}) {
        find<QAction>(action)->trigger();
        lookAtOpened(text(action));
    }
}

void tst_Pictures::lookAtAliases()
{
    m_window->navigator().go({Page::Entities, {}, m_interesting.awkward, {}});
    settle();
    find<QAbstractButton>("editAlias")->click();
    lookAtOpened(text("alias"));
    m_window->navigator().go({Page::Groups, m_interesting.external, ObjectRef::of(m_interesting.external), {}});
    settle();
    showTabOf("memberCards");
    for (auto *edit : m_window->findChildren<QAbstractButton *>(text("editAlias")))
        if (edit->isVisible())
            edit->click();
    lookAtOpened(text("groupAlias"));
}

/// The tab of the inspector that these cards are on.
const views::CardView *tst_Pictures::showTabOf(const char *name)
{
    const auto *cards = find<views::CardView>(name);
    auto *tabs = find<QTabWidget>("inspectorTabs");
    for (int tab = 0; tab < tabs->count(); ++tab)
        if (tabs->widget(tab)->isAncestorOf(cards))
            tabs->setCurrentIndex(tab);
    return cards;
}

/// What logins changed last, of somebody and of a group.
void tst_Pictures::lookAtLogins()
{
    for (const ObjectRef &object : {m_interesting.loggedIn, m_interesting.filled}) {
        const bool person = object.kind == connection::ObjectKind::Entity;
        m_window->navigator().open(object);
        settle();
        const auto *cards = showTabOf(person ? "groupCards" : "memberCards");
        QTRY_VERIFY(!cards->cards().empty());
        settle();
        QTest::qWait(30); // layouts
        look(*m_window, person ? text("logins-entity") : text("logins-group"));
    }
    find<QTabWidget>("inspectorTabs")->setCurrentIndex(0);
}

void tst_Pictures::lookAtMerge(Walk &walk)
{
    walk.go({text("entities-pair"),
             {Page::Entities, {}, m_interesting.person, {}},
             {m_interesting.person, m_interesting.awkward}});
    look(*m_window, text("entities-pair"));
    find<QAction>("merge")->trigger();
    QTRY_VERIFY(find<QPushButton>("mergePeople")->isEnabled());
    lookAtOpened(text("mergeTwo"));
}

void tst_Pictures::setMetadataFilter(const QString &key, const QString &value)
{
    find<QAction>("filterMetadata")->trigger();
    auto *dialog = find<QDialog>("conditionDialog");
    find<QLineEdit>("conditionKey", dialog)->setText(key);
    find<QLineEdit>("conditionValue", dialog)->setText(value);
    dialog->accept();
    settle();
}

void tst_Pictures::lookAtFilters()
{
    m_window->navigator().showPage(Page::Entities);
    settle();
    for (const char *about : {"filterGroup", "filterPolicy", "filterMount", "filterMetadata"}) {
        find<QAction>(about)->trigger();
        auto *dialog = find<QDialog>("conditionDialog");
        QTest::qWait(150);
        look(*dialog, text("dialog-") + text(about));
        delete dialog;
    }
    auto *menu = find<QMenu>("filterMenu");
    menu->popup(QPoint());
    look(*menu, text("menu-filter"));
    menu->close();
    find<QAction>("filterDisabled")->trigger();
    setMetadataFilter(text("organisation-of-the-project"), {});
    setMetadataFilter(text("team"), text("הנדסה (release-team)"));
    settle();
    look(*m_window, text("entities-filtered"));
    Q_EMIT menu->aboutToShow();
    find<QAction>("clearFilter")->trigger();
    settle();
}

void tst_Pictures::lookAtSearch()
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    auto *search = find<QLineEdit>("searchField");
    auto *hits = find<QListView>("searchHits");
    trigger("find");
    for (const char *typed : {"re", "new", "zzqq"}) {
        search->clear();
        QTest::keyClicks(search, text(typed));
        QTest::qWait(300); // it waits whether more is typed
        QTRY_VERIFY(find<QWidget>("searchDrop")->isVisible());
        look(*m_window, text("search-") + text(typed));
    }
    search->clear();
    QTest::keyClick(search, Qt::Key_Escape);
    QTRY_VERIFY(!hits->isVisible());
}

/// What the hint says while people are dragged onto a group.
void tst_Pictures::lookAtDrag()
{
    m_window->navigator().go({Page::Groups, m_interesting.group, m_interesting.person, {}});
    settle();
    auto *tree = find<QTreeView>("groupTree");
    const auto places = qobject_cast<items::GroupTreeModel *>(tree->model())->indexesFor(m_interesting.group);
    QVERIFY(!places.isEmpty());
    const auto everybody = test::await(m_core->directory().entityRows({}));
    items::CarriedObjects carried;
    carried.core = m_core->connection().location();
    carried.people = {everybody->at(0), everybody->at(1), m_interesting.awkward.entity()};
    carried.names = {text("a"), text("b"), text("c")};
    const auto data = items::pack(carried);
    const QPoint at = tree->visualRect(places.front()).center();
    QDragEnterEvent enter(at, Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(tree->viewport(), &enter);
    QDragMoveEvent move(at, Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(tree->viewport(), &move);
    auto *hint = m_window->findChild<views::DropHint *>();
    QTRY_VERIFY(hint && hint->isVisible() && hint->text().contains(QLatin1Char('\n')));
    QTest::qWait(500); // what would happen is asked for
    QDragMoveEvent again(at + QPoint(1, 0), Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(tree->viewport(), &again);
    look(*m_window, text("drag"));
    QDragLeaveEvent leave;
    QApplication::sendEvent(tree->viewport(), &leave);
}

void tst_Pictures::lookAtMessages()
{
    m_window->navigator().open(m_interesting.person);
    settle();
    m_window->editor().setEnabled({m_interesting.awkward.entity()}, views::Editor::Enabled::Yes);
    settle();
    look(*m_window, text("message-done"));
    m_window->editor().undo();
    settle();
    look(*m_window, text("message-undone"));
    m_window->setMark(QColor(0xc0, 0x1c, 0x28), views::MainWindow::Weight::Production);
    m_window->setBadge(text("127.0.0.1:8200"));
    m_window->setRemark(text("Ada"), views::Tone::Warning);
    m_window->showMessage(
        {views::Message::Kind::Problem,
         text("permission denied: 1 error occurred, and what the server says of it is longer than the "
              "line that is left for it in a window of this size, so that it is shortened"),
         {}});
    look(*m_window, text("message-problem"));
}

QTEST_MAIN(tst_Pictures)
#include "tst_Pictures.moc"
