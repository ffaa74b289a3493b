// SPDX-License-Identifier: Apache-2.0
#include "support/FaultProxy.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <mutex>

namespace kith::test {

struct FaultProxy::State {
    std::mutex mutex;
    quint16 targetPort = 0;
    quint16 port = 0;
    Fault fault = Fault::None;
    QByteArray what;
    int count = 0;
    int skip = 0;
    QByteArray answer;
    QByteArray actWhat;
    int actSkip = 0;
    std::function<void()> act;
    std::vector<QByteArray> lines;
    QByteArray received;
    int waiting = 0;
    QTcpServer *server = nullptr; ///< In the proxy's thread.

    std::function<void()> actBefore(const QByteArray &line)
    {
        const std::lock_guard lock(mutex);
        if (!act || !line.contains(actWhat) || actSkip-- > 0)
            return {};
        return std::exchange(act, {});
    }

    Fault next(const QByteArray &line)
    {
        const std::lock_guard lock(mutex);
        lines.push_back(line);
        if (fault == Fault::None || count == 0 || !line.contains(what))
            return Fault::None;
        if (skip > 0) {
            --skip;
            return Fault::None;
        }
        --count;
        return fault;
    }
};

namespace {

using Fault = FaultProxy::Fault;

/// The length of the message at the front of the bytes; -1: it isn't whole yet.
qsizetype lengthOf(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return -1;
    const QByteArray head = bytes.left(end).toLower();
    const QByteArray name = "\r\ncontent-length:";
    const qsizetype at = head.indexOf(name);
    if (at < 0) {
        if (!head.contains("transfer-encoding: chunked"))
            return end + 4;
        const qsizetype last = bytes.indexOf("0\r\n\r\n", end + 2);
        return last < 0 ? -1 : last + 5;
    }
    const qsizetype line = head.indexOf("\r\n", at + 2);
    const qsizetype body = head.mid(at + name.size(), line < 0 ? -1 : line - at - name.size()).trimmed().toLongLong();
    return bytes.size() >= end + 4 + body ? end + 4 + body : -1;
}

/// One connection of a client, and one to the server.
class Relay : public QObject
{
public:
    Relay(QTcpSocket *client, std::shared_ptr<FaultProxy::State> state)
        : QObject(client), m_client(client), m_server(new QTcpSocket(this)), m_state(std::move(state))
    {
        connect(m_client, &QTcpSocket::readyRead, this, &Relay::fromClient);
        connect(m_server, &QTcpSocket::readyRead, this, &Relay::fromServer);
        connect(m_server, &QTcpSocket::disconnected, m_client, &QTcpSocket::disconnectFromHost);
        connect(m_client, &QTcpSocket::disconnected, m_client, &QObject::deleteLater);
        m_server->connectToHost(QStringLiteral("127.0.0.1"), m_state->targetPort);
    }

private:
    void fromClient()
    {
        const QByteArray bytes = m_client->readAll();
        {
            const std::lock_guard lock(m_state->mutex);
            m_state->received += bytes;
        }
        m_in += bytes;
        passNext();
    }

    /// One after the other, as a server does: clients send the next before the answer has come.
    void passNext()
    {
        for (qsizetype length = lengthOf(m_in); length > 0 && !m_busy; length = lengthOf(m_in)) {
            const QByteArray request = m_in.left(length);
            m_in.remove(0, length);
            pass(request);
        }
        const std::lock_guard lock(m_state->mutex);
        m_state->waiting = std::max(m_state->waiting, int(m_in.count("\r\n\r\n")));
    }

    void passBack(const QByteArray &answer)
    {
        m_client->write(answer);
        m_busy = false;
        passNext();
    }

    void pass(const QByteArray &request)
    {
        const QByteArray line = request.left(request.indexOf(" HTTP/"));
        if (const auto act = m_state->actBefore(line))
            act();
        m_fault = m_state->next(line);
        m_busy = m_fault != Fault::Garbage && m_fault != Fault::Answer;
        switch (m_fault) {
        case Fault::CutBefore:
            return m_client->abort();
        case Fault::CutAhead:
            sendLate(request);
            return m_client->abort();
        case Fault::Silence:
            return;
        case Fault::Garbage:
            m_client->write(FaultProxy::status(200, "<html>not what you look for</html>"));
            return;
        case Fault::Answer: {
            const std::lock_guard lock(m_state->mutex);
            m_client->write(m_state->answer);
            return;
        }
        default:
            m_server->write(request);
        }
    }

