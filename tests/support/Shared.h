// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace kith::test {

/// A file of the material beside the project ($KITH_SHARED, else ../shared); empty if it isn't there: skip the test.
QByteArray sharedFile(const QString &path);
QString sharedPath(const QString &path);

/// A file of the project itself.
QByteArray projectFile(const QString &path);

} // namespace kith::test
