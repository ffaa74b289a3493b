// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"
#include "connection/RemoteClient.h"
#include "store/CoreDumps.h"
#include "store/DefaultFile.h"

#include <QCoreApplication>

#include <csignal>
#include <exception>
#include <iostream>

namespace {

using namespace kith::ctl;

int run(const Arguments &arguments)
{
    constexpr std::pair<std::string_view, int (*)(const Arguments &)> Commands[] = {{"import", importDocument},
                                                                                    {"export", exportDocument},
                                                                                    {"explain", explain},
                                                                                    {"who", who},
                                                                                    {"search", search},
                                                                                    {"check", check},
                                                                                    {"backup", backup},
                                                                                    {"restore", restore},
                                                                                    {"diff", diff},
                                                                                    {"copy", copy}};
    for (const auto &[name, command] : Commands) {
        if (name == arguments.command)
            return command(arguments);
    }
    return WrongUsage;
}

} // namespace

int main(int argc, char **argv)
{
    kith::forbidCoreDumps();
    std::signal(SIGPIPE, SIG_IGN); // a server that goes away must not end the process
    kith::connection::avoidGlibInThreads();
    try {
        std::ios::sync_with_stdio(false);
        auto [arguments, wrong] = parseArguments(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
        if (wrong) {
            std::cerr << "kithctl: " << *wrong << "\nkithctl --help says how to use it.\n";
            return WrongUsage;
        }
        if (arguments.help || arguments.version) {
            std::cout << (arguments.help ? usage() : "kithctl " KITH_VERSION "\n") << std::flush;
            return std::cout ? Done : Failed;
        }
        if (arguments.core.empty() && !arguments.server)
            arguments.core = kith::store::defaultFile();
        if (arguments.core.empty() && !arguments.server)
            return fail("there is no home folder for a core; name a file with --core");
        const QCoreApplication application(argc, argv); // what speaks HTTP needs it
        const int status = run(arguments);
        std::cout.flush();
        return std::cout ? status : fail("the output can't be written");
    } catch (const std::exception &exception) {
        return fail(exception.what());
    }
}
