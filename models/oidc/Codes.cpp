// SPDX-License-Identifier: Apache-2.0
#include "oidc/Codes.h"

#include "oidc/Algorithm.h"
#include "oidc/Role.h"
#include "store/Seal.h"

namespace kith::oidc {

bool Grant::isProvenBy(std::string_view verifier) const
{
    return store::equalSecrets(challengeIsHash ? sha256InBase64Url(verifier) : std::string(verifier), challenge);
}

std::string Codes::add(Grant grant, Nanoseconds now)
{
    const std::string code = store::randomBase62(32);
    const std::lock_guard lock(m_mutex);
    dropExpired(now);
    m_grants.emplace(code, Kept{std::move(grant), now + Life});
    m_byExpiry.emplace_back(now + Life, code);
    return code;
}

std::optional<Grant> Codes::take(std::string_view code, Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    dropExpired(now);
    auto found = m_grants.extract(std::string(code));
    if (found.empty() || found.mapped().expires <= now)
        return std::nullopt;
    return std::move(found.mapped().grant);
}

void Codes::clear()
{
    const std::lock_guard lock(m_mutex);
    m_grants.clear();
    m_byExpiry.clear();
}

void Codes::dropExpired(Nanoseconds now)
{
    while (!m_byExpiry.empty() && m_byExpiry.front().first <= now) {
        m_grants.erase(m_byExpiry.front().second);
        m_byExpiry.pop_front();
    }
}

} // namespace kith::oidc
