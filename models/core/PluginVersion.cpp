// SPDX-License-Identifier: Apache-2.0
#include "core/PluginVersion.h"

#include "core/Version.h"
#include "store/Text.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace kith::core {

namespace {

constexpr std::string_view Digits = "0123456789";
constexpr std::string_view WordLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-~";

/// Takes the numbers that a text begins with, `1.2.3`, out of it; empty if it begins with none.
std::string_view takeNumbers(std::string_view &rest)
{
    std::size_t end = 0;
    while (end < rest.size()) {
        const std::size_t begin = end == 0 ? 0 : end + 1;
        if (end > 0 && rest[end] != '.')
            break;
        const std::size_t next = std::min(rest.find_first_not_of(Digits, begin), rest.size());
        if (next == begin)
            break;
        end = next;
    }
    const std::string_view numbers = rest.substr(0, end);
    rest.remove_prefix(end);
    return numbers;
}

/// Whether these are words with dots between.
bool areWords(std::string_view text)
{
    const std::string with = "." + std::string(text) + ".";
    return with.find("..") == with.npos && text.find_first_not_of(std::string(WordLetters) + ".") == text.npos;
}

Error noVersion(std::string_view given, const std::string &why)
{
    return invalidRequest("version " + inQuotes(given) + " is not a valid semantic version: " + why);
}

/// The numbers without noughts before them, at least three.
Result<std::string> plainNumbers(std::string_view given, std::string_view numbers)
{
    std::string plain;
    int count = 0;
    for (std::size_t begin = 0; begin <= numbers.size(); ++count) {
        const std::size_t end = std::min(numbers.find('.', begin), numbers.size());
        const std::string_view number = numbers.substr(begin, end - begin);
        std::int64_t value = 0;
        if (std::from_chars(number.data(), number.data() + number.size(), value).ec != std::errc())
            return noVersion(given, "error parsing version: strconv.ParseInt: parsing " + inQuotes(number) +
                                        ": value out of range");
        plain += (count == 0 ? "" : ".") + std::to_string(value);
        begin = end + 1;
    }
    for (; count < 3; ++count)
        plain += ".0";
    return plain;
}

} // namespace

Result<std::string> pluginVersion(std::string_view given)
{
    if (given == "latest")
        return std::string(given);
    const Error malformed = noVersion(given, "malformed version: " + std::string(given));
    std::string_view rest = given;
    if (rest.starts_with('v'))
        rest.remove_prefix(1);
    const std::string_view numbers = takeNumbers(rest);
    if (numbers.empty())
        return malformed;
    const std::size_t plus = std::min(rest.find('+'), rest.size());
    std::string_view prerelease = rest.substr(0, plus);
    const std::string_view build = rest.substr(plus);
    if (!prerelease.empty()) {
        if (prerelease.front() == '.' || !areWords(prerelease))
            return malformed;
        if (prerelease.size() > 1 && prerelease.front() == '-' && prerelease[1] != '.')
            prerelease.remove_prefix(1);
    }
    if (!build.empty() && !areWords(build.substr(1)))
        return malformed;
    const auto plain = plainNumbers(given, numbers);
    if (!plain)
        return plain.error();
    const std::string version =
        "v" + *plain + (prerelease.empty() ? "" : "-") + std::string(prerelease) + std::string(build);
    return version == BuiltInPluginVersion ? std::string() : version;
}

Result<std::string> pluginVersion(std::string_view given, identity::MountClass mountClass, std::string_view type)
{
    if (given.empty())
        return std::string();
    auto version = pluginVersion(given);
    if (!version || version->empty())
        return version;
    const bool auth = mountClass == identity::MountClass::Auth;
    const std::vector<std::string_view> always =
        auth ? std::vector<std::string_view>{"token"}
             : std::vector<std::string_view>{"kv", "cubbyhole", "identity", "system"};
    if (std::find(always.begin(), always.end(), type) != always.end())
        return invalidRequest("cannot select non-builtin version of " +
                              std::string(auth ? "auth plugin " : "secrets plugin ") + std::string(type));
    return version;
}

} // namespace kith::core
