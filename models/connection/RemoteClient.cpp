// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteClient.h"

#include "connection/Async.h"
#include "connection/RemoteCall.h"

#include <QPromise>
#include <QThread>
#include <QTimer>

#include <mutex>

namespace kith::connection {

namespace {

constexpr int LookMs = 20; ///< Between two looks whether somebody doesn't wait any more: a watcher a call costs more.

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
        m_look.setInterval(LookMs);
        connect(&m_look, &QTimer::timeout, this, &Room::look);
    }

    void begin(core::Request request, QByteArray token, Asker asker, Turn turn)
    {
        if (m_closed)
            return; // a promise ends as cancelled
        auto *call =
            new RemoteCall(m_transport, m_cluster, std::move(request), std::move(token), std::move(asker), turn, this);
        call->attempt();
        if (!m_look.isActive())
            m_look.start();
    }

    void close()
    {
        m_closed = true;
        for (RemoteCall *call : calls())
            delete call;
    }

private:
    QList<RemoteCall *> calls() const { return findChildren<RemoteCall *>(QString(), Qt::FindDirectChildrenOnly); }

    void look()
    {
        const QList<RemoteCall *> calls = this->calls();
        if (calls.isEmpty())
            m_look.stop();
        for (RemoteCall *call : calls)
            call->endIfCancelled();
    }

    Transport m_transport;
    Cluster m_cluster;
    QTimer m_look;
    bool m_closed = false;
};

} // namespace

void avoidGlibInThreads()
{
    qputenv("QT_NO_THREADED_GLIB", "1");
}

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

void RemoteClient::post(core::Request request, Asker asker, Turn turn)
{
    QByteArray token = request.token.empty() ? this->token() : QByteArray::fromStdString(request.token);
    QMetaObject::invokeMethod(
        m_d->room,
        [room = m_d->room, request = std::move(request), token = std::move(token), asker = std::move(asker),
         turn]() mutable { room->begin(std::move(request), std::move(token), std::move(asker), turn); },
        Qt::QueuedConnection);
}

QFuture<Result<core::Response>> RemoteClient::send(core::Request request)
{
    auto promise = std::make_shared<QPromise<Result<core::Response>>>();
    promise->start();
    QFuture<Result<core::Response>> future = promise->future();
    const auto answer = [promise](Result<core::Response> response) {
        promise->addResult(std::move(response));
        promise->finish();
    };
    post(std::move(request), {answer, [promise] { return promise->isCanceled(); }}, Turn::Own);
    return future;
}

void RemoteClient::send(core::Request request, std::shared_ptr<AnswerBox> box, quint64 number, Turn turn)
{
    const auto progress = request.progress;
    const auto answer = [box = std::move(box), number](Result<core::Response> response) {
        Q_EMIT box->answered(number, std::make_shared<Result<core::Response>>(std::move(response)));
    };
    post(std::move(request), {answer, [progress] { return progress && progress->cancelled; }}, turn);
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
