// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::ctl {

/// A server, as the command line names it.
struct Server {
    std::string address;             ///< "https://host:8200", without a slash at the end. Empty: `connection`.
    std::string nameSpace;           ///< "team/a"; empty: the root, or the connection's.
    std::filesystem::path tokenFile; ///< Empty: the token is in $VAULT_TOKEN, or in the keychain.
    std::filesystem::path authority; ///< Certificates in PEM that its own is checked against; empty: the system's.
    std::string connection = {};     ///< One that the person keeps, by its name: all else is as it says.
    bool isOneOfTwo = false; ///< The other is elsewhere: $VAULT_TOKEN is for neither, since nobody said for which.

    std::string name() const { return connection.empty() ? address : connection; }
};

/// A core file, a document, or a server.
struct Place {
    std::filesystem::path core;
    std::optional<Server> server;         ///< Instead of a file.
    std::filesystem::path passphraseFile; ///< What unseals a core file; empty: it stays as it is.

    std::string name() const { return server ? server->name() : core.string(); }
};

/// What the command line says.
struct Arguments {
    std::filesystem::path core;                              ///< Empty: the default file.
    std::optional<Server> server;                            ///< Instead of a file.
    std::vector<Place> places;                               ///< Of a command between two cores: from, to.
    std::filesystem::path passphraseFile;                    ///< Of the core file.
    std::vector<std::pair<std::string, std::string>> mounts; ///< Of copy: what they are called in the first, and are to
                                                             ///< be called in the second.
    std::string command;                                     ///< Empty with `help` or `version`.
    std::vector<std::string> operands;
    bool dryRun = false;
    bool json = false;
    bool help = false;
    bool version = false;
};

/// The arguments, or what is wrong with them, in one line. `words` is argv without the program's name.
struct ParsedArguments {
    Arguments arguments;
    std::optional<std::string> wrong;
};
ParsedArguments parseArguments(const std::vector<std::string> &words);

/// What --help prints.
std::string_view usage();

} // namespace kith::ctl
