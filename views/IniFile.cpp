// SPDX-License-Identifier: Apache-2.0
#include "IniFile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace kith::views {

/// QSettings locks by a file of this name, which says who holds it. Whoever is killed between making that file and
/// writing into it leaves it empty; QLockFile then waits until it is half a minute old. Who lives fills it at once.
static const QString &withoutLeftLock(const QString &file)
{
    const QFileInfo lock(file + QStringLiteral(".lock"));
    if (lock.exists() && lock.size() == 0 && lock.lastModified().secsTo(QDateTime::currentDateTime()) >= 1)
        QFile::remove(lock.filePath());
    return file;
}

IniFile::IniFile(const QString &file) : QSettings(withoutLeftLock(file), IniFormat) {}

} // namespace kith::views
