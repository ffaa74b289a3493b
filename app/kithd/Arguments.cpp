// SPDX-License-Identifier: Apache-2.0
#include "Arguments.h"

namespace kith::d {

namespace {

/// The value of `--name VALUE` or `--name=VALUE` at words[at], which it moves on; nothing if that is another option.
std::optional<std::string> valueOf(const std::vector<std::string> &words, std::size_t &at, std::string_view name,
                                   std::optional<std::string> &wrong)
{
    const std::string &word = words[at];
    if (word.rfind(std::string(name) + "=", 0) == 0 && word.size() > name.size() + 1)
        return word.substr(name.size() + 1);
    if (word == name && at + 1 < words.size() && !words[at + 1].empty())
        return words[++at];
    if (word.rfind(name, 0) == 0 && (word.size() == name.size() || word[name.size()] == '='))
        wrong = std::string(name) + " needs a value";
    return std::nullopt;
}

std::optional<std::string> wrongWith(const Arguments &arguments)
{
    if (arguments.help || arguments.version)
        return std::nullopt;
    if (arguments.dev && !(arguments.data.empty() && arguments.config.empty()))
        return "--dev keeps nothing, so it goes with neither --data nor --config";
    if (!arguments.dev && !arguments.devRootToken.empty())
        return "--dev-root-token-id goes with --dev only";
    if (!arguments.config.empty() && !(arguments.data.empty() && arguments.listen.empty()))
        return "--config says it all, so it goes with neither --data nor --listen";
    if (!arguments.dev && arguments.data.empty() && arguments.config.empty())
        return "say where the data is: --data DIR, --config FILE, or --dev to try it out";
    return std::nullopt;
}

} // namespace

ParsedArguments parseArguments(const std::vector<std::string> &words)
{
    ParsedArguments parsed;
    Arguments &arguments = parsed.arguments;
    const std::pair<std::string_view, std::string *> options[] = {{"--dev-root-token-id", &arguments.devRootToken},
                                                                  {"--listen", &arguments.listen},
                                                                  {"--data", &arguments.data},
                                                                  {"--config", &arguments.config}};
    for (std::size_t i = 0; i < words.size() && !parsed.wrong; ++i) {
        const std::string &word = words[i];
        if (word == "--dev") {
            arguments.dev = true;
        } else if (word == "--help" || word == "-h") {
            arguments.help = true;
        } else if (word == "--version") {
            arguments.version = true;
        } else {
            bool known = false;
            for (const auto &[name, place] : options) {
                if (auto value = valueOf(words, i, name, parsed.wrong)) {
                    *place = std::move(*value);
                    known = true;
                    break;
                }
            }
            if (!known && !parsed.wrong)
                parsed.wrong = "there is no option " + word;
        }
    }
    if (!parsed.wrong)
        parsed.wrong = wrongWith(arguments);
    return parsed;
}

std::string_view usage()
{
    return R"(Usage: kithd --dev [--dev-root-token-id TOKEN] [--listen ADDRESS:PORT]
       kithd --data DIR [--listen ADDRESS:PORT]
       kithd --config FILE

Serves an identity core over the Vault HTTP API.

  --dev                       to try it out: unsealed, on loopback only, and forgotten when it ends
  --dev-root-token-id TOKEN   its root token; without this one is drawn and shown
  --data DIR                  where the core is, or will be; a new one waits for sys/init
  --listen ADDRESS:PORT       default 127.0.0.1:8200; port 0 takes a free one
  --config FILE               listeners, storage, limits and the rest, in HCL or JSON
  -h, --help                  this text
  --version                   the version

SIGTERM and SIGINT end it when all that is under way is answered; SIGHUP reads the certificates and opens the
audit files anew.
Exit status: 0 done, 1 failed, 2 wrong usage.
)";
}

} // namespace kith::d
