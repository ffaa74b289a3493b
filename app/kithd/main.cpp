// SPDX-License-Identifier: Apache-2.0
#include "Arguments.h"
#include "PrivateFolder.h"
#include "Process.h"
#include "core/Core.h"
#include "server/Server.h"
#include "server/WorkerPool.h"
#include "store/Text.h"

#include <exception>
#include <iostream>

namespace {

using namespace kith;
using namespace kith::d;

constexpr int Done = 0;
constexpr int Failed = 1;
constexpr int WrongUsage = 2;
constexpr std::size_t Workers = 64;
constexpr std::chrono::seconds EndPatience(30);
constexpr std::string_view DefaultPlace = "127.0.0.1:8200";

int fail(std::string_view text)
{
    std::cerr << "kithd: " << text << std::endl;
    return Failed;
}

int fail(const Error &error)
{
    return fail((error.where.empty() ? "" : error.where + ": ") + error.wire);
}

/// Serves until a signal ends it.
int serve(core::Core &core, const server::ServerOptions &options, std::string_view greeting)
{
    server::WorkerPool workers(Workers);
    auto started =
        server::Server::start(options, workers, [&core](const core::Request &request) { return core.handle(request); });
    if (!started)
        return fail(started.error());
    server::Server &server = **started;
    std::cout << greeting << "kithd listens on " << server.url() << std::endl;
    while (waitForSignal() == Signal::Reload)
        if (auto reloaded = server.reload(); !reloaded)
            fail(reloaded.error());
    server.stop(EndPatience);
    return Done;
}

int serveDev(const Arguments &arguments, const server::ServerOptions &options)
{
    auto folder = PrivateFolder::make();
    if (!folder)
        return fail(folder.error());
    core::CoreOptions coreOptions;
    coreOptions.file.file = folder->path() / "core.db";
    coreOptions.file.durability = store::Durability::None;
    coreOptions.file.program = "kithd";
    coreOptions.rootToken = arguments.devRootToken.empty() ? "s." + randomHex(12) : arguments.devRootToken;
    coreOptions.rootKey = store::SecretKey::random();
    const std::string greeting =
        "A development server: unsealed, and forgotten when it ends.\nRoot token: " + coreOptions.rootToken + "\n";
    auto core = core::Core::open(std::move(coreOptions));
    return core ? serve(**core, options, greeting) : fail(core.error());
}

int serveData(const Arguments &arguments, const server::ServerOptions &options)
{
    std::error_code wrong;
    std::filesystem::create_directories(arguments.data, wrong);
    std::filesystem::permissions(arguments.data, std::filesystem::perms::owner_all, wrong);
    if (wrong)
        return fail(arguments.data + ": " + wrong.message());
    core::CoreOptions coreOptions;
    coreOptions.file.file = std::filesystem::path(arguments.data) / "core.db";
    coreOptions.file.program = "kithd";
    auto core = core::Core::open(std::move(coreOptions));
    return core ? serve(**core, options, {}) : fail(core.error());
}

int run(const Arguments &arguments)
{
    const auto place = server::parseEndpoint(arguments.listen.empty() ? std::string(DefaultPlace) : arguments.listen);
    if (!place) {
        fail("--listen wants ADDRESS:PORT, such as 127.0.0.1:8200 or [::1]:8200");
        return WrongUsage;
    }
    server::ServerOptions options;
    options.address = place->address;
    options.port = place->port;
    return arguments.dev ? serveDev(arguments, options) : serveData(arguments, options);
}

} // namespace

int main(int argc, char **argv)
{
    try {
        const auto [arguments, wrong] =
            parseArguments(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
        if (wrong) {
            std::cerr << "kithd: " << *wrong << "\nkithd --help says how to use it.\n";
            return WrongUsage;
        }
        if (arguments.help || arguments.version) {
            std::cout << (arguments.help ? usage() : "kithd " KITH_VERSION "\n") << std::flush;
            return std::cout ? Done : Failed;
        }
        prepareProcess();
        return run(arguments);
    } catch (const std::exception &exception) {
        return fail(exception.what());
    }
}
