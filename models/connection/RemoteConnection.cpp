// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteConnection.h"

#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/ChangeMail.h"
#include "connection/Conversions.h"
#include "connection/LocalDirectory.h"
#include "connection/RemoteChanges.h"
#include "identity/Entities.h"
#include "identity/Groups.h"
#include "identity/Identities.h"
#include "identity/ObjectIds.h"

#include <QThread>
#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>

namespace kith::connection {

namespace {

using Opened = Result<std::unique_ptr<RemoteConnection>>;

} // namespace

class RemoteConnection::Private
{
public:
    explicit Private(const Profile &profile,
                     const std::shared_ptr<ClusterIndex> &index = std::make_shared<ClusterIndex>())
        : client(profile, index), reader(profile, index)
    {}

    RemoteClient client; ///< For people.
    RemoteClient reader; ///< For the mirror, so that nobody waits behind it.
    std::unique_ptr<MirrorStore> store;
    std::unique_ptr<Mirror> mirror;
    std::unique_ptr<ChangeMail> mail;
    std::unique_ptr<LocalDirectory> directory;
    std::unique_ptr<TokenKeeper> keeper;
    std::unique_ptr<RemoteChanges> changes; ///< Used by the sender's thread only.
    bool hasKith = false;
    QThreadPool sender; ///< One thread: requests in the order sent.
    QThreadPool asker;  ///< What needs no order.
};

RemoteConnection::RemoteConnection(std::unique_ptr<Private> d) : m_d(std::move(d))
{
    m_d->sender.setMaxThreadCount(1);
    m_d->asker.setMaxThreadCount(2);
}

void RemoteConnection::watch()
{
    connect(m_d->mirror.get(), &Mirror::stateChanged, this, &RemoteConnection::mirrorChanged);
    connect(m_d->mirror.get(), &Mirror::firstPage, this, &RemoteConnection::firstPage);
    connect(m_d->mirror.get(), &Mirror::refused, m_d->keeper.get(), &TokenKeeper::refused);
    connect(m_d->keeper.get(), &TokenKeeper::stateChanged, this, &RemoteConnection::tokenChanged);
    connect(m_d->keeper.get(), &TokenKeeper::renewed, this, &RemoteConnection::tokenChanged);
    m_d->mail = std::make_unique<ChangeMail>(m_d->store->core().identities(), this, [this](const ChangeSet &changes) {
        if (!changes.empty())
            Q_EMIT changed(changes);
    });
}

RemoteConnection::~RemoteConnection()
{
    m_d->mail.reset();
    m_d->sender.clear();
    m_d->asker.clear();
    m_d->client.close();
    m_d->reader.close();
    // What is under way there ends now, and may tell the mirror so.
    m_d->sender.waitForDone();
    m_d->asker.waitForDone();
    m_d->mirror.reset();
    m_d->directory.reset();
    m_d->keeper.reset();
}

/// Whether the server has kith/ and lets us: who has rights below identity/ only can do all the same, one by one.
bool RemoteConnection::mayUseKith(Private &d)
{
    if (!d.hasKith)
        return false;
    const auto rights = readRightsOf(d.client, {"kith/apply", "kith/members/x", "kith/restore"});
    return !rights || std::all_of(rights->begin(), rights->end(), [](ObjectRights one) { return one.change; });
}

QFuture<Opened> RemoteConnection::open(RemoteOptions options)
{
    return QtConcurrent::run([options = std::move(options), owner = QThread::currentThread()]() -> Opened {
        auto d = std::make_unique<Private>(options.profile);
        d->client.setToken(options.token);
        d->reader.setToken(options.token);
        auto signedIn = blockOn(lookUpToken(d->client));
        if (!signedIn)
            return signedIn.error();
        const auto kith = connection::hasKith(d->client);
        if (!kith)
            return kith.error();
        d->hasKith = *kith;
        auto store = MirrorStore::create();
        if (!store)
            return store.error();
        d->store = std::move(*store);
        d->changes = std::make_unique<RemoteChanges>(
            d->client, *d->store, mayUseKith(*d) ? RemoteChanges::Server::Kith : RemoteChanges::Server::Plain);
        d->directory = std::make_unique<LocalDirectory>(d->store->core().identities());
        d->keeper = std::make_unique<TokenKeeper>(d->client, std::move(*signedIn));
        d->mirror = std::make_unique<Mirror>(d->reader, *d->store);
        std::unique_ptr<RemoteConnection> connection(new RemoteConnection(std::move(d)));
        connection->watch();
        for (QObject *object :
             std::initializer_list<QObject *>{connection.get(), connection->m_d->directory.get(),
                                              connection->m_d->keeper.get(), connection->m_d->mirror.get()})
            object->moveToThread(owner);
        connection->m_d->mirror->setInterval(options.refreshSeconds);
        connection->m_d->mirror->start();
        return connection;
    });
}

QString RemoteConnection::name() const
{
    const Profile &profile = m_d->client.profile();
    return profile.name.isEmpty() ? profile.address : profile.name;
}

QString RemoteConnection::location() const
{
    const Profile &profile = m_d->client.profile();
    return profile.nameSpace.isEmpty() ? profile.address : profile.address + QStringLiteral(" · ") + profile.nameSpace;
}

QString RemoteConnection::otherWriter() const
{
    return {};
}

bool RemoteConnection::isReadOnly() const
{
    return profile().readOnly;
}

QDateTime RemoteConnection::readAt() const
{
    return m_d->mirror->state().readAt;
}

QFuture<Result<core::Response>> RemoteConnection::send(core::Request request)
{
    m_d->keeper->used();
    return QtConcurrent::run(
        &m_d->sender, [this, request = std::move(request)](QPromise<Result<core::Response>> &promise) {
            if (promise.isCanceled())
                return;
            auto answer = m_d->changes->run(request);
            if (answer && answer->status == 403)
                QMetaObject::invokeMethod(m_d->keeper.get(), &TokenKeeper::refused, Qt::QueuedConnection);
            if (m_d->changes->takeUnclear())
                m_d->mirror->refresh();
            for (const RemoteChanges::Clash &clash : m_d->changes->takeClashes())
                QMetaObject::invokeMethod(
                    this,
                    [this, name = toQt(clash.name),
                     overwritten = clash.what == RemoteChanges::Clash::What::MaybeOverwritten] {
                        Q_EMIT clashed(name, overwritten);
                    },
                    Qt::QueuedConnection);
            promise.addResult(std::move(answer));
        });
}

Directory &RemoteConnection::directory()
{
    return *m_d->directory;
}

const Profile &RemoteConnection::profile() const
{
    return m_d->client.profile();
}

bool RemoteConnection::hasKith() const
{
    return m_d->hasKith;
}

const TokenKeeper &RemoteConnection::token() const
{
    return *m_d->keeper;
}

QFuture<Result<void>> RemoteConnection::signOut()
{
    return QtConcurrent::run(&m_d->asker, [this]() -> Result<void> {
        const auto answer = m_d->client.ask(requestOf(core::Operation::Update, "auth/token/revoke-self"));
        m_d->client.setToken({});
        m_d->reader.setToken({});
        if (!answer)
            return answer.error();
        if (!answer->ok())
            return errorOf(*answer);
        return {};
    });
}

const MirrorState &RemoteConnection::mirror() const
{
    return m_d->mirror->state();
}

void RemoteConnection::refresh()
{
    m_d->mirror->refresh();
}

void RemoteConnection::stopReading()
{
    m_d->mirror->stop();
}

void RemoteConnection::want(std::vector<ObjectRef> objects)
{
    const auto asked = m_d->directory->uuids(objects);
    whenReady(asked, this, [this, objects = std::move(objects)](const Result<std::vector<QString>> &uuids) {
        if (!uuids)
            return;
        QStringList entities;
        QStringList groups;
        for (std::size_t i = 0; i < objects.size(); ++i)
            if (!(*uuids)[i].isEmpty())
                (objects[i].kind == ObjectKind::Entity ? entities : groups) += (*uuids)[i];
        m_d->mirror->want(entities, groups);
    });
}

QFuture<Result<std::optional<ObjectRef>>> RemoteConnection::lookUp(ObjectKind kind, const QString &nameOrId)
{
    using Found = std::optional<ObjectRef>;
    return QtConcurrent::run(&m_d->asker, [this, kind, name = toStd(nameOrId.trimmed())]() -> Result<Found> {
        const bool entity = kind == ObjectKind::Entity;
        const std::string path = std::string("identity/") + (entity ? "entity/" : "group/") +
                                 (identity::looksLikeId(name) ? "id/" : "name/") + name;
        const Stamp asked = m_d->store->stamp();
        const auto answer = m_d->client.ask(requestOf(core::Operation::Read, path));
        if (!answer)
            return answer.error();
        if (answer->status == 404)
            return Found();
        if (!answer->ok())
            return errorOf(*answer);
        const auto *data = answer->data ? answer->data->if_object() : nullptr;
        MirrorBatch batch;
        std::string uuid;
        if (auto found = data && entity ? entityOf(*data) : std::nullopt) {
            uuid = found->uuid;
            batch.entities.push_back({asked, std::move(*found)});
        }
        if (auto found = data && !entity ? groupOf(*data) : std::nullopt) {
            uuid = found->uuid;
            batch.groups.push_back({asked, std::move(*found)});
        }
        if (auto written = m_d->store->write(batch); !written)
            return written.error();
        return m_d->store->core().store().read([&](store::Session &session) -> Result<Found> {
            if (entity) {
                const auto id = identity::entityByUuid(session, RootNamespace, uuid);
                return id ? Found(ObjectRef::of(*id)) : Found();
            }
            const auto id = identity::groupByUuid(session, RootNamespace, uuid);
            return id ? Found(ObjectRef::of(*id)) : Found();
        });
    });
}

QFuture<Result<Rights>> RemoteConnection::rights()
{
    return QtConcurrent::run(&m_d->asker, [this] { return readRights(m_d->client); });
}

QFuture<Result<std::vector<ObjectRights>>> RemoteConnection::rightsOf(std::vector<ObjectRef> objects)
{
    using Answer = Result<std::vector<ObjectRights>>;
    return QtConcurrent::run(&m_d->asker, [this, objects = std::move(objects)]() -> Answer {
        const auto paths = m_d->store->core().store().read([&](store::Session &session) {
            std::vector<std::string> all;
            for (const ObjectRef object : objects)
                all.push_back(object.kind == ObjectKind::Entity
                                  ? objectPath(false, identity::uuidOf(session, object.entity()).value_or(""))
                                  : objectPath(true, identity::uuidOf(session, object.group()).value_or("")));
            return Result<std::vector<std::string>>(std::move(all));
        });
        if (!paths)
            return paths.error();
        return readRightsOf(m_d->client, *paths);
    });
}

QFuture<Result<std::vector<ObjectRights>>> RemoteConnection::rightsOfMounts(QStringList paths)
{
    return QtConcurrent::run(&m_d->asker, [this, paths = std::move(paths)] {
        std::vector<std::string> mounts;
        for (const QString &path : paths)
            mounts.push_back(toStd(path));
        return readMountRights(m_d->client, mounts);
    });
}

QFuture<Result<GroupComparison>> RemoteConnection::compareGroups(EntityId entity)
{
    return QtConcurrent::run(&m_d->asker, [this, entity]() -> Result<GroupComparison> {
        auto uuid = m_d->store->core().store().read([&](store::Session &session) -> Result<std::string> {
            return session.text("SELECT uuid FROM entity WHERE id = ?", entity).value_or("");
        });
        if (!uuid)
            return uuid.error();
        if (uuid->empty())
            return Error{ErrorCode::NotFound, 404, {}, {}};
        return connection::compareGroups(m_d->client, *m_d->store, *uuid);
    });
}

QFuture<Result<void>> RemoteConnection::readWays(ObjectRef object)
{
    return QtConcurrent::run(&m_d->asker, [this, object]() -> Result<void> {
        if (!m_d->hasKith)
            return {};
        const auto uuid = m_d->store->core().store().read([&](store::Session &session) -> Result<std::string> {
            return (object.kind == ObjectKind::Entity ? identity::uuidOf(session, object.entity())
                                                      : identity::uuidOf(session, object.group()))
                .value_or("");
        });
        if (!uuid)
            return uuid.error();
        return uuid->empty() ? Result<void>() : connection::readWays(m_d->client, *m_d->store, object.kind, *uuid);
    });
}

QFuture<Result<TokenTruth>> RemoteConnection::tokenTruth(QByteArray token, QString accessor, QStringList paths)
{
    return QtConcurrent::run(&m_d->asker,
                             [this, token = std::move(token), accessor = std::move(accessor),
                              paths = std::move(paths)] { return readToken(m_d->client, token, accessor, paths); });
}

} // namespace kith::connection
