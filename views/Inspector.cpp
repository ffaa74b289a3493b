// SPDX-License-Identifier: Apache-2.0
#include "Inspector.h"

#include "Chip.h"
#include "Editor.h"
#include "ErrorText.h"
#include "InspectorMessage.h"
#include "InspectorTabs.h"
#include "Look.h"
#include "NeighbourCards.h"
#include "ObjectHeader.h"
#include "SeveralPane.h"
#include "connection/Async.h"
#include "connection/TableRows.h"

#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace kith::views {

namespace {

using connection::EntityDetail;
using connection::GroupDetail;
using connection::ObjectKind;
using connection::ObjectRef;

constexpr std::chrono::milliseconds Slow(1000);
constexpr int MembersShown = 200;

} // namespace

class Inspector::Private
{
public:
    Private(Inspector &inspector, connection::Connection &connection, Editor &editor);

    void build(Editor &editor);
    void join(const Permissions *permissions);
    void say(const QString &title, const QString &text);
    void begin(std::vector<ObjectRef> shown, connection::Rows<EntityId> shownPeople);
    void showSeveral();
    void load();
    void loadEntity(int generation);
    void loadGroup(int generation);
    void loadMembers(GroupId group, int generation);
    void showMembers();
    void failed(const Error &error);
    void show(const EntityDetail &entity);
    void show(const GroupDetail &group);
    void arrived();
    bool isReady() const;

    Inspector &q;
    connection::Connection &connection;
    std::vector<ObjectRef> objects;
    connection::Rows<EntityId> people;          ///< Several, instead.
    QString name;                               ///< Of the object shown last.
    std::vector<connection::MemberRow> members; ///< Read, but not shown yet.
    int directMembers = 0;
    int generation = 0;
    bool detailHere = true;
    bool membersHere = true;
    bool wasReady = true;

    QStackedWidget *stack = nullptr;
    InspectorMessage *message = nullptr;
    QWidget *objectPage = nullptr;
    SeveralPane *several = nullptr;
    ObjectHeader *header = nullptr;
    FieldNote *remark = nullptr;
    InspectorTabs *tabs = nullptr;
    QTimer slow;
    QTimer reload;
};

Inspector::Private::Private(Inspector &inspector, connection::Connection &c, Editor &editor)
    : q(inspector), connection(c)
{
    build(editor);
    join(&editor.permissions());
}

void Inspector::Private::build(Editor &editor)
{
    stack = new QStackedWidget(&q);
    message = new InspectorMessage(stack);
    objectPage = new QWidget(stack);
    header = new ObjectHeader(connection, editor, objectPage);
    remark = new FieldNote(objectPage);
    remark->setObjectName(QStringLiteral("inspectorRemark"));
    tabs = new InspectorTabs(connection, editor, objectPage);
    auto *rows = new QVBoxLayout(objectPage);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(header);
    rows->addWidget(remark);
    rows->addWidget(tabs, 1);
    several = new SeveralPane(connection, stack);
    stack->addWidget(message);
    stack->addWidget(objectPage);
    stack->addWidget(several);
    auto *all = new QVBoxLayout(&q);
    all->setContentsMargins(16, 8, 12, 8); // its title beside those of the panes
    all->addWidget(stack);
    q.setObjectName(QStringLiteral("inspector"));
    q.setAccessibleName(Inspector::tr("Inspector"));
}

void Inspector::Private::join(const Permissions *permissions)
{
    slow.setSingleShot(true);
    reload.setSingleShot(true);
    QObject::connect(&slow, &QTimer::timeout, &q, [this] {
        message->sayLoading();
        stack->setCurrentWidget(message);
    });
    QObject::connect(&reload, &QTimer::timeout, &q, [this] { load(); });
    const auto again = [this] {
        if (objects.size() == 1)
            reload.start(0);
    };
    QObject::connect(&connection, &connection::Connection::changed, &q, again);
    QObject::connect(permissions, &Permissions::changed, &q, again); // also when another writer came or went
    QObject::connect(tabs, &InspectorTabs::openObject, &q, &Inspector::openObject);
    QObject::connect(tabs, &InspectorTabs::policiesLoaded, &q, [this] { arrived(); });
    QObject::connect(tabs, &InspectorTabs::notice, &q, &Inspector::notice);
    QObject::connect(several, &SeveralPane::openObject, &q, &Inspector::openObject);
    QObject::connect(several, &SeveralPane::ready, &q, &Inspector::ready);
    QObject::connect(header, &ObjectHeader::said, &q, &Inspector::notice);
}

