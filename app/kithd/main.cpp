// SPDX-License-Identifier: Apache-2.0
#include "Arguments.h"
#include "Config.h"
#include "PrivateFolder.h"
#include "Process.h"
#include "Service.h"
#include "store/Text.h"

#include <exception>
#include <iostream>

namespace {

using namespace kith;
using namespace kith::d;

constexpr const char *DefaultPlace = "127.0.0.1:8200";
constexpr const char *CoreFile = "core.db";

int serveDev(const Arguments &arguments, const server::ServerOptions &place)
{
    auto folder = PrivateFolder::make();
    if (!folder)
        return fail(folder.error());
    core::CoreOptions options;
    options.file.file = folder->path() / CoreFile;
    options.file.durability = store::Durability::None;
    options.file.program = "kithd";
    options.readAhead = identity::ReadAhead::No;
    options.firstToken = arguments.devRootToken.empty() ? "s." + randomHex(12) : arguments.devRootToken;
    options.rootKey = store::SecretKey::random();
    const std::string greeting =
        "A development server: unsealed, and forgotten when it ends.\nRoot token: " + options.firstToken + "\n";
    const auto core = core::Core::open(std::move(options));
    return core ? serve(**core, {place}, Reach::Loopback, greeting) : fail(core.error());
}

audit::AuditOptions auditOptions(const Config &config)
{
    using audit::AuditOptions;
    AuditOptions options;
    for (const AuditDevice &device : config.audits)
        options.devices.push_back({device.path + (device.path.ends_with('/') ? "" : "/"), device.type,
                                   device.description, false, device.options});
    options.byApi = config.apiAuditCreation ? AuditOptions::ByApi::Allowed : AuditOptions::ByApi::Refused;
    options.prefixes = config.auditPrefixing ? AuditOptions::Prefixes::Allowed : AuditOptions::Prefixes::Refused;
    return options;
}

int serveData(const Config &config)
{
    for (const std::string &note : config.notes)
        fail(note);
    if (auto made = makePrivate(config.data); !made)
        return fail(made.error());
    core::CoreOptions options;
    options.file.file = config.data / CoreFile;
    options.file.program = "kithd";
    options.readAhead = identity::ReadAhead::No;
    options.audit = auditOptions(config);
    const auto core = core::Core::open(std::move(options));
    if (!core)
        return fail(core.error());
    if (const std::string other = (*core)->store().otherWriter(); !other.empty())
        return fail(config.data.string() + " is in use by " + other);
    return serve(**core, config.listeners, Reach::Anywhere, {}, config.apiAddress);
}

int run(const Arguments &arguments)
{
    const auto place = server::parseEndpoint(arguments.listen.empty() ? DefaultPlace : arguments.listen);
    if (!place) {
        fail("--listen wants ADDRESS:PORT, such as 127.0.0.1:8200 or [::1]:8200");
        return WrongUsage;
    }
    server::ServerOptions options;
    options.address = place->address;
    options.port = place->port;
    if (arguments.dev)
        return serveDev(arguments, options);
    if (arguments.config.empty()) {
        Config config;
        config.data = arguments.data;
        config.listeners = {options};
        return serveData(config);
    }
    auto config = loadConfig(arguments.config);
    if (!config) {
        fail(config.error());
        return WrongUsage;
    }
    return serveData(*config);
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
