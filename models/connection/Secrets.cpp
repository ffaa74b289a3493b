// SPDX-License-Identifier: Apache-2.0
#include "connection/Secrets.h"

#include <QPromise>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusObjectPath>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusVariant>

#include <functional>
#include <memory>
#include <qt6keychain/keychain.h>

namespace kith::connection {

namespace {

Error errorOf(const QKeychain::Job &job)
{
    const std::string text = job.errorString().toStdString();
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {ErrorCode::NotFound, 404, text, {}};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::CouldNotDeleteEntry:
        return {ErrorCode::PermissionDenied, 403, text, {}};
    default:
        return {ErrorCode::Unreachable, 503, text, {}};
    }
}

/// Runs the job, which deletes itself, and answers with what `answer` makes of it.
template <class T, class Job, class Answer>
QFuture<Result<T>> run(Job *job, const QString &name, Answer answer)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    job->setKey(name);
    QObject::connect(job, &QKeychain::Job::finished, job, [promise, job, answer] {
        promise->addResult(answer(*job));
        promise->finish();
    });
    job->start();
    return promise->future();
}

const QString Service = QStringLiteral("kith");

/// Asks the keychain's service (specifications.freedesktop.org/secret-service); an error gives a null value.
void ask(QObject *context, const QString &path, const QString &interface, const QString &method,
         const QVariantList &arguments, std::function<void(const QVariant &)> then)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) // whoever watched a call on it would never hear of its end
        return then({});
    QDBusMessage call =
        QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"), path, interface, method);
    call.setArguments(arguments);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, then = std::move(then)] {
        watcher->deleteLater();
        const QDBusMessage reply = watcher->reply();
        then(reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().value(0) : QVariant());
    });
}

} // namespace

QFuture<Result<bool>> Secrets::wouldAsk()
{
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    const auto answer = [promise](bool asks) {
        promise->addResult(asks);
        promise->finish();
    };
    const auto found = [this, answer](const QVariant &standard) {
        const QString path = standard.value<QDBusObjectPath>().path();
        if (path.size() <= 1) // "/": there is a service, and no keychain in it
            return answer(!path.isEmpty());
        ask(this, path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
            {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")},
            [answer](const QVariant &locked) { answer(locked.value<QDBusVariant>().variant().toBool()); });
    };
    ask(this, QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"),
        QStringLiteral("ReadAlias"), {QStringLiteral("default")}, found);
    return promise->future();
}

QFuture<Result<QByteArray>> Secrets::read(const QString &name)
{
    return run<QByteArray>(new QKeychain::ReadPasswordJob(Service, this), name,
                           [](const QKeychain::ReadPasswordJob &job) -> Result<QByteArray> {
                               if (job.error() != QKeychain::NoError)
                                   return errorOf(job);
                               return job.binaryData();
                           });
}

QFuture<Result<void>> Secrets::write(const QString &name, const QByteArray &secret)
{
    auto *job = new QKeychain::WritePasswordJob(Service, this);
    job->setBinaryData(secret);
    return run<void>(job, name, [](const QKeychain::WritePasswordJob &done) -> Result<void> {
        return done.error() == QKeychain::NoError ? Result<void>() : errorOf(done);
    });
}

QFuture<Result<void>> Secrets::remove(const QString &name)
{
    return run<void>(new QKeychain::DeletePasswordJob(Service, this), name,
                     [](const QKeychain::DeletePasswordJob &job) -> Result<void> {
                         const bool gone = job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
                         return gone ? Result<void>() : errorOf(job);
                     });
}

} // namespace kith::connection
