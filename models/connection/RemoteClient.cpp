// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteClient.h"

#include "connection/Async.h"
#include "connection/RemoteCall.h"

#include <QFutureWatcher>
#include <QThread>

#include <mutex>

namespace kith::connection {

namespace {

/// What lives in the client's thread.
class Room : public QObject
{
public:
    Room(const Profile &profile, std::shared_ptr<ClusterIndex> index) : m_transport(profile)
    {
        m_cluster.index = std::move(index);
        QString address = profile.address.trimmed();
        while (address.endsWith(u'/'))
            address.chop(1);
        m_cluster.home = QUrl(address);
        m_cluster.nameSpace = profile.nameSpace;
    }

    void begin(core::Request request, QByteArray token, std::shared_ptr<RemoteCall::Promise> promise)
    {
        if (m_closed)
            return; // the promise ends as cancelled
        auto *call =
            new RemoteCall(m_transport, m_cluster, std::move(request), std::move(token), std::move(promise), this);
        call->start();
    }

    void close()
    {
        m_closed = true;
        for (RemoteCall *call : findChildren<RemoteCall *>(QString(), Qt::FindDirectChildrenOnly))
            delete call;
    }

private:
    Transport m_transport;
    Cluster m_cluster;
    bool m_closed = false;
};

} // namespace

class RemoteClient::Private
{
public:
    Profile profile;
    mutable std::mutex mutex;
    QByteArray token;
    QThread thread;
    Room *room = nullptr; // in `thread`
};

RemoteClient::RemoteClient(const Profile &profile, std::shared_ptr<ClusterIndex> index)
    : m_d(std::make_unique<Private>())
{
    m_d->profile = profile;
    m_d->thread.setObjectName(QStringLiteral("remote"));
    m_d->thread.start();
    auto *starter = new QObject;
    starter->moveToThread(&m_d->thread);
    QMetaObject::invokeMethod(
        starter,
        [this, starter, &index] {
            m_d->room = new Room(m_d->profile, std::move(index));
            delete starter;
        },
        Qt::BlockingQueuedConnection);
}

RemoteClient::~RemoteClient()
{
    QMetaObject::invokeMethod(
        m_d->room, [room = m_d->room] { delete room; }, Qt::BlockingQueuedConnection);
    m_d->thread.quit();
    m_d->thread.wait();
}

const Profile &RemoteClient::profile() const
{
    return m_d->profile;
}

void RemoteClient::setToken(const QByteArray &token)
{
    const std::lock_guard lock(m_d->mutex);
    m_d->token = token;
}

QByteArray RemoteClient::token() const
{
    const std::lock_guard lock(m_d->mutex);
    return m_d->token;
}

QFuture<Result<core::Response>> RemoteClient::send(core::Request request)
{
    auto promise = std::make_shared<RemoteCall::Promise>();
    promise->start();
    QFuture<Result<core::Response>> future = promise->future();
    QByteArray token = request.token.empty() ? this->token() : QByteArray::fromStdString(request.token);
    QMetaObject::invokeMethod(
        m_d->room,
        [room = m_d->room, request = std::move(request), token = std::move(token),
         promise = std::move(promise)]() mutable { room->begin(std::move(request), std::move(token), promise); },
        Qt::QueuedConnection);
    return future;
}

void RemoteClient::close()
{
    QMetaObject::invokeMethod(
        m_d->room, [room = m_d->room] { room->close(); }, Qt::QueuedConnection);
}

Result<core::Response> RemoteClient::ask(core::Request request)
{
    const auto progress = request.progress;
    QFuture<Result<core::Response>> future = send(std::move(request));
    while (progress && !future.isFinished()) {
        if (progress->cancelled)
            future.cancel();
        QThread::msleep(5);
    }
    return blockOn(std::move(future));
}

} // namespace kith::connection
