// SPDX-License-Identifier: Apache-2.0
#include "auth/GitHub.h"

#include "auth/KeptObject.h"
#include "auth/Outgoing.h"
#include "auth/TokenSettings.h"
#include "auth/Tokens.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>
#include <cctype>
#include <chrono>

namespace kith::auth {

namespace json = boost::json;
using store::numberIn;
using store::textIn;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view Place = "config";
constexpr std::string_view PublicApi = "https://api.github.com/";
constexpr int MostPages = 50; // of 100
constexpr std::chrono::seconds MostTime{30};
constexpr int Ok = 200;
constexpr std::size_t MostTexts = 100'000; // in one page

std::string apiOf(const GitHubConfig &config)
{
    std::string api = config.baseUrl.empty() ? std::string(PublicApi) : config.baseUrl;
    return api.ends_with('/') ? api : api + "/";
}

/// What somebody else's server says, in one line that is not too long.
std::string shortened(std::string_view text)
{
    constexpr std::size_t Most = 200;
    return validUtf8(text.substr(0, Most));
}

std::string headerOf(const OutgoingAnswer &answer, const char *name)
{
    const auto found = answer.headers.find(name);
    return found == answer.headers.end() ? std::string() : found->second;
}

/// Why GitHub didn't answer what it was asked.
std::string refusalOf(const OutgoingAnswer &answer)
{
    const bool limited =
        answer.status == 429 || (answer.status == 403 && (headerOf(answer, "x-ratelimit-remaining") == "0" ||
                                                          !headerOf(answer, "retry-after").empty()));
    std::string text = std::to_string(answer.status);
    const auto parsed = store::readJson(answer.body, {});
    const json::object *body = parsed ? parsed->if_object() : nullptr;
    if (const std::string said = body ? textIn(*body, "message") : std::string(); !said.empty())
        text += " " + shortened(said);
    if (limited)
        text += " (the rate limit of the API is reached; try again later)";
    return text;
}

/// GitHub's API as one token sees it.
class Api
{
public:
    Api(const GitHubConfig &config, const std::string &token) : m_base(apiOf(config)), m_end(Clock::now() + MostTime)
    {
        m_headers = {"Accept: application/vnd.github+json", "User-Agent: Kith", "X-GitHub-Api-Version: 2022-11-28"};
        if (!token.empty())
            m_headers.push_back("Authorization: Bearer " + token);
    }

    Result<json::value> get(const std::string &path, OutgoingAnswer &answer) const
    {
        const std::string url = m_base + path;
        const auto failed = [&url](ErrorCode code, const std::string &why) {
            return Error{code, 400, "GET " + url + ": " + why, {}};
        };
        if (Clock::now() >= m_end)
            return failed(ErrorCode::TimedOut, "GitHub takes too long");
        auto got = sendOut({url, {}, {}, m_headers});
        if (!got)
            return failed(ErrorCode::Unreachable, got.error().wire);
        answer = std::move(*got);
        if (answer.status != Ok)
            return failed(ErrorCode::Unreachable, refusalOf(answer));
        auto body = store::readJson(answer.body, {100, MostTexts});
        return body ? body : Result<json::value>(failed(ErrorCode::Unreachable, "it answers no JSON"));
    }

