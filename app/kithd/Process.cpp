// SPDX-License-Identifier: Apache-2.0
#include "Process.h"

#include "store/CoreDumps.h"

#include <csignal>
#include <initializer_list>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace kith::d {

namespace {

sigset_t ourSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, signal);
    return set;
}

} // namespace

void prepareProcess()
{
    forbidCoreDumps();
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    umask(077);
    std::signal(SIGPIPE, SIG_IGN);
    const sigset_t set = ourSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Signal waitForSignal()
{
    const sigset_t set = ourSignals();
    int signal = 0;
    while (sigwait(&set, &signal) != 0) {
    }
    return signal == SIGHUP ? Signal::Reload : Signal::End;
}

} // namespace kith::d