    /// Outlives the client's connection.
    void sendLate(const QByteArray &request)
    {
        auto *late = new QTcpSocket(m_client->parent());
        connect(late, &QTcpSocket::connected, late, [late, request] { late->write(request); });
        connect(late, &QTcpSocket::readyRead, late, &QObject::deleteLater); // it is done
        QTimer::singleShot(FaultProxy::LateMs, late, [late, port = m_state->targetPort] {
            late->connectToHost(QStringLiteral("127.0.0.1"), port);
        });
    }

    void fromServer()
    {
        m_out += m_server->readAll();
        const qsizetype length = lengthOf(m_out);
        if (length < 0)
            return;
        const QByteArray answer = m_out.left(length);
        m_out.remove(0, length);
        if (m_fault == Fault::CutAfter)
            return m_client->abort();
        if (m_fault == Fault::CutInAnswer) {
            m_client->write(answer.left(answer.size() - answer.size() / 4 - 1));
            m_client->disconnectFromHost();
            return;
        }
        if (m_fault == Fault::Late) {
            QTimer::singleShot(FaultProxy::LateMs, this, [this, answer] { passBack(answer); });
            return;
        }
        passBack(answer);
    }

    QTcpSocket *m_client;
    QTcpSocket *m_server;
    std::shared_ptr<FaultProxy::State> m_state;
    QByteArray m_in;
    QByteArray m_out;
    Fault m_fault = Fault::None;
    bool m_busy = false; ///< A request is with the server, or never comes back.
};

} // namespace

FaultProxy::FaultProxy(const QString &target) : m_state(std::make_shared<State>())
{
    m_state->targetPort = static_cast<quint16>(QUrl(target).port());
    m_thread.start();
    auto *server = new QTcpServer;
    m_state->server = server;
    QObject::connect(server, &QTcpServer::newConnection, server, [server, state = m_state] {
        while (QTcpSocket *client = server->nextPendingConnection())
            new Relay(client, state);
    });
    QObject::connect(&m_thread, &QThread::finished, server, &QObject::deleteLater);
    server->moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        server,
        [server, state = m_state] {
            if (!server->listen(QHostAddress::LocalHost))
                qFatal("the proxy can't listen");
            state->port = server->serverPort();
        },
        Qt::BlockingQueuedConnection);
}

FaultProxy::~FaultProxy()
{
    m_thread.quit();
    m_thread.wait();
}

QString FaultProxy::address() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(m_state->port);
}

void FaultProxy::harm(Fault fault, const QByteArray &what, int count, int skip, const QByteArray &answer)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->fault = fault;
    m_state->what = what;
    m_state->count = count;
    m_state->skip = skip;
    m_state->answer = answer;
}

void FaultProxy::before(const QByteArray &what, std::function<void()> act, int skip)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->actWhat = what;
    m_state->actSkip = skip;
    m_state->act = std::move(act);
}

void FaultProxy::heal()
{
    harm(Fault::None);
    QMetaObject::invokeMethod(
        m_state->server,
        [state = m_state] {
            if (!state->server->isListening() && !state->server->listen(QHostAddress::LocalHost, state->port))
                qFatal("the proxy can't listen again");
        },
        Qt::BlockingQueuedConnection);
}

void FaultProxy::goDown()
{
    QMetaObject::invokeMethod(
        m_state->server,
        [state = m_state] {
            state->server->close();
            for (QTcpSocket *client : state->server->findChildren<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly))
                client->abort();
        },
        Qt::BlockingQueuedConnection);
}

std::vector<QByteArray> FaultProxy::requests() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->lines;
}

int FaultProxy::mostWaiting() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->waiting;
}

int FaultProxy::count(const QByteArray &what) const
{
    const auto lines = requests();
    return static_cast<int>(
        std::count_if(lines.begin(), lines.end(), [&](const QByteArray &line) { return line.contains(what); }));
}

QByteArray FaultProxy::received() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->received;
}

void FaultProxy::forget()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->lines.clear();
    m_state->received.clear();
}

QByteArray FaultProxy::status(int status, const QByteArray &body, const QByteArray &headers)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Odd\r\nContent-Type: application/json\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace kith::test