void Inspector::Private::say(const QString &title, const QString &text)
{
    message->say(title, text);
    stack->setCurrentWidget(message);
}

void Inspector::Private::showSeveral()
{
    const auto people = std::count_if(objects.begin(), objects.end(),
                                      [](const ObjectRef &object) { return object.kind == ObjectKind::Entity; });
    const int count = static_cast<int>(objects.size());
    say(people == 0 ? Inspector::tr("%Ln group(s) selected", nullptr, count)
                    : Inspector::tr("%Ln object(s) selected", nullptr, count),
        Inspector::tr("Drag them onto a group, or press Ctrl+Shift+A to add them to one. Select a single one to see "
                      "why it has the policies that it has."));
}

void Inspector::Private::load()
{
    const ObjectRef object = objects.front();
    detailHere = false;
    membersHere = object.kind == ObjectKind::Entity;
    wasReady = false;
    ++generation;
    tabs->loadPolicies(object);
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

/// A few of perhaps very many.
void Inspector::Private::loadMembers(GroupId group, int asked)
{
    members.clear();
    auto *source = dynamic_cast<connection::TableSource *>(&connection.directory());
    if (!source) {
        membersHere = true;
        return;
    }
    connection::whenReady(source->firstMembers(group, MembersShown), &q, [this, asked](auto rows) {
        if (asked != generation)
            return;
        membersHere = true;
        if (rows)
            members = std::move(*rows);
        showMembers();
        arrived();
    });
}

/// When it is known how many there are.
void Inspector::Private::showMembers()
{
    if (detailHere && membersHere)
        tabs->showMembers(memberCards(std::exchange(members, {}), directMembers, QDateTime::currentDateTime()));
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

void Inspector::Private::show(const EntityDetail &entity)
{
    name = entity.row.name;
    header->showEntity(entity);
    tabs->showObject(entity);
    stack->setCurrentWidget(objectPage);
}

void Inspector::Private::show(const GroupDetail &group)
{
    name = group.row.name;
    directMembers = group.row.directMembers;
    header->showGroup(group);
    tabs->showObject(group);
    showMembers();
    stack->setCurrentWidget(objectPage);
}

bool Inspector::Private::isReady() const
{
    return objects.size() != 1 ? several->isReady() : (detailHere && membersHere && !tabs->isLoading());
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

void Inspector::Private::begin(std::vector<ObjectRef> shown, connection::Rows<EntityId> shownPeople)
{
    objects = std::move(shown);
    people = std::move(shownPeople);
    remark->say({});
    several->showPeople(people);
    ++generation;
    reload.stop();
    slow.stop();
}

void Inspector::showPeople(const connection::Rows<EntityId> &people)
{
    if (people.ids() == m_d->people.ids() ||
        (people.size() == m_d->people.size() && *people.ids() == *m_d->people.ids()))
        return;
    m_d->begin({}, people);
    m_d->stack->setCurrentWidget(m_d->several);
}

void Inspector::showObjects(std::vector<ObjectRef> objects)
{
    if (!objects.empty() && objects == m_d->objects)
        return;
    if (objects.size() > 1 &&
        std::all_of(objects.begin(), objects.end(), [](ObjectRef object) { return object.entity().operator bool(); })) {
        auto ids = std::make_shared<std::vector<quint32>>();
        for (const ObjectRef object : objects)
            ids->push_back(static_cast<quint32>(object.id));
        return showPeople(connection::Rows<EntityId>(ids));
    }
    m_d->begin(std::move(objects), {});
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

void Inspector::setRemark(const QString &text, Tone tone)
{
    m_d->remark->say(text, tone);
}

void Inspector::addTools(const QList<QAction *> &tools)
{
    m_d->header->addTools(tools);
}

void Inspector::setActionsOfSeveral(const QList<QAction *> &actions)
{
    m_d->several->setActions(actions);
}

void Inspector::startRename()
{
    if (m_d->stack->currentWidget() == m_d->objectPage)
        m_d->header->startRename();
}

} // namespace kith::views
