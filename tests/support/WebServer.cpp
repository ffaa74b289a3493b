// SPDX-License-Identifier: Apache-2.0
#include "support/WebServer.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

namespace kith::test {

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
            if (!request.contains("\r\n\r\n"))
                return;
            socket->readAll();
            ++m_requests;
            const std::string head = request.toStdString();
            answer(socket, {request.split(' ').value(1).toStdString(), head.substr(head.find("\r\n"))});
        });
    });
    m_thread.start();
}

QByteArray WebServer::answerTo(const WebRequest &request) const
{
    const std::lock_guard lock(m_mutex);
    WebAnswer answer{404, {}, {}};
    const auto found = m_documents.find(request.path);
    if (m_answer)
        answer = m_answer(request);
    else if (found != m_documents.end())
        answer = {200, {}, found->second};
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " Said\r\nContent-Type: application/json\r\n" +
                       "Connection: close\r\nContent-Length: " + std::to_string(answer.body.size()) + "\r\n";
    for (const std::string &header : answer.headers)
        text += header + "\r\n";
    return QByteArray::fromStdString(text + "\r\n" + answer.body);
}

WebServer::~WebServer()
{
    m_thread.quit();
    m_thread.wait();
}

void WebServer::answer(QTcpSocket *socket, const WebRequest &request)
{
    constexpr int LookAgainMs = 5;
    if (m_hangs) {
        QTimer::singleShot(LookAgainMs, socket, [this, socket, request] { answer(socket, request); });
        return;
    }
    socket->write(answerTo(request));
    socket->disconnectFromHost();
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
