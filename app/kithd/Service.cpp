// SPDX-License-Identifier: Apache-2.0
#include "Service.h"

#include "Process.h"
#include "server/Server.h"
#include "server/SignInPages.h"
#include "server/WorkerPool.h"

#include <iostream>
#include <sys/stat.h>

namespace kith::d {

namespace {

/// Most of them wait for commits or password hashes, so they are many more than cores.
constexpr std::size_t Workers = 32;
constexpr std::chrono::seconds EndPatience(30);

} // namespace

int fail(std::string_view text)
{
    std::cerr << "kithd: " << text << std::endl;
    return Failed;
}

int fail(const Error &error)
{
    return fail((error.where.empty() ? "" : error.where + ": ") + error.wire);
}

Result<void> makePrivate(const std::filesystem::path &folder)
{
    std::error_code wrong;
    std::filesystem::create_directories(folder, wrong);
    if (!wrong)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, wrong);
    if (wrong)
        return Error{ErrorCode::Io, 500, wrong.message(), folder.string()};
    return {};
}

int serve(core::Core &core, const std::vector<server::ServerOptions> &places, Reach reach, std::string_view greeting,
          const std::string &apiAddress)
{
    const auto handle = [&core](const core::Request &request) { return core.handle(request); };
    server::SignInPages pages(handle, core.store().clock());
    server::WorkerPool workers(Workers);
    std::vector<std::unique_ptr<server::Server>> servers;
    for (const server::ServerOptions &place : places) {
        server::Shortcuts shortcuts;
        shortcuts.atOnce = [&core](const core::Request &request) { return core.handleAtOnce(request); };
        shortcuts.later = [&core](const core::Request &request, std::function<void(core::Response)> done) {
            return core.handleLater(request, std::move(done));
        };
        auto started = server::Server::start(place, workers, handle, std::move(shortcuts), &pages);
        if (!started)
            return fail(started.error());
        if (reach == Reach::Loopback && !(*started)->isLoopback())
            return fail("--dev serves this machine only: --listen 127.0.0.1:PORT");
        servers.push_back(std::move(*started));
    }
    core.setApiAddress(apiAddress.empty() && !servers.empty() ? servers.front()->url() : apiAddress);
    std::cout << greeting;
    for (const auto &server : servers)
        std::cout << "kithd listens on " << server->url() << '\n';
    std::cout << std::flush;
    while (waitForSignal() == Signal::Reload) {
        core.reopenAudit();
        for (const auto &server : servers)
            if (auto reloaded = server->reload(); !reloaded)
                fail(reloaded.error());
    }
    const auto end = std::chrono::steady_clock::now() + EndPatience;
    for (const auto &server : servers)
        server->quiesce();
    for (const auto &server : servers)
        server->stop(std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()));
    return Done;
}

} // namespace kith::d
