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
            answer(socket, request.split(' ').value(1).toStdString());
        });
    });
    m_thread.start();
}

WebServer::~WebServer()
{
    m_thread.quit();
    m_thread.wait();
}

void WebServer::answer(QTcpSocket *socket, const std::string &path)
{
    constexpr int LookAgainMs = 5;
    if (m_hangs) {
        QTimer::singleShot(LookAgainMs, socket, [this, socket, path] { answer(socket, path); });
        return;
    }
    const std::lock_guard lock(m_mutex);
    const auto found = m_documents.find(path);
    const QByteArray body = found == m_documents.end() ? QByteArray() : QByteArray::fromStdString(found->second);
    socket->write((found == m_documents.end() ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 200 OK") +
                  QByteArray("\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ") +
                  QByteArray::number(body.size()) + "\r\n\r\n" + body);
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

} // namespace kith::test
