// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QThread>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

class QTcpServer;
class QTcpSocket;

namespace kith::test {

struct WebRequest {
    std::string path;    ///< With what is asked after "?".
    std::string headers; ///< Each between "\r\n" and "\r\n".
    std::string body;
};

struct WebAnswer {
    int status = 200;
    std::vector<std::string> headers; ///< "Name: value".
    std::string body;
    /// Holds this one back, as it is, while it returns true; empty: it comes at once. Called in the server's thread.
    std::function<bool()> isLate = {};
};

/// A web server on loopback that answers with the documents that it is given, in a thread of its own: in place of a
/// provider on the internet, which tests can't reach.
class WebServer
{
public:
    WebServer();
    ~WebServer();

    std::string url() const;                                 ///< "http://127.0.0.1:PORT".
    void put(const std::string &path, std::string document); ///< Others are 404.
    /// Answers by `answer` instead, which is called in the server's thread.
    void answerWith(std::function<WebAnswer(const WebRequest &)> answer);
    void hang(bool on) { m_hangs = on; }        ///< Takes requests and says nothing until it is off.
    int requests() const { return m_requests; } ///< So far.

private:
    void answer(QTcpSocket *socket, const WebRequest &request);
    WebAnswer answerTo(const WebRequest &request) const;
    void send(QTcpSocket *socket, const WebAnswer &answer);

    QThread m_thread;
    QTcpServer *m_server; ///< In m_thread.
    std::atomic<bool> m_hangs = false;
    std::atomic<int> m_requests = 0;
    mutable std::mutex m_mutex;
    std::map<std::string, std::string> m_documents;
    std::function<WebAnswer(const WebRequest &)> m_answer;
};

} // namespace kith::test
