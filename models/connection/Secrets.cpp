// SPDX-License-Identifier: Apache-2.0
#include "connection/Secrets.h"

#include <QPromise>

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

} // namespace

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