    /// Every object of a list, page by page; `take` returns false when it has seen enough.
    template <class Take>
    Result<void> each(const std::string &path, Take &&take) const
    {
        for (int page = 1; page <= MostPages; ++page) {
            OutgoingAnswer answer;
            const auto list = get(path + "?per_page=100&page=" + std::to_string(page), answer);
            if (!list)
                return list.error();
            if (!list->is_array())
                return Error{ErrorCode::Unreachable, 400, "GET " + m_base + path + ": it answers no list", {}};
            for (const json::value &item : list->get_array())
                if (const json::object *object = item.if_object(); object && !take(*object))
                    return {};
            // Not by the length of the page: a server may give fewer than it was asked for.
            if (headerOf(answer, "link").find("rel=\"next\"") == std::string::npos)
                return {};
        }
        return Error{ErrorCode::Unreachable, 400, "GET " + m_base + path + ": it answers too much", {}};
    }

private:
    std::string m_base;
    Clock::time_point m_end;
    std::vector<std::string> m_headers;
};

/// What could be more than one header is no token.
bool isToken(const std::string &token)
{
    return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

const json::object &objectIn(const json::object &object, std::string_view name)
{
    static const json::object none;
    const json::value *value = object.if_contains(name);
    return value && value->is_object() ? value->get_object() : none;
}

/// What the organisation is called now; empty: the bearer isn't in it.
Result<std::string> organizationOf(const Api &api, std::int64_t id)
{
    std::string name;
    auto looked = api.each("user/orgs", [&](const json::object &organization) {
        if (numberIn(organization, "id") == id)
            name = textIn(organization, "login");
        return name.empty();
    });
    return looked ? Result<std::string>(std::move(name)) : Result<std::string>(looked.error());
}

std::string pathOf(std::string_view map, std::string_view key)
{
    return "map/" + std::string(map) + "/" + foldCase(key);
}

} // namespace

json::object gitHubConfigJson(const GitHubConfig &config)
{
    return {{"base_url", config.baseUrl},
            {"organization", config.organization},
            {"organization_id", config.organizationId}};
}

Result<std::optional<GitHubConfig>> findGitHubConfig(const store::Entries &entries)
{
    const auto kept = keptObject(entries, Place);
    if (!kept)
        return kept.error();
    if (!*kept)
        return std::optional<GitHubConfig>();
    GitHubConfig config;
    config.organization = textIn(**kept, "organization");
    config.organizationId = numberIn(**kept, "organization_id");
    config.baseUrl = textIn(**kept, "base_url");
    config.token = tokenSettingsOf(**kept);
    for (std::string &old : store::textsIn(**kept, "old_names"))
        config.oldNames.insert(std::move(old));
    return std::optional(std::move(config));
}

bool hasGitHubConfig(const store::Entries &entries)
{
    return entries.contains(Place);
}

void saveGitHubConfig(const store::Entries &entries, const GitHubConfig &config)
{
    json::object kept = tokenSettingsJson(config.token);
    for (const auto &[key, value] : gitHubConfigJson(config))
        kept[key] = value;
    kept["old_names"] = jsonList({config.oldNames.begin(), config.oldNames.end()});
    entries.put(Place, store::toJson(kept));
}

Result<std::optional<std::string>> GitHubMap::find(const store::Entries &entries, std::string_view key) const
{
    const auto kept = keptObject(entries, pathOf(name, key));
    if (!kept)
        return kept.error();
    return *kept ? std::optional(textIn(**kept, "value")) : std::nullopt;
}

bool GitHubMap::contains(const store::Entries &entries, std::string_view key) const
{
    return entries.contains(pathOf(name, key));
}

void GitHubMap::save(const store::Entries &entries, std::string_view key, const std::string &value) const
{
    entries.put(pathOf(name, key), store::toJson(json::object{{"value", value}}));
}

void GitHubMap::remove(const store::Entries &entries, std::string_view key) const
{
    entries.remove(pathOf(name, key));
}

std::vector<std::string> GitHubMap::keys(const store::Entries &entries, std::string_view after,
                                         std::int64_t limit) const
{
    return entries.list(pathOf(name, {}), after, limit);
}

Result<std::vector<std::string>> GitHubMap::policies(const store::Entries &entries,
                                                     const std::vector<std::string> &of) const
{
    std::vector<std::string> all;
    std::vector<std::string> known{"default"};
    known.insert(known.end(), of.begin(), of.end());
    for (const std::string &key : known) {
        const auto value = find(entries, key);
        if (!value)
            return value.error();
        std::string_view rest = *value ? std::string_view(**value) : std::string_view();
        while (!rest.empty()) {
            const auto end = std::min(rest.find(','), rest.size());
            all.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return cleanTokenPolicies(all);
}

Result<GitHubUser> askGitHub(const GitHubConfig &config, const std::string &token)
{
    if (!isToken(token))
        return invalidRequest("missing token, or what can't be one");
    const Api api(config, token);
    OutgoingAnswer answer;
    const auto person = api.get("user", answer);
    if (!person)
        return person.error();
    GitHubUser user;
    user.login = person->is_object() ? textIn(person->get_object(), "login") : std::string();
    if (user.login.empty())
        return invalidRequest("GitHub doesn't say whose token it is");
    auto organization = organizationOf(api, config.organizationId);
    if (!organization)
        return organization.error();
    if (organization->empty())
        return invalidRequest("user is not part of required org");
    user.organization = std::move(*organization);
    std::set<std::string> teams;
    auto listed = api.each("user/teams", [&](const json::object &team) {
        if (numberIn(objectIn(team, "organization"), "id") == config.organizationId)
            for (const char *name : {"name", "slug"})
                if (std::string text = textIn(team, name); !text.empty())
                    teams.insert(std::move(text));
        return true;
    });
    if (!listed)
        return listed.error();
    user.teams.assign(teams.begin(), teams.end());
    return user;
}

bool isGitHubName(std::string_view name)
{
    return name.find_first_not_of('.') != std::string_view::npos && std::all_of(name.begin(), name.end(), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
           });
}

Result<std::int64_t> gitHubOrganizationId(const GitHubConfig &config)
{
    OutgoingAnswer answer;
    const auto organization = Api(config, {}).get("orgs/" + config.organization, answer);
    if (!organization)
        return organization.error();
    const std::int64_t id = organization->is_object() ? numberIn(organization->get_object(), "id") : 0;
    return id > 0 ? Result<std::int64_t>(id) : Result<std::int64_t>(invalidRequest("it has no id"));
}

} // namespace kith::auth
