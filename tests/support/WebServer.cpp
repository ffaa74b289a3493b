// SPDX-License-Identifier: Apache-2.0
#include "support/WebServer.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

namespace kith::test {

namespace {

constexpr int LookAgainMs = 5;

qsizetype bodySize(const QByteArray &head)
{
    for (const QByteArray &line : head.split('\n'))
        if (line.toLower().startsWith("content-length:"))
            return line.mid(line.indexOf(':') + 1).trimmed().toLongLong();
    return 0;
}

} // namespace

WebServer::WebServer() : m_server(new QTcpServer)
{
    m_server->listen(QHostAddress::LocalHost);
    m_server->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] {
        QTcpSocket *socket = m_server->nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
            const QByteArray request = socket->peek(socket->bytesAvailable());
            const auto end = request.indexOf("\r\n\r\n");
            if (end < 0 || request.size() < end + 4 + bodySize(request.left(end)))
                return;
            socket->readAll();
            ++m_requests;
            const QByteArray headers = request.mid(request.indexOf("\r\n"), end - request.indexOf("\r\n") + 4);
            answer(socket, {request.split(' ').value(1).toStdString(), headers.toStdString(),
                            request.mid(end + 4).toStdString()});
        });
    });
    m_thread.start();
}

WebAnswer WebServer::answerTo(const WebRequest &request) const
{
    const std::lock_guard lock(m_mutex);
    WebAnswer answer{404, {}, {}};
    const auto found = m_documents.find(request.path);
    if (m_answer)
        answer = m_answer(request);
    else if (found != m_documents.end())
        answer = {200, {}, found->second};
    return answer;
}

void WebServer::send(QTcpSocket *socket, const WebAnswer &answer)
{
    if (answer.isLate && answer.isLate()) {
        QTimer::singleShot(LookAgainMs, socket, [this, socket, answer] { send(socket, answer); });
        return;
    }
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " Said\r\nContent-Type: application/json\r\n" +
                       "Connection: close\r\nContent-Length: " + std::to_string(answer.body.size()) + "\r\n";
    for (const std::string &header : answer.headers)
        text += header + "\r\n";
    socket->write(QByteArray::fromStdString(text + "\r\n" + answer.body));
    socket->disconnectFromHost();
}

WebServer::~WebServer()
{
    m_thread.quit();
    m_thread.wait();
}

void WebServer::answer(QTcpSocket *socket, const WebRequest &request)
{
    if (m_hangs) {
        QTimer::singleShot(LookAgainMs, socket, [this, socket, request] { answer(socket, request); });
        return;
    }
    send(socket, answerTo(request));
}

std::string WebServer::url() const
{
    return "http://127.0.0.1:" + std::to_string(m_server->serverPort());
}

void WebServer::put(const std::string &path, std::string document)
{
    const std::lock_guard lock(m_mutex);
    m_documents[path] = std::move(document);
}

void WebServer::answerWith(std::function<WebAnswer(const WebRequest &)> answer)
{
    const std::lock_guard lock(m_mutex);
    m_answer = std::move(answer);
}

} // namespace kith::test
