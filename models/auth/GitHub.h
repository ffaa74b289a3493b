// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Login.h"
#include "store/Entries.h"

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// Whom a mount of the method `github` lets in: the members of an organisation, by their personal access tokens.
struct GitHubConfig {
    std::string organization;
    std::int64_t organizationId = 0; ///< What counts: names change hands.
    std::string baseUrl;             ///< Of the API; empty: GitHub's own.
    TokenSettings token;
    std::set<std::string> oldNames; ///< Settings that were given by their old names ("ttl"): shown by both.
};

/// As the API shows it, the settings of its tokens left out.
boost::json::object gitHubConfigJson(const GitHubConfig &config);

/// Nothing: the mount isn't configured yet.
Result<std::optional<GitHubConfig>> findGitHubConfig(const store::Entries &entries);
bool hasGitHubConfig(const store::Entries &entries);
void saveGitHubConfig(const store::Entries &entries, const GitHubConfig &config);

/// What teams or users are mapped to: "teams" or "users". Keys compare case-insensitively; the value is a text of
/// policies with commas. The key "default" is everybody's.
struct GitHubMap {
    std::string_view name;

    Result<std::optional<std::string>> find(const store::Entries &entries, std::string_view key) const;
    bool contains(const store::Entries &entries, std::string_view key) const;
    void save(const store::Entries &entries, std::string_view key, const std::string &value) const;
    void remove(const store::Entries &entries, std::string_view key) const;
    std::vector<std::string> keys(const store::Entries &entries, std::string_view after, std::int64_t limit) const;
    /// Of all these keys and of "default".
    Result<std::vector<std::string>> policies(const store::Entries &entries, const std::vector<std::string> &of) const;
};
inline constexpr GitHubMap GitHubTeams{"teams"};
inline constexpr GitHubMap GitHubUsers{"users"};

/// What GitHub says of the bearer of a token.
struct GitHubUser {
    std::string login;
    std::string organization;       ///< As it is called now.
    std::vector<std::string> teams; ///< Of the organisation: names, and slugs where they differ; sorted.
};

/// Asks GitHub whose `token` is and for the organisation and teams. Slow: a good half minute at most. Fails with status
/// 400 and what GitHub or the way to it said: no such token, not in the organisation, its rate limit.
Result<GitHubUser> askGitHub(const GitHubConfig &config, const std::string &token);

/// Whether GitHub could call an organisation so; anything else would be another path of its API.
bool isGitHubName(std::string_view name);
/// The id of the configured organisation, which everybody may know. Fails as askGitHub() does.
Result<std::int64_t> gitHubOrganizationId(const GitHubConfig &config);

} // namespace kith::auth
