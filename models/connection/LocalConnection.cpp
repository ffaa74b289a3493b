// SPDX-License-Identifier: Apache-2.0
#include "connection/LocalConnection.h"

#include "connection/Async.h"
#include "connection/ChangeMail.h"
#include "connection/Conversions.h"
#include "connection/LocalDirectory.h"
#include "connection/LocalReads.h"
#include "identity/Identities.h"
#include "store/Text.h"

#include <QFileInfo>
#include <QThread>
#include <QTimer>
#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>

namespace kith::connection {

namespace {

// How soon one sees what another program wrote, or that it left. A look costs one pragma.
constexpr int LookForOthersMs = 1000;
// A clock that is set meanwhile is noticed at the latest after this.
constexpr qint64 LongestWaitMs = qint64{60} * 60 * 1000;

std::filesystem::path toPath(const QString &file)
{
    return {toStd(file)};
}

} // namespace

class LocalConnection::Private
{
public:
    std::unique_ptr<core::Core> core;
    std::string token;
    QString name;
    QString location;
    QString otherWriter;
    std::unique_ptr<ChangeMail> mail;
    std::unique_ptr<LocalDirectory> directory;
    QThreadPool sender;  // one thread: requests in the order sent
    QThreadPool watcher; // one thread: looks for other programs
    QTimer *timer = nullptr;
    bool looking = false;
    QTimer *expiry = nullptr; // runs out when the next policy does
    Nanoseconds seenUntil = 0;
};

LocalConnection::LocalConnection(std::unique_ptr<Private> d) : m_d(std::move(d))
{
    m_d->sender.setMaxThreadCount(1);
    m_d->watcher.setMaxThreadCount(1);
    m_d->directory = std::make_unique<LocalDirectory>(m_d->core->identities());
    m_d->mail = std::make_unique<ChangeMail>(m_d->core->identities(), this,
                                             [this](const ChangeSet &changes) { takeChanges(changes); });
    m_d->timer = new QTimer(this);
    m_d->timer->setInterval(LookForOthersMs);
    connect(m_d->timer, &QTimer::timeout, this, &LocalConnection::lookForOthers);
    m_d->seenUntil = m_d->core->store().clock().now();
    m_d->expiry = new QTimer(this);
    m_d->expiry->setSingleShot(true);
    m_d->expiry->setTimerType(Qt::PreciseTimer);
    connect(m_d->expiry, &QTimer::timeout, this, &LocalConnection::lookForExpiry);
}

LocalConnection::~LocalConnection()
{
    m_d->mail.reset();
    m_d->sender.clear();
    m_d->watcher.clear();
    m_d->directory.reset();
    m_d->sender.waitForDone();
    m_d->watcher.waitForDone();
    m_d->core.reset();
}

QFuture<Result<std::unique_ptr<LocalConnection>>> LocalConnection::open(LocalOptions options)
{
    using Opened = Result<std::unique_ptr<LocalConnection>>;
    return QtConcurrent::run([options = std::move(options), owner = QThread::currentThread()]() -> Opened {
        auto d = std::make_unique<Private>();
        core::CoreOptions coreOptions;
        coreOptions.file.file = toPath(options.file);
        coreOptions.file.access = options.access;
        coreOptions.file.program = toStd(options.program);
        coreOptions.rootToken = randomHex(16);
        d->token = coreOptions.rootToken;
        auto core = core::Core::open(std::move(coreOptions));
        if (!core)
            return core.error();
        d->core = std::move(*core);
        d->name = options.name;
        const QFileInfo file(options.file);
        d->location = file.exists() ? file.canonicalFilePath() : file.absoluteFilePath();
        d->otherWriter = toQt(d->core->store().otherWriter());
        std::unique_ptr<LocalConnection> connection(new LocalConnection(std::move(d)));
        connection->moveToThread(owner);
        connection->m_d->directory->moveToThread(owner);
        QMetaObject::invokeMethod(connection->m_d->timer, qOverload<>(&QTimer::start), Qt::QueuedConnection);
        QMetaObject::invokeMethod(connection.get(), &LocalConnection::lookForExpiry, Qt::QueuedConnection);
        return connection;
    });
}

QString LocalConnection::name() const
{
    return m_d->name.isEmpty() ? tr("Local core") : m_d->name;
}

QString LocalConnection::location() const
{
    return m_d->location;
}

QString LocalConnection::otherWriter() const
{
    return m_d->otherWriter;
}

QFuture<Result<core::Response>> LocalConnection::send(core::Request request)
{
    if (request.token.empty())
        request.token = m_d->token;
    return QtConcurrent::run(&m_d->sender, [core = m_d->core.get(),
                                            request = std::move(request)](QPromise<Result<core::Response>> &promise) {
        if (!promise.isCanceled())
            promise.addResult(Result<core::Response>(core->handle(request)));
    });
}

Directory &LocalConnection::directory()
{
    return *m_d->directory;
}

core::Core &LocalConnection::core()
{
    return *m_d->core;
}

void LocalConnection::takeChanges(const ChangeSet &changes)
{
    if (!changes.policies.empty() || changes.everything)
        lookForExpiry();
    if (!changes.empty())
        Q_EMIT changed(changes);
}

/// Nothing is written when a policy expires, so nobody tells: whoever shows it is told by this.
void LocalConnection::lookForExpiry()
{
    const Nanoseconds now = m_d->core->store().clock().now();
    const QFuture<Result<reads::Expiry>> look = QtConcurrent::run(
        &m_d->watcher, [store = &m_d->core->store(), since = m_d->seenUntil, now]() -> Result<reads::Expiry> {
            return store->read(
                [&](store::Session &session) -> Result<reads::Expiry> { return reads::expiry(session, since, now); });
        });
    m_d->seenUntil = now;
    whenReady(look, this, [this](const Result<reads::Expiry> &found) {
        if (!found)
            return; // whoever reads next is told what is wrong with the file
        if (found->next != 0) {
            constexpr Nanoseconds Millisecond = 1'000'000;
            const qint64 wait = (found->next - m_d->core->store().clock().now()) / Millisecond + 1;
            m_d->expiry->start(static_cast<int>(std::clamp<qint64>(wait, 0, LongestWaitMs)));
        }
        if (!found->expired.empty())
            Q_EMIT changed(found->expired);
    });
}

void LocalConnection::lookForOthers()
{
    if (std::exchange(m_d->looking, true))
        return;
    const QFuture<Result<QString>> look =
        QtConcurrent::run(&m_d->watcher, [store = &m_d->core->store()]() -> Result<QString> {
            store->noticeOthers();
            return toQt(store->otherWriter());
        });
    whenReady(look, this, [this](const Result<QString> &other) {
        m_d->looking = false;
        if (other && *other != m_d->otherWriter) {
            m_d->otherWriter = *other;
            Q_EMIT writerChanged();
        }
    });
}

} // namespace kith::connection
