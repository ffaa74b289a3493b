// SPDX-License-Identifier: Apache-2.0
#include "server/Client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kith::test {

Client::Client(int port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (m_socket >= 0 && ::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        ::close(m_socket);
        m_socket = -1;
    }
}

Client::~Client()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

bool Client::send(const QByteArray &bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const auto count =
            ::send(m_socket, bytes.data() + sent, static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        sent += count;
    }
    return true;
}

bool Client::receive(std::chrono::milliseconds patience)
{
    pollfd wanted{m_socket, POLLIN, 0};
    if (m_closed || ::poll(&wanted, 1, static_cast<int>(patience.count())) <= 0)
        return false;
    char piece[16 * 1024];
    const auto count = ::recv(m_socket, piece, sizeof piece, 0);
    m_closed = count <= 0;
    if (!m_closed)
        m_buffer.append(piece, static_cast<qsizetype>(count));
    return !m_closed;
}

QByteArray Client::answer(std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const qsizetype head = m_buffer.indexOf("\r\n\r\n");
        if (head >= 0) {
            const QByteArray lower = m_buffer.left(head).toLower();
            const qsizetype place = lower.indexOf("content-length: ");
            const qsizetype length =
                place < 0 ? 0 : lower.mid(place + 16, lower.indexOf("\r\n", place) - place - 16).toLongLong();
            if (m_buffer.size() >= head + 4 + length) {
                const QByteArray whole = m_buffer.left(head + 4 + length);
                m_buffer.remove(0, whole.size());
                return whole;
            }
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0 || !receive(left))
            return m_buffer;
    }
}

bool Client::closes(std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!m_closed) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            return false;
        receive(left);
    }
    return true;
}

QByteArray request(const QByteArray &line, const QByteArray &headers, const QByteArray &body)
{
    const bool hasBody = !body.isEmpty() || line.startsWith("POST") || line.startsWith("PUT");
    return line + " HTTP/1.1\r\nHost: x\r\n" + headers +
           (hasBody ? "Content-Length: " + QByteArray::number(body.size()) + "\r\n" : QByteArray()) + "\r\n" + body;
}

int statusOf(const QByteArray &answer)
{
    return answer.startsWith("HTTP/1.1 ") ? answer.mid(9, 3).toInt() : 0;
}

QByteArray bodyOf(const QByteArray &answer)
{
    const qsizetype head = answer.indexOf("\r\n\r\n");
    return head < 0 ? QByteArray() : answer.mid(head + 4);
}

} // namespace kith::test
