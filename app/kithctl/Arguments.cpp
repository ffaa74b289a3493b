// SPDX-License-Identifier: Apache-2.0
#include "Arguments.h"

#include <algorithm>
#include <array>

namespace kith::ctl {

namespace {

struct CommandShape {
    std::string_view name;
    std::size_t operands;
    std::string_view missing; ///< What to say when there are too few.
    bool takesJson = false;
    bool takesDryRun = false;
};

constexpr std::array<CommandShape, 8> Commands{
    {{"import", 1, "import needs a document: kithctl import DOC [--dry-run]", false, true},
     {"export", 0, "", false, false},
     {"explain", 2, "explain needs a kind and a name: kithctl explain entity|group NAME [--json]", true, false},
     {"who", 1, "who needs a policy: kithctl who POLICY [--json]", true, false},
     {"search", 1, "search needs a text: kithctl search TEXT", false, false},
     {"check", 0, "", false, false},
     {"backup", 1, "backup needs a file: kithctl backup FILE", false, false},
     {"restore", 1, "restore needs a backup: kithctl restore FILE", false, false}}};

std::optional<std::string> wrongWith(const Arguments &arguments)
{
    if (arguments.help || arguments.version)
        return std::nullopt;
    if (arguments.command.empty())
        return "a command is missing";
    const auto shape = std::find_if(Commands.begin(), Commands.end(),
                                    [&](const CommandShape &known) { return known.name == arguments.command; });
    if (shape == Commands.end())
        return "there is no command \"" + arguments.command + "\"";
    if (arguments.operands.size() < shape->operands)
        return std::string(shape->missing);
    if (arguments.operands.size() > shape->operands)
        return "\"" + arguments.operands[shape->operands] + "\" is too much after " + arguments.command +
               " (put a name with blanks in quotes)";
    if (arguments.json && !shape->takesJson)
        return arguments.command + " has no --json";
    if (arguments.dryRun && !shape->takesDryRun)
        return arguments.command + " has no --dry-run";
    if (arguments.command == "explain" && arguments.operands[0] != "entity" && arguments.operands[0] != "group")
        return "explain what? \"" + arguments.operands[0] + "\" is neither entity nor group";
    return std::nullopt;
}

} // namespace

ParsedArguments parseArguments(const std::vector<std::string> &words)
{
    ParsedArguments parsed;
    Arguments &arguments = parsed.arguments;
    bool optionsEnded = false;
    std::optional<std::string> wrong;
    for (std::size_t i = 0; i < words.size() && !wrong; ++i) {
        const std::string &word = words[i];
        const bool option = !optionsEnded && word.size() > 1 && word[0] == '-';
        if (!option && arguments.command.empty())
            arguments.command = word;
        else if (!option)
            arguments.operands.push_back(word);
        else if (word == "--")
            optionsEnded = true;
        else if (word == "--core" && i + 1 < words.size() && !words[i + 1].empty())
            arguments.core = words[++i];
        else if (word.rfind("--core=", 0) == 0 && word.size() > 7)
            arguments.core = word.substr(7);
        else if (word == "--dry-run")
            arguments.dryRun = true;
        else if (word == "--json")
            arguments.json = true;
        else if (word == "--help" || word == "-h")
            arguments.help = true;
        else if (word == "--version")
            arguments.version = true;
        else
            wrong = word.rfind("--core", 0) == 0 ? "--core needs a file" : "there is no option " + word;
    }
    parsed.wrong = wrong ? wrong : wrongWith(arguments);
    return parsed;
}

std::string_view usage()
{
    return R"(Usage: kithctl [--core FILE] COMMAND

Looks into an identity core, and carries identities from one to another.

  import DOC [--dry-run]            imports an identity document (- is standard input);
                                    with --dry-run it only says what would change
  export                            writes all identities as a document to standard output
  explain entity|group NAME [--json]
                                    every policy that somebody has, with every way of having it
  who POLICY [--json]               who has a policy, and through which groups
  search TEXT                       entities, aliases, groups and policies that match
  check                             looks for damage and for what must not be in a core
  backup FILE                       copies the core into a new file, also while it is served
  restore FILE                      gives the core the content of a backup; what was in it is gone

  --core FILE    the core file; default: kith/core.db in $XDG_DATA_HOME or ~/.local/share
  --             what follows are names, even if they begin with a dash
  -h, --help     this text
  --version      the version

Exit status: 0 done, 1 refused or failed, 2 wrong usage.
)";
}

} // namespace kith::ctl
