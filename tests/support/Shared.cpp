// SPDX-License-Identifier: Apache-2.0
#include "support/Shared.h"

#include <QFile>

namespace kith::test {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QString sharedPath(const QString &path)
{
    const QString folder = qEnvironmentVariable("KITH_SHARED", QStringLiteral(KITH_SOURCE_DIR "/../shared"));
    return folder + QLatin1Char('/') + path;
}

QByteArray sharedFile(const QString &path)
{
    return contentOf(sharedPath(path));
}

QByteArray projectFile(const QString &path)
{
    return contentOf(QStringLiteral(KITH_SOURCE_DIR "/") + path);
}

} // namespace kith::test
