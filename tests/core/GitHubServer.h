// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/WebServer.h"

#include <boost/json.hpp>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kith::test {

/// GitHub can't be reached by tests, and nobody may make people and organisations there for them. So this stands in its
/// place and answers as its public documentation of the REST API says: /user, /user/orgs, /user/teams and /orgs/ORG,
/// lists in pages with a Link header, errors with a `message`, rate limits by headers. It has one organisation, acme,
/// whose id is 7. Thread-safe.
class GitHubServer
{
public:
    struct Person {
        std::string login;
        std::vector<boost::json::object> organizations;
        std::vector<boost::json::object> teams;
    };

    GitHubServer();

    std::string url() const { return m_web.url() + "/api/v3"; }
    void set(const std::string &token, Person person);
    void revoke(const std::string &token); ///< Nobody's from now on.
    void refuse(std::optional<WebAnswer> with);
    /// Holds back what is said of the teams of this one from now on.
    void holdBack(const std::string &token);
    bool holdsBack() const { return m_holds; }             ///< Somebody waits for that.
    void setPageLimit(std::size_t most) { m_most = most; } ///< Whatever is asked for.
    void hang(bool on) { m_web.hang(on); }
    /// Does something before the next answer, while whoever asked waits for it.
    void meanwhile(std::function<void()> something);
    int requests() const { return m_web.requests(); }

    static boost::json::object organization(const std::string &login, int id) { return {{"login", login}, {"id", id}}; }
    static boost::json::object team(const std::string &name, const std::string &slug, int organization)
    {
        return {{"name", name}, {"slug", slug}, {"organization", {{"id", organization}, {"login", "any"}}}};
    }

private:
    WebAnswer page(const std::string &path, const std::vector<boost::json::object> &all) const;
    WebAnswer late(const std::string &token, WebAnswer answer);
    std::function<void()> takeMeanwhile();
    WebAnswer answer(const WebRequest &request);

    std::mutex m_mutex;
    std::map<std::string, Person> m_people;
    std::optional<WebAnswer> m_refusal;
    std::function<void()> m_meanwhile;
    std::string m_late;
    std::atomic<bool> m_holds = false;
    std::atomic<std::size_t> m_most = 100;
    WebServer m_web; // before the rest goes
};

} // namespace kith::test
