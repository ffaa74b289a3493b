// SPDX-License-Identifier: Apache-2.0
#include "oidc/Visits.h"

#include <algorithm>

namespace kith::oidc {

namespace {

std::string agreement(std::string_view client, std::string_view scope)
{
    return std::string(client).append(" ").append(scope);
}

} // namespace

bool Visit::hasAgreed(std::string_view client, const std::vector<std::string> &scopes) const
{
    // The empty scope stands for the client itself, which may want nothing but to know who it is.
    return agreed.contains(agreement(client, {})) &&
           std::all_of(scopes.begin(), scopes.end(),
                       [&](const std::string &scope) { return agreed.contains(agreement(client, scope)); });
}

void Visit::agree(std::string_view client, const std::vector<std::string> &scopes)
{
    agreed.insert(agreement(client, {}));
    for (const std::string &scope : scopes)
        agreed.insert(agreement(client, scope));
}

std::string Visits::open(Visit visit, Nanoseconds now)
{
    const std::string cookie = store::randomBase62(43); // 256 bits
    visit.expires = std::min(visit.expires, now + Longest);
    const std::string key = keyOf(cookie);
    const std::lock_guard lock(m_mutex);
    if (!visit.entity.empty()) {
        if (const auto others = m_ofOne.find(visit.entity);
            others != m_ofOne.end() && others->second.size() >= MostOfOne)
            end(std::string(others->second.front()));
        m_ofOne[visit.entity].push_back(key);
    }
    if (m_visits.size() >= Most)
        end(std::string(m_byOpening.front().key));
    const auto opening = m_byOpening.insert(m_byOpening.end(), {now, key});
    m_visits.emplace(key, Kept{std::move(visit), opening});
    return cookie;
}

std::optional<Visit> Visits::find(std::string_view cookie, Nanoseconds now) const
{
    const std::string key = keyOf(cookie);
    const std::lock_guard lock(m_mutex);
    const auto found = m_visits.find(key);
    if (found == m_visits.end() || found->second.visit.expires <= now)
        return std::nullopt;
    return found->second.visit;
}

void Visits::agree(std::string_view cookie, std::string_view client, const std::vector<std::string> &scopes)
{
    const std::string key = keyOf(cookie);
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_visits.find(key); found != m_visits.end())
        found->second.visit.agree(client, scopes);
}

void Visits::answered(std::string_view cookie)
{
    const std::string key = keyOf(cookie);
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_visits.find(key); found != m_visits.end())
        found->second.visit.signedInFor.clear();
}

std::optional<Visit> Visits::close(std::string_view cookie)
{
    const std::string key = keyOf(cookie);
    const std::lock_guard lock(m_mutex);
    return take(key);
}

std::optional<Visit> Visits::take(const std::string &key)
{
    auto found = m_visits.extract(key);
    if (found.empty())
        return std::nullopt;
    m_byOpening.erase(found.mapped().opening);
    Visit visit = std::move(found.mapped().visit);
    if (const auto ofOne = m_ofOne.find(visit.entity); ofOne != m_ofOne.end()) {
        std::erase(ofOne->second, key);
        if (ofOne->second.empty())
            m_ofOne.erase(ofOne);
    }
    return visit;
}

void Visits::end(const std::string &key)
{
    if (auto ended = take(key))
        m_ended.push_back(std::move(*ended));
}

std::vector<Visit> Visits::takeEnded(Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    // None outlives Longest; those that end sooner, with their tokens, need nobody to end these.
    while (!m_byOpening.empty() && m_byOpening.front().at + Longest <= now)
        end(std::string(m_byOpening.front().key));
    std::vector<Visit> some;
    while (!m_ended.empty() && some.size() < MostTaken) {
        some.push_back(std::move(m_ended.front()));
        m_ended.pop_front();
    }
    return some;
}

} // namespace kith::oidc
