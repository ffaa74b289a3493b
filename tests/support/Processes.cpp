// SPDX-License-Identifier: Apache-2.0
#include "support/Processes.h"

#include <QTcpServer>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kith::test {

namespace {

// Below the ports that the system gives to outgoing connections.
constexpr int FirstPort = 15'000;
constexpr int Ports = 15'000;

/// Takes the name for this program until it ends, however it ends.
bool claim(int port)
{
    const QByteArray name = "kith-test-port-" + QByteArray::number(port);
    sockaddr_un address{};
    address.sun_family = AF_UNIX; // with a zero before its name, which is none of the file system
    std::copy(name.begin(), name.end(), address.sun_path + 1);
    const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + 1 + size_t(name.size()));
    const int mark = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (mark >= 0 && ::bind(mark, reinterpret_cast<const sockaddr *>(&address), length) == 0)
        return true;
    ::close(mark);
    return false;
}

} // namespace

int freePort()
{
    static int next = int(::getpid()) * 16;
    for (int i = 0; i < Ports; ++i) {
        const int port = FirstPort + next++ % Ports;
        QTcpServer probe;
        if (claim(port) && probe.listen(QHostAddress::LocalHost, quint16(port)))
            return port;
    }
    return 0;
}

void suspendProcess(qint64 id)
{
    if (id <= 0 || ::kill(pid_t(id), SIGSTOP) != 0)
        return;
    siginfo_t how{};
    while (::waitid(P_PID, id_t(id), &how, WSTOPPED | WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
}

void resumeProcess(qint64 id)
{
    if (id > 0)
        ::kill(pid_t(id), SIGCONT);
}

} // namespace kith::test
