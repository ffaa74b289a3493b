// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QStringList>

/// What a start asks of a window that may be open already.
struct Wish {
    QString page;       ///< Its name; empty: as it is.
    QStringList select; ///< Names.
    QByteArray token;   ///< The desktop's leave to come to the front; empty: none was given.

    static Wish read(const QByteArray &line);
    QByteArray line() const; ///< One line, ended.
};

/// Sees to it that a core or connection has one window for each person and desktop: whoever starts second hands over
/// what was wished for, and leaves. Nobody else's programs can connect.
class SingleInstance : public QObject
{
    Q_OBJECT
public:
    /// `what` names the core or connection. The sockets lie in the runtime folder.
    explicit SingleInstance(const QString &what, QObject *parent = nullptr);

    enum class Role {
        First,      ///< This is the one: wished() tells what others ask for.
        HandedOver, ///< The first one does what was wished for.
        Alone       ///< Another one runs and doesn't answer, or there is no place where they could meet.
    };
    /// Waits a few seconds at most, before there is a window.
    Role start(const Wish &wish);

Q_SIGNALS:
    void wished(const Wish &wish);

private:
    void answer(QLocalSocket *socket);

    QString m_base; ///< The files' names without their endings.
    QLockFile m_lock;
    QLocalServer m_server;
};
