// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <chrono>

namespace kith::test {

/// One TCP connection to a server on this machine, spoken to byte by byte.
class Client
{
public:
    explicit Client(int port);
    ~Client();
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    bool isConnected() const { return m_socket >= 0; }
    /// False when the other side is gone.
    bool send(const QByteArray &bytes);
    /// One answer, by its Content-Length; what came until then when none comes in time.
    QByteArray answer(std::chrono::milliseconds patience = std::chrono::seconds(10));
    /// True when the other side closes in time (whatever it still sends before).
    bool closes(std::chrono::milliseconds patience = std::chrono::seconds(10));
    QByteArray ask(const QByteArray &bytes) { return send(bytes) ? answer() : QByteArray("gone"); }

private:
    bool receive(std::chrono::milliseconds patience);
    int m_socket = -1;
    QByteArray m_buffer;
    bool m_closed = false;
};

/// A request without a body, or with one.
QByteArray request(const QByteArray &line, const QByteArray &headers = {}, const QByteArray &body = {});
/// The status of an answer; 0 if it is none.
int statusOf(const QByteArray &answer);
QByteArray bodyOf(const QByteArray &answer);

} // namespace kith::test
