// SPDX-License-Identifier: Apache-2.0
#include "Inspector.h"

#include "AliasList.h"
#include "Editor.h"
#include "ErrorText.h"
#include "KnownPolicies.h"
#include "MetadataEditor.h"
#include "NeighbourCards.h"
#include "ObjectHeader.h"
#include "OwnPolicies.h"
#include "PolicySourcesView.h"
#include "connection/Async.h"

#include <QApplication>
#include <QLabel>
#include <QProgressBar>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace kith::views {

namespace {

using connection::EntityDetail;
using connection::GroupDetail;
using connection::ObjectKind;
using connection::ObjectRef;

constexpr std::chrono::milliseconds Slow(1000);
constexpr std::size_t NamesOfSeveral = 12;
constexpr int MembersShown = 200;

QScrollArea *scrolled(QWidget *widget)
{
    auto *area = new QScrollArea;
    area->setWidget(widget);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

QLabel *textLabel(const char *name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

class Inspector::Private
{
public:
    Private(Inspector &inspector, connection::Connection &connection, Editor &editor);

    void build();
    QWidget *buildMessage();
    QWidget *buildObject();
    void join();
    void say(const QString &title, const QString &text);
    void showSeveral();
    void load();
    void loadEntity(int generation);
    void loadGroup(int generation);
    void loadMembers(GroupId group, int generation);
    void failed(const Error &error);
    void show(const EntityDetail &entity);
    void show(const GroupDetail &group);
    void showObjectPage(const QString &name);
    void updateCount();
    void arrived();
    bool isReady() const;

    enum Tab { PoliciesTab, MembersTab, GroupsTab, AliasesTab, MetadataTab };
    void setTab(Tab tab, const QString &text) { tabs->setTabText(tab, text); }
    void setKind(ObjectKind kind);

    Inspector &q;
    connection::Connection &connection;
    Editor &editor;
    KnownPolicies known;
    std::vector<ObjectRef> objects;
    QString name; ///< Of the object shown last.
    int generation = 0;
    bool detailHere = true;
    bool membersHere = true;
    bool wasReady = true;

    QStackedWidget *stack = nullptr;
    QWidget *messagePage = nullptr;
    QLabel *messageTitle = nullptr;
    QLabel *messageText = nullptr;
    QProgressBar *busy = nullptr;
    QWidget *objectPage = nullptr;
    ObjectHeader *header = nullptr;
    QTabWidget *tabs = nullptr;
    PolicySourcesView *policies = nullptr;
    OwnPolicies *own = nullptr;
    CardView *groups = nullptr;
    CardView *members = nullptr;
    AliasList *aliases = nullptr;
    AliasList *groupAlias = nullptr;
    MetadataEditor *metadata = nullptr;
    QTimer slow;
    QTimer reload;
};

Inspector::Private::Private(Inspector &inspector, connection::Connection &c, Editor &e)
    : q(inspector), connection(c), editor(e), known(c)
{
    build();
    join();
}

void Inspector::Private::build()
{
    stack = new QStackedWidget(&q);
    messagePage = buildMessage();
    objectPage = buildObject();
    stack->addWidget(messagePage);
    stack->addWidget(objectPage);
    auto *all = new QVBoxLayout(&q);
    all->setContentsMargins(16, 12, 12, 8);
    all->addWidget(stack);
    q.setObjectName(QStringLiteral("inspector"));
    q.setAccessibleName(Inspector::tr("Inspector"));
    const QStringList widest = {Inspector::tr("Effective policies %1").arg(100), Inspector::tr("Groups %1").arg(100),
                                Inspector::tr("Aliases %1").arg(10), Inspector::tr("Metadata")};
    constexpr int AroundTab = 24;
    constexpr int AroundPane = 28;
    q.setMinimumWidth(q.fontMetrics().horizontalAdvance(widest.join(QString())) +
                      AroundTab * static_cast<int>(widest.size()) + AroundPane);
}

QWidget *Inspector::Private::buildMessage()
{
    auto *page = new QWidget(&q);
    messageTitle = textLabel("inspectorMessageTitle", page);
    messageTitle->setFont(titleFont(q.font()));
    messageText = textLabel("inspectorMessage", page);
    QPalette palette = messageText->palette();
    palette.setColor(QPalette::WindowText, toneColor(palette, Tone::Quiet));
    messageText->setPalette(palette);
    busy = new QProgressBar(page);
    busy->setRange(0, 0);
    busy->setTextVisible(false);
    busy->setMaximumHeight(6);
    busy->hide();
    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(messageTitle);
    rows->addWidget(busy);
    rows->addWidget(messageText);
    rows->addStretch();
    return page;
}

QWidget *Inspector::Private::buildObject()
{
    auto *page = new QWidget(&q);
    header = new ObjectHeader(connection, editor, page);
    tabs = new QTabWidget(page);
    tabs->setObjectName(QStringLiteral("inspectorTabs"));
    tabs->setAccessibleName(tr("About what is selected"));
    tabs->setDocumentMode(true);
    tabs->setUsesScrollButtons(true);

    auto *policiesPage = new QWidget;
    policies = new PolicySourcesView(connection, policiesPage);
    own = new OwnPolicies(editor, known, policiesPage);
    auto *policyRows = new QVBoxLayout(policiesPage);
    policyRows->setContentsMargins(0, 0, 0, 0);
    policyRows->addWidget(policies, 1);
    policyRows->addWidget(own);
    tabs->addTab(policiesPage, {});

    auto *membersPage = new QWidget;
    members = new CardView(membersPage);
    members->setObjectName(QStringLiteral("memberCards"));
    members->setAccessibleName(Inspector::tr("Direct members"));
    groupAlias = new AliasList(connection, editor, membersPage);
    auto *memberRows = new QVBoxLayout(membersPage);
    memberRows->setContentsMargins(0, 8, 0, 0);
    memberRows->addWidget(members, 1);
    memberRows->addWidget(groupAlias);
    tabs->addTab(membersPage, {});

    groups = new CardView;
    groups->setObjectName(QStringLiteral("groupCards"));
    groups->setAccessibleName(Inspector::tr("Groups"));
    tabs->addTab(groups, {});
    aliases = new AliasList(connection, editor);
    tabs->addTab(scrolled(aliases), {});
    metadata = new MetadataEditor(editor);
    tabs->addTab(scrolled(metadata), Inspector::tr("Metadata"));

    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(header);
    rows->addWidget(tabs, 1);
    return page;
}

void Inspector::Private::join()
{
    slow.setSingleShot(true);
    reload.setSingleShot(true);
    QObject::connect(&slow, &QTimer::timeout, &q, [this] {
        say(Inspector::tr("Loading …"), {});
        busy->show();
    });
    QObject::connect(&reload, &QTimer::timeout, &q, [this] { load(); });
    QObject::connect(&connection, &connection::Connection::changed, &q, [this] {
        if (objects.size() == 1)
            reload.start(0);
    });
    QObject::connect(&connection, &connection::Connection::writerChanged, &q, [this] {
        if (objects.size() == 1)
            reload.start(0);
    });
    QObject::connect(policies, &PolicySourcesView::openObject, &q, &Inspector::openObject);
    QObject::connect(policies, &PolicySourcesView::countChanged, &q, [this] { updateCount(); });
    QObject::connect(policies, &PolicySourcesView::loaded, &q, [this] {
        updateCount();
        arrived();
    });
    QObject::connect(policies, &PolicySourcesView::copied, &q, [this] {
        Q_EMIT q.notice(Inspector::tr("The policies and their sources are on the clipboard."));
    });
    QObject::connect(header, &ObjectHeader::copied, &q, &Inspector::notice);
    for (CardView *view : {groups, members})
        QObject::connect(view, &CardView::activated, &q, [this](const QString &target) {
            if (const ObjectRef object = objectOfTarget(target))
                Q_EMIT q.openObject(object);
        });
}

void Inspector::Private::say(const QString &title, const QString &text)
{
    busy->hide();
    messageTitle->setText(title);
    messageText->setText(text);
    stack->setCurrentWidget(messagePage);
}

void Inspector::Private::showSeveral()
{
    const auto people = std::count_if(objects.begin(), objects.end(),
                                      [](const ObjectRef &object) { return object.kind == ObjectKind::Entity; });
    const bool allPeople = people == static_cast<std::ptrdiff_t>(objects.size());
    const int count = static_cast<int>(objects.size());
    const QString title = allPeople     ? Inspector::tr("%Ln entity(s) selected", nullptr, count)
                          : people == 0 ? Inspector::tr("%Ln group(s) selected", nullptr, count)
                                        : Inspector::tr("%Ln object(s) selected", nullptr, count);
    const QString hint = Inspector::tr("Drag them onto a group, or press Ctrl+Shift+A to add them to one. Select a "
                                       "single one to see why it has the policies that it has.");
    say(title, hint);
    if (!allPeople)
        return;
    std::vector<EntityId> ids;
    for (const ObjectRef &object : objects)
        if (ids.size() < NamesOfSeveral)
            ids.push_back(object.entity());
    const int asked = generation;
    connection::whenReady(connection.directory().entities(ids), &q, [this, asked, hint](const auto &rows) {
        if (asked != generation || !rows)
            return;
        QStringList names;
        for (const connection::EntityRow &row : *rows)
            names.push_back(shownName(row.name, 60));
        if (objects.size() > rows->size())
            names.push_back(Inspector::tr("and %Ln more", nullptr, static_cast<int>(objects.size() - rows->size())));
        messageText->setText(names.join(QLatin1Char('\n')) + QStringLiteral("\n\n") + hint);
    });
}

void Inspector::Private::load()
{
    const ObjectRef object = objects.front();
    detailHere = false;
    membersHere = object.kind == ObjectKind::Entity;
    wasReady = false;
    ++generation;
    policies->setObject(object);
    if (object.kind == ObjectKind::Entity)
        loadEntity(generation);
    else
        loadGroup(generation);
}

void Inspector::Private::loadEntity(int asked)
{
    connection::whenReady(connection.directory().entity(objects.front().entity()), &q,
                          [this, asked](const Result<EntityDetail> &detail) {
                              if (asked != generation)
                                  return;
                              slow.stop();
                              detailHere = true;
                              if (detail)
                                  show(*detail);
                              else
                                  failed(detail.error());
                              arrived();
                          });
}

void Inspector::Private::loadGroup(int asked)
{
    const GroupId id = objects.front().group();
    connection::whenReady(connection.directory().group(id), &q, [this, asked](const Result<GroupDetail> &detail) {
        if (asked != generation)
            return;
        slow.stop();
        detailHere = true;
        if (detail)
            show(*detail);
        else
            failed(detail.error());
        arrived();
    });
    loadMembers(id, asked);
}

void Inspector::Private::loadMembers(GroupId group, int asked)
{
    connection::MemberQuery query;
    query.group = group;
    const auto done = [this](std::vector<Card> cards) {
        membersHere = true;
        members->setCards(std::move(cards), Inspector::tr("Nobody is in this group directly."), CardView::Scroll::Keep);
        arrived();
    };
    connection::whenReady(connection.directory().memberRows(query), &q, [this, group, asked, done](const auto &rows) {
        if (asked != generation)
            return;
        if (!rows || rows->size() == 0) {
            done({});
            return;
        }
        std::vector<EntityId> ids;
        for (int row = 0; row < std::min(rows->size(), MembersShown); ++row)
            ids.push_back(rows->at(row));
        const int all = rows->size();
        connection::whenReady(connection.directory().members(group, std::move(ids)), &q,
                              [this, asked, all, done](const auto &values) {
                                  if (asked == generation)
                                      done(values ? memberCards(*values, all) : std::vector<Card>());
                              });
    });
}

void Inspector::Private::failed(const Error &error)
{
    if (error.code == ErrorCode::NotFound) {
        const QString who = name.isEmpty() ? Inspector::tr("It") : shownName(name, 80);
        say(Inspector::tr("%1 is gone").arg(who),
            Inspector::tr("It was deleted here or elsewhere. If it was here, Undo brings it back."));
        return;
    }
    say(Inspector::tr("This can't be shown"), errorText(error));
}

void Inspector::Private::setKind(ObjectKind kind)
{
    const bool entity = kind == ObjectKind::Entity;
    if (tabs->isTabVisible(AliasesTab) == entity && tabs->isTabVisible(MembersTab) == !entity)
        return;
    tabs->setTabVisible(AliasesTab, entity);
    tabs->setTabVisible(MembersTab, !entity);
}

void Inspector::Private::show(const EntityDetail &entity)
{
    const ObjectRef object = ObjectRef::of(entity.row.id);
    header->showEntity(entity);
    setKind(ObjectKind::Entity);
    own->setObject(object, entity.policies);
    aliases->setOwner(object, entity.row.uuid, entity.aliases);
    metadata->setObject(object, entity.metadata);
    groups->setCards(membershipCards(entity), Inspector::tr("In no group. Drag the entity onto one in the hierarchy."),
                     CardView::Scroll::Keep);
    setTab(GroupsTab, Inspector::tr("Groups %1").arg(QLocale().toString(qlonglong(entity.groups.size()))));
    setTab(AliasesTab, Inspector::tr("Aliases %1").arg(QLocale().toString(qlonglong(entity.aliases.size()))));
    showObjectPage(entity.row.name);
}

void Inspector::Private::show(const GroupDetail &group)
{
    const ObjectRef object = ObjectRef::of(group.row.id);
    header->showGroup(group);
    setKind(ObjectKind::Group);
    own->setObject(object, group.policies);
    groupAlias->setVisible(group.row.external);
    if (group.row.external)
        groupAlias->setOwner(object, group.row.uuid,
                             group.alias ? std::vector{*group.alias} : std::vector<connection::AliasDetail>());
    metadata->setObject(object, group.metadata);
    groups->setCards(neighbourCards(group),
                     Inspector::tr("In no other group, and without subgroups. Drag groups onto each other in the "
                                   "hierarchy."),
                     CardView::Scroll::Keep);
    setTab(MembersTab, Inspector::tr("Members %1").arg(QLocale().toString(group.row.directMembers)));
    setTab(GroupsTab, Inspector::tr("Groups %1").arg(QLocale().toString(group.row.parents + group.row.subgroups)));
    showObjectPage(group.row.name);
}

void Inspector::Private::showObjectPage(const QString &shown)
{
    name = shown;
    policies->setName(shown);
    updateCount();
    stack->setCurrentWidget(objectPage);
}

void Inspector::Private::updateCount()
{
    const QString text = policies->isLoading()
                             ? Inspector::tr("Effective policies")
                             : Inspector::tr("Effective policies %1").arg(QLocale().toString(policies->policyCount()));
    setTab(PoliciesTab, text);
}

bool Inspector::Private::isReady() const
{
    return objects.size() != 1 || (detailHere && membersHere && !policies->isLoading());
}

void Inspector::Private::arrived()
{
    if (wasReady || !isReady())
        return;
    wasReady = true;
    Q_EMIT q.ready();
}

Inspector::Inspector(connection::Connection &connection, Editor &editor, QWidget *parent)
    : QWidget(parent), m_d(std::make_unique<Private>(*this, connection, editor))
{
    showObjects({});
}

Inspector::~Inspector() = default;

void Inspector::showObjects(std::vector<ObjectRef> objects)
{
    if (!objects.empty() && objects == m_d->objects)
        return;
    m_d->objects = std::move(objects);
    ++m_d->generation;
    m_d->reload.stop();
    m_d->slow.stop();
    if (m_d->objects.empty()) {
        m_d->say(tr("Nothing is selected"),
                 tr("Select a person to see every policy that they have, and every way in which they have it. Select a "
                    "group to see what being in it gives."));
    } else if (m_d->objects.size() > 1) {
        m_d->showSeveral();
    } else {
        m_d->slow.start(Slow);
        m_d->load();
    }
}

ObjectRef Inspector::object() const
{
    return m_d->objects.size() == 1 ? m_d->objects.front() : ObjectRef();
}

bool Inspector::isReady() const
{
    return m_d->isReady();
}

void Inspector::startRename()
{
    if (m_d->stack->currentWidget() == m_d->objectPage)
        m_d->header->startRename();
}

} // namespace kith::views
