// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <QFuture>
#include <QObject>

namespace kith::connection {

/// The desktop's keychain (org.freedesktop.secrets): what may not stand in a file. Belongs to the main thread, whose
/// event loop must run for answers to come. The desktop may ask the person to unlock it, which takes as long as it
/// takes.
///
/// Errors: NotFound, there is no such secret; Unreachable, there is no keychain here; PermissionDenied, the person or
/// the desktop refused. A secret is never kept anywhere else instead.
class Secrets : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Whether the desktop would put a question on the screen first: its keychain is locked, or there is none yet and
    /// it would make one. No too where there is no keychain at all, and where it can't be told.
    QFuture<Result<bool>> wouldAsk();

    QFuture<Result<QByteArray>> read(const QString &name);
    QFuture<Result<void>> write(const QString &name, const QByteArray &secret);
    QFuture<Result<void>> remove(const QString &name); ///< One that isn't there is removed already.

    /// Names of what Kith keeps there.
    static QString tokenOf(const QString &profileId) { return QStringLiteral("token/") + profileId; }
    static QString rootKeyOf(const QString &keyId) { return QStringLiteral("root-key/") + keyId; }
};

} // namespace kith::connection
