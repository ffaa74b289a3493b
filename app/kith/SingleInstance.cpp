// SPDX-License-Identifier: Apache-2.0
#include "SingleInstance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>

#include <chrono>

#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 3s;
constexpr auto Pause = 50ms;
constexpr qint64 LongestLine = 65'536;
const QByteArray Taken = QByteArrayLiteral("taken\n");

/// Whether the other end is a program of the same person.
bool isOurs(const QLocalSocket &socket)
{
    ucred peer{};
    socklen_t size = sizeof(peer);
    return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           peer.uid == ::geteuid();
}

/// Short, since a socket's path has at most 107 bytes. Empty: there is no folder for it.
QString baseFor(const QString &what)
{
    QByteArray key = what.toUtf8();
    for (const char *display : {"WAYLAND_DISPLAY", "DISPLAY"}) // a window on another one is of no use
        key += '\n' + qgetenv(display);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty()) // not into whatever folder one happens to be in
        return {};
    return QDir(folder).filePath(
        QStringLiteral("kith-") +
        QString::fromLatin1(QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().left(16)));
}

} // namespace

QByteArray Wish::line() const
{
    const QJsonObject object{{QStringLiteral("page"), page},
                             {QStringLiteral("select"), QJsonArray::fromStringList(select)},
                             {QStringLiteral("token"), QString::fromLatin1(token)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Wish Wish::read(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    Wish wish;
    wish.page = object.value(QStringLiteral("page")).toString();
    for (const auto &name : object.value(QStringLiteral("select")).toArray())
        wish.select.push_back(name.toString());
    wish.token = object.value(QStringLiteral("token")).toString().toLatin1();
    return wish;
}

SingleInstance::SingleInstance(const QString &what, QObject *parent)
    : QObject(parent), m_base(baseFor(what)), m_lock(m_base + QStringLiteral(".lock"))
{
    m_lock.setStaleLockTime(0); // however long it runs; one of a process that is gone doesn't count
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] { answer(socket); });
            answer(socket);
        }
    });
}

void SingleInstance::answer(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() > LongestLine)
            socket->abort();
        return;
    }
    const Wish wish = Wish::read(socket->readLine(LongestLine));
    socket->write(Taken);
    socket->flush();
    Q_EMIT wished(wish);
}

SingleInstance::Role SingleInstance::start(const Wish &wish)
{
    if (m_base.isEmpty())
        return Role::Alone;
    const QDeadlineTimer end(Patience);
    const QString path = m_base + QStringLiteral(".socket");
    while (!end.hasExpired()) {
        if (m_lock.tryLock(0)) {
            QLocalServer::removeServer(path); // of one that ended without tidying up
            return m_server.listen(path) ? Role::First : Role::Alone;
        }
        QLocalSocket socket;
        socket.connectToServer(path);
        if (socket.waitForConnected(Pause.count()) && isOurs(socket)) {
            socket.write(wish.line());
            socket.waitForReadyRead(static_cast<int>(end.remainingTime()));
            if (socket.readAll() == Taken)
                return Role::HandedOver;
        }
        QThread::msleep(Pause.count()); // it is just starting, or ending
    }
    return Role::Alone;
}
