// SPDX-License-Identifier: Apache-2.0
#include "GitHubServer.h"

#include <algorithm>
#include <utility>

namespace kith::test {

namespace json = boost::json;

namespace {

WebAnswer error(int status, const char *message)
{
    return {status, {}, json::serialize(json::object{{"message", message}, {"documentation_url", "https://x"}})};
}

std::size_t numberAfter(const std::string &text, const std::string &name)
{
    const auto at = text.find(name);
    return at == std::string::npos ? 0 : std::stoul(text.substr(at + name.size()));
}

/// The token that the request is sent with; empty: none.
std::string tokenOf(const WebRequest &request)
{
    const std::string begin = "\r\nAuthorization: Bearer ";
    const auto at = request.headers.find(begin);
    if (at == std::string::npos)
        return {};
    const auto from = at + begin.size();
    return request.headers.substr(from, request.headers.find("\r\n", from) - from);
}

} // namespace

GitHubServer::GitHubServer()
{
    m_web.answerWith([this](const WebRequest &request) {
        if (const auto something = takeMeanwhile())
            something();
        return answer(request);
    });
}

void GitHubServer::set(const std::string &token, Person person)
{
    const std::lock_guard lock(m_mutex);
    m_people[token] = std::move(person);
}

void GitHubServer::revoke(const std::string &token)
{
    const std::lock_guard lock(m_mutex);
    m_people.erase(token);
}

void GitHubServer::refuse(std::optional<WebAnswer> with)
{
    const std::lock_guard lock(m_mutex);
    m_refusal = std::move(with);
}

void GitHubServer::holdBack(const std::string &token)
{
    const std::lock_guard lock(m_mutex);
    m_late = token;
    m_holds = false;
}

void GitHubServer::meanwhile(std::function<void()> something)
{
    const std::lock_guard lock(m_mutex);
    m_meanwhile = std::move(something);
}

WebAnswer GitHubServer::page(const std::string &path, const std::vector<json::object> &all) const
{
    const std::size_t size = std::min(numberAfter(path, "per_page="), m_most.load());
    const std::size_t number = numberAfter(path, "&page=");
    json::array items;
    for (std::size_t i = (number - 1) * size; i < all.size() && i < number * size; ++i)
        items.push_back(all[i]);
    WebAnswer answer{200, {}, json::serialize(items)};
    if (number * size < all.size())
        answer.headers.push_back("Link: <https://elsewhere/?page=2>; rel=\"next\", <https://elsewhere>; rel=\"last\"");
    return answer;
}

WebAnswer GitHubServer::late(const std::string &token, WebAnswer answer)
{
    if (token == m_late) {
        m_holds = true;
        answer.isLate = [this, token] {
            const std::lock_guard lock(m_mutex);
            return m_late == token;
        };
    }
    return answer;
}

std::function<void()> GitHubServer::takeMeanwhile()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_meanwhile, {});
}

WebAnswer GitHubServer::answer(const WebRequest &request)
{
    const std::lock_guard lock(m_mutex);
    if (m_refusal)
        return *m_refusal;
    if (request.headers.find("\r\nUser-Agent: ") == std::string::npos)
        return error(403, "Request forbidden by administrative rules. Please make sure your request has a "
                          "User-Agent header");
    if (request.path == "/api/v3/orgs/acme")
        return {200, {}, json::serialize(organization("acme", 7))};
    if (request.path.starts_with("/api/v3/orgs/"))
        return error(404, "Not Found");
    const std::string token = tokenOf(request);
    const auto person = m_people.find(token);
    if (person == m_people.end())
        return error(401, "Bad credentials");
    if (request.path == "/api/v3/user")
        return {200, {}, json::serialize(json::object{{"login", person->second.login}, {"id", 1}})};
    if (request.path.starts_with("/api/v3/user/orgs?"))
        return page(request.path, person->second.organizations);
    if (request.path.starts_with("/api/v3/user/teams?"))
        return late(token, page(request.path, person->second.teams));
    return error(404, "Not Found");
}

} // namespace kith::test
