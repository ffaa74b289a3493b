// SPDX-License-Identifier: Apache-2.0
#include "Edit.h"

#include "Look.h"
#include "connection/Async.h"
#include "connection/Requests.h"

#include <QFutureWatcher>
#include <QtConcurrent/QtConcurrentRun>

namespace kith::views {

using connection::Directory;
using connection::ObjectKind;
using connection::ObjectRef;
using connection::whenReady;

static constexpr int ShownName = 60; ///< Characters of a name in a sentence.

QString Edit::nothingText() const
{
    return tr("Nothing to change");
}

QString Edit::conflictText(const Error &) const
{
    return tr("Somebody else changed it meanwhile.");
}

void Edit::fillAside(QObject *context, Direction direction, std::function<void(Parts)> ready,
                     std::function<void()> fill)
{
    aside(
        context, [fill = std::move(fill), ready] { fill(); }, // `ready` keeps this, also when the context has gone
        [this, direction, ready] { ready(somethingForUnits(direction)); });
}

void follow(QString &uuid, const Edit::NewIds &ids)
{
    if (const auto found = ids.find(uuid); found != ids.end())
        uuid = found->second;
}

void follow(boost::json::value &value, const Edit::NewIds &ids)
{
    if (auto *object = value.if_object()) {
        for (auto &member : *object)
            follow(member.value(), ids);
    } else if (auto *array = value.if_array()) {
        for (boost::json::value &element : *array)
            follow(element, ids);
    } else if (value.is_string()) {
        QString text = connection::textOf(value);
        follow(text, ids);
        value = connection::toJson(text);
    }
}

namespace {

/// One resolve() under way: UUIDs, then names of people, then names of groups.
struct Resolving : std::enable_shared_from_this<Resolving> {
    Directory &directory;
    QObject *context;
    std::vector<ObjectRef> toName;
    std::function<void(Result<Resolved>)> ready;
    Resolved resolved = {};

    Resolving(Directory &from, QObject *in, std::vector<ObjectRef> names, std::function<void(Result<Resolved>)> then)
        : directory(from), context(in), toName(std::move(names)), ready(std::move(then))
    {}

    void start(std::vector<ObjectRef> objects)
    {
        whenReady(directory.uuids(std::move(objects)), context, [self = shared_from_this()](auto uuids) {
            if (!uuids)
                return self->ready(uuids.error());
            if (std::any_of(uuids->begin(), uuids->end(), [](const QString &uuid) { return uuid.isEmpty(); }))
                return self->ready(Error{ErrorCode::NotFound, 404, {}, {}});
            self->resolved.uuids = std::move(*uuids);
            self->resolved.names.resize(self->toName.size());
            self->namePeople();
        });
    }

    void namePeople()
    {
        std::vector<EntityId> ids;
        for (ObjectRef object : toName)
            if (object.kind == ObjectKind::Entity && object)
                ids.push_back(object.entity());
        if (ids.empty())
            return nameGroups();
        whenReady(directory.entities(ids), context, [self = shared_from_this()](auto rows) {
            if (!rows)
                return self->ready(rows.error());
            for (const auto &row : *rows)
                self->put(ObjectRef::of(row.id), row.name);
            self->nameGroups();
        });
    }

    void nameGroups()
    {
        std::vector<GroupId> ids;
        for (ObjectRef object : toName)
            if (object.kind == ObjectKind::Group && object)
                ids.push_back(object.group());
        if (ids.empty())
            return ready(std::move(resolved));
        whenReady(directory.groups(ids), context, [self = shared_from_this()](auto rows) {
            if (!rows)
                return self->ready(rows.error());
            for (const auto &row : *rows)
                self->put(ObjectRef::of(row.id), row.name);
            self->ready(std::move(self->resolved));
        });
    }

    void put(ObjectRef object, const QString &name)
    {
        for (std::size_t i = 0; i < toName.size(); ++i)
            if (toName[i] == object)
                resolved.names[i] = shownName(name, ShownName);
    }
};

} // namespace

void resolve(Directory &directory, QObject *context, std::vector<ObjectRef> objects, std::vector<ObjectRef> toName,
             std::function<void(Result<Resolved>)> ready)
{
    std::make_shared<Resolving>(directory, context, std::move(toName), std::move(ready))->start(std::move(objects));
}

void aside(QObject *context, std::function<void()> work, std::function<void()> then)
{
    auto *watcher = new QFutureWatcher<void>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)] {
        watcher->deleteLater();
        then();
    });
    watcher->setFuture(QtConcurrent::run(std::move(work)));
}

QString subjectText(std::size_t people, std::size_t groups, const QString &name)
{
    if (people + groups == 1)
        return name;
    const auto count = static_cast<int>(people + groups);
    if (groups == 0)
        return QCoreApplication::translate("kith::views::Edit", "%Ln people", "never one", count);
    if (people == 0)
        return QCoreApplication::translate("kith::views::Edit", "%Ln groups", "never one", count);
    return QCoreApplication::translate("kith::views::Edit", "%Ln objects", "people and groups, never one", count);
}

} // namespace kith::views
