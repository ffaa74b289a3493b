// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::d {

/// What the command line says.
struct Arguments {
    bool dev = false;
    std::string devRootToken; ///< Empty: one is drawn.
    std::string listen;       ///< "127.0.0.1:8200"; empty: as the configuration says.
    std::string data;         ///< Folder of the core; empty: as the configuration says.
    std::string config;       ///< File; empty: none.
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

} // namespace kith::d
