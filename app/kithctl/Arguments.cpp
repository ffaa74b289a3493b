// SPDX-License-Identifier: Apache-2.0
#include "Arguments.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>

namespace kith::ctl {

namespace {

struct CommandShape {
    std::string_view name;
    std::size_t operands;
    std::string_view missing; ///< What to say when there are too few.
    bool takesJson = false;
    bool takesDryRun = false;
    bool betweenTwo = false; ///< Its operands are places.
    bool mapsMounts = false;
};

constexpr std::array<CommandShape, 10> Commands{
    {{"diff", 2, "diff needs two cores or documents: kithctl diff A B", false, false, true},
     {"copy", 2, "copy needs two cores: kithctl copy A B [--dry-run]", false, true, true, true},
     {"import", 1, "import needs a document: kithctl import DOC [--dry-run]", false, true},
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
    if (!arguments.mounts.empty() && !shape->mapsMounts)
        return arguments.command + " has no --map-mount";
    if (arguments.server && !arguments.passphraseFile.empty())
        return "--passphrase-file is for a core file, not for a server";
    if (arguments.server && (arguments.command == "backup" || arguments.command == "restore"))
        return arguments.command + " works on a core file, not on a server";
    if (arguments.command == "explain" && arguments.operands[0] != "entity" && arguments.operands[0] != "group")
        return "explain what? \"" + arguments.operands[0] + "\" is neither entity nor group";
    return std::nullopt;
}

/// An option with a value: `--name VALUE` or `--name=VALUE`.
struct ValueOption {
    std::string_view name;
    std::string_view missing; ///< What to say when there is no value.
    std::function<void(const std::string &)> set;
};

/// Reads the option at words[at], moving on over its value; what is wrong with it.
std::optional<std::string> readValue(const std::vector<std::string> &words, std::size_t &at,
                                     std::span<const ValueOption> options)
{
    const std::string &word = words[at];
    for (const ValueOption &option : options) {
        if (word.rfind(option.name, 0) != 0)
            continue;
        if (word.size() > option.name.size() + 1 && word[option.name.size()] == '=') {
            option.set(word.substr(option.name.size() + 1));
            return std::nullopt;
        }
        if (word == option.name && at + 1 < words.size() && !words[at + 1].empty()) {
            option.set(words[++at]);
            return std::nullopt;
        }
        return std::string(option.missing);
    }
    return "there is no option " + word;
}

void addOperand(Arguments &arguments, const std::string &word)
{
    if (arguments.command.empty())
        arguments.command = word;
    else
        arguments.operands.push_back(word);
}

/// What is said of servers: of one, or of the first and the second.
struct ServerOptions {
    std::string address;
    std::string connection;
    std::vector<std::string> nameSpaces;
    std::vector<std::string> tokenFiles;
    std::vector<std::string> authorities;

    /// Of the first or the second server; what is said once counts for both.
    Server server(std::string url, std::size_t which) const
    {
        const auto one = [which](const std::vector<std::string> &values) {
            return values.empty() ? std::string() : values[std::min(which, values.size() - 1)];
        };
        while (!url.empty() && url.back() == '/')
            url.pop_back();
        Server server;
        server.address = std::move(url);
        server.nameSpace = one(nameSpaces);
        server.tokenFile = one(tokenFiles);
        server.authority = one(authorities);
        return server;
    }
    Server kept(std::string name, std::size_t which) const
    {
        Server kept = server({}, which);
        kept.connection = std::move(name);
        return kept;
    }
    bool any() const { return !nameSpaces.empty() || !tokenFiles.empty() || !authorities.empty(); }
};

bool isUrl(const std::string &text)
{
    return text.rfind("http://", 0) == 0 || text.rfind("https://", 0) == 0;
}

std::optional<std::string> addServer(Arguments &arguments, const ServerOptions &options)
{
    const bool twice = options.nameSpaces.size() > 1 || options.tokenFiles.size() > 1 || options.authorities.size() > 1;
    if (!options.connection.empty()) {
        if (!options.address.empty() || !arguments.core.empty())
            return "one of --core, --addr and --connection";
        arguments.server = options.kept(options.connection, 0);
        return std::nullopt;
    }
    if (options.address.empty())
        return options.any() ? std::optional<std::string>("--token-file, --ca and --namespace go with --addr")
                             : std::nullopt;
    if (!arguments.core.empty())
        return "either --core or --addr";
    if (!isUrl(options.address))
        return "--addr wants a URL such as https://host:8200";
    if (twice)
        return "--token-file, --ca and --namespace are given once for one server";
    arguments.server = options.server(options.address, 0);
    return std::nullopt;
}

bool isSamePlace(const Server &a, const Server &b)
{
    return a.address == b.address && a.connection == b.connection;
}

/// The operands of a command between two cores: files, URLs, or names of connections after an @.
std::optional<std::string> addPlaces(Arguments &arguments, const ServerOptions &options)
{
    if (!arguments.core.empty() || !options.address.empty() || !options.connection.empty())
        return arguments.command + " names both cores after it, not with --core or --addr";
    std::size_t servers = 0;
    for (const std::string &operand : arguments.operands) {
        Place place;
        if (isUrl(operand))
            place.server = options.server(operand, servers++);
        else if (operand.size() > 1 && operand[0] == '@')
            place.server = options.kept(operand.substr(1), servers++);
        else
            place = {operand, std::nullopt, arguments.passphraseFile};
        arguments.places.push_back(std::move(place));
    }
    if (servers == 0 && options.any())
        return "--token-file, --ca and --namespace are for servers";
    if (servers == 2 && !isSamePlace(*arguments.places[0].server, *arguments.places[1].server)) {
        if (options.tokenFiles.size() == 1)
            return "a token is for one server: --token-file for the first, --token-file for the second";
        for (Place &place : arguments.places)
            place.server->isOneOfTwo = true;
    }
    return std::nullopt;
}

/// "github=github-emea", with or without auth/ and slashes at the ends; false: it is something else.
bool addMapping(Arguments &arguments, const std::string &text)
{
    const auto path = [](std::string name) {
        if (name.rfind("auth/", 0) == 0)
            name.erase(0, 5);
        while (!name.empty() && name.back() == '/')
            name.pop_back();
        return name;
    };
    const std::size_t at = text.find('=');
    if (at == text.npos)
        return false;
    arguments.mounts.emplace_back(path(text.substr(0, at)), path(text.substr(at + 1)));
    return !arguments.mounts.back().first.empty() && !arguments.mounts.back().second.empty();
}

bool isBetweenTwo(const std::string &command)
{
    return std::any_of(Commands.begin(), Commands.end(),
                       [&](const CommandShape &known) { return known.name == command && known.betweenTwo; });
}

} // namespace

ParsedArguments parseArguments(const std::vector<std::string> &words)
{
    ParsedArguments parsed;
    Arguments &arguments = parsed.arguments;
    ServerOptions server;
    bool mapped = true;
    const ValueOption valued[] = {
        {"--map-mount", "--map-mount needs two paths: --map-mount A=B",
         [&](const std::string &value) { mapped = addMapping(arguments, value) && mapped; }},
        {"--passphrase-file", "--passphrase-file needs a file",
         [&](const std::string &value) { arguments.passphraseFile = value; }},
        {"--core", "--core needs a file", [&](const std::string &value) { arguments.core = value; }},
        {"--addr", "--addr needs a URL", [&](const std::string &value) { server.address = value; }},
        {"--connection", "--connection needs a name", [&](const std::string &value) { server.connection = value; }},
        {"--namespace", "--namespace needs a path",
         [&](const std::string &value) { server.nameSpaces.push_back(value); }},
        {"--token-file", "--token-file needs a file",
         [&](const std::string &value) { server.tokenFiles.push_back(value); }},
        {"--ca", "--ca needs a file", [&](const std::string &value) { server.authorities.push_back(value); }}};
    const std::pair<std::string_view, bool *> flags[] = {{"--dry-run", &arguments.dryRun},
                                                         {"--json", &arguments.json},
                                                         {"--help", &arguments.help},
                                                         {"-h", &arguments.help},
                                                         {"--version", &arguments.version}};
    bool optionsEnded = false;
    for (std::size_t i = 0; i < words.size() && !parsed.wrong; ++i) {
        const std::string &word = words[i];
        const auto *flag =
            std::find_if(std::begin(flags), std::end(flags), [&](const auto &known) { return known.first == word; });
        if (optionsEnded || word.size() < 2 || word[0] != '-')
            addOperand(arguments, word);
        else if (word == "--")
            optionsEnded = true;
        else if (flag != std::end(flags))
            *flag->second = true;
        else
            parsed.wrong = readValue(words, i, valued);
    }
    if (!parsed.wrong && !mapped)
        parsed.wrong = "--map-mount needs two paths: --map-mount A=B";
    const bool betweenTwo = isBetweenTwo(arguments.command);
    if (!parsed.wrong && !betweenTwo)
        parsed.wrong = addServer(arguments, server);
    if (!parsed.wrong)
        parsed.wrong = wrongWith(arguments);
    if (!parsed.wrong && betweenTwo)
        parsed.wrong = addPlaces(arguments, server);
    return parsed;
}

std::string_view usage()
{
    return R"(Usage: kithctl [--core FILE | --addr URL [--token-file FILE] [--ca FILE] [--namespace PATH]] COMMAND
       kithctl diff|copy A B

Looks into an identity core, and carries identities from one to another.

  import DOC [--dry-run]            imports an identity document (- is standard input);
                                    with --dry-run it only says what would change
  export                            writes all identities as a document to standard output
  explain entity|group NAME [--json]
                                    every policy that somebody has, with every way of having it
  who POLICY [--json]               who has a policy, and through which groups
  search TEXT                       entities, aliases, groups and policies that match
  check                             looks for damage and for what must not be in a core
  diff A B                          how the identities of A and B differ, by their names
  copy A B [--dry-run]              brings the identities of A into B, by their names; what is only in B stays.
                                    A and B are core files, URLs of servers, or @NAME of a connection;
                                    A (of diff both) may be a document, - is standard input
  backup FILE                       copies the core into a new file, also while it is served
  restore FILE                      gives the core the content of a backup; what was in it is gone

  --core FILE    the core file; default: kith/core.db in $XDG_DATA_HOME or ~/.local/share
  --passphrase-file FILE   what it was given as its passphrase, where its key is made from one
  --map-mount A=B    copy: what logs in at A there logs in at B here; may be given for several
  --addr URL     a server instead (kithd, OpenBao, Vault), such as https://host:8200
  --connection NAME   a server that the window keeps under this name, with its settings
  --token-file FILE   its token; without this $VAULT_TOKEN (not between two servers)
  --ca FILE      certificates in PEM to check the server's against; default: the system's
  --namespace PATH    where in the server; default: its root
                 Between two servers these three may be given twice, for A and for B.
  --             what follows are names, even if they begin with a dash
  -h, --help     this text
  --version      the version

Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 diff: they differ.
)";
}

} // namespace kith::ctl
