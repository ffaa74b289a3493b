// SPDX-License-Identifier: Apache-2.0
#include "auth/SignIns.h"

#include "store/Json.h"
#include "store/Seal.h"

#include <algorithm>

namespace kith::auth {

namespace json = boost::json;

namespace {

std::size_t sizeOf(const SignIn &signIn)
{
    std::size_t size = 0;
    for (const std::string *text : {&signIn.role, &signIn.redirectUri, &signIn.nonce, &signIn.verifier,
                                    &signIn.clientNonce, &signIn.deviceCode, &signIn.postedIdToken, &signIn.postedCode})
        size += text->size();
    if (const auto &recognised = signIn.recognised) {
        const ProviderTokens &tokens = recognised->tokens;
        size += store::toJson(recognised->claims).size() + recognised->source.size() + tokens.idToken.size() +
                tokens.accessToken.size() + tokens.refreshToken.size();
    }
    return size;
}

} // namespace

std::string providerSourceOf(const JwtConfig &config)
{
    return store::toJson(json::array{keySourceOf(config), config.clientId});
}

void SignIns::count(OfMount &all, const std::string &state, Kept &kept)
{
    kept.bytes = sizeOf(kept.signIn);
    Share &share = all.byPeer[kept.signIn.peer];
    share.ages.insert(kept.age);
    share.sizes.emplace(kept.bytes, kept.age);
    share.bytes += kept.bytes;
    all.bytes += kept.bytes;
    all.byAge.emplace(kept.age, state);
}

void SignIns::uncount(OfMount &all, const Kept &kept)
{
    const auto share = all.byPeer.find(kept.signIn.peer);
    share->second.ages.erase(kept.age);
    share->second.sizes.erase({kept.bytes, kept.age});
    share->second.bytes -= kept.bytes;
    if (share->second.ages.empty())
        all.byPeer.erase(share);
    all.bytes -= kept.bytes;
    all.byAge.erase(kept.age);
}

void SignIns::drop(OfMount &all, const std::string &state)
{
    const auto found = all.byState.find(state);
    uncount(all, found->second);
    all.byState.erase(found);
}

void SignIns::dropOldestOfMost(OfMount &all)
{
    const auto most = std::max_element(all.byPeer.begin(), all.byPeer.end(), [](const auto &a, const auto &b) {
        return a.second.ages.size() < b.second.ages.size();
    });
    drop(all, std::string(all.byAge.at(*most->second.ages.begin())));
}

/// Not the oldest: a few large ones must not push out all that came before them.
void SignIns::dropLargestOfMost(OfMount &all)
{
    const auto most = std::max_element(all.byPeer.begin(), all.byPeer.end(),
                                       [](const auto &a, const auto &b) { return a.second.bytes < b.second.bytes; });
    drop(all, std::string(all.byAge.at(most->second.sizes.rbegin()->second)));
}

/// Of all mounts: what nobody comes back to would be kept for ever.
void SignIns::dropExpired(Nanoseconds now)
{
    for (auto mount = m_mounts.begin(); mount != m_mounts.end();) {
        OfMount &all = mount->second;
        while (!all.byAge.empty() && all.byState.at(all.byAge.begin()->second).expires <= now)
            drop(all, std::string(all.byAge.begin()->second));
        mount = all.byAge.empty() ? m_mounts.erase(mount) : std::next(mount);
    }
}

void SignIns::keepWithinLimits(OfMount &all)
{
    while (all.byState.size() > Most)
        dropOldestOfMost(all);
    while (all.bytes > MostBytesOfMount)
        dropLargestOfMost(all);
    const auto sum = [this] {
        std::size_t bytes = 0;
        for (const auto &[accessor, each] : m_mounts)
            bytes += each.bytes;
        return bytes;
    };
    while (sum() > MostBytes)
        dropLargestOfMost(std::max_element(m_mounts.begin(), m_mounts.end(), [](const auto &a, const auto &b) {
                              return a.second.bytes < b.second.bytes;
                          })->second);
}

std::string SignIns::add(const std::string &accessor, SignIn signIn, Nanoseconds now)
{
    std::string state = "st_" + store::randomBase62(20);
    const std::lock_guard lock(m_mutex);
    dropExpired(now);
    OfMount &all = m_mounts[accessor];
    Kept &kept = all.byState[state];
    kept.signIn = std::move(signIn);
    kept.expires = now + Life;
    kept.age = m_next++;
    count(all, state, kept);
    keepWithinLimits(all);
    return state;
}

SignIns::Kept *SignIns::kept(const std::string &accessor, const std::string &state, Nanoseconds now)
{
    const auto all = m_mounts.find(accessor);
    if (all == m_mounts.end())
        return nullptr;
    const auto found = all->second.byState.find(state);
    return found == all->second.byState.end() || found->second.expires <= now ? nullptr : &found->second;
}

/// Counts what `kept`, which was uncounted, holds now. Null: it was too much.
SignIns::Kept *SignIns::grown(const std::string &accessor, const std::string &state, Kept &kept)
{
    OfMount &all = m_mounts[accessor];
    count(all, state, kept);
    keepWithinLimits(all);
    const auto still = all.byState.find(state);
    return still == all.byState.end() ? nullptr : &still->second;
}

std::optional<SignIn> SignIns::find(const std::string &accessor, const std::string &state, Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    const Kept *found = kept(accessor, state, now);
    return found ? std::optional(found->signIn) : std::nullopt;
}

std::optional<SignIn> SignIns::take(const std::string &accessor, const std::string &state, Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    const Kept *found = kept(accessor, state, now);
    if (!found)
        return std::nullopt;
    SignIn signIn = found->signIn;
    drop(m_mounts[accessor], state);
    return signIn;
}

std::optional<SignIn> SignIns::keepPosted(const std::string &accessor, const std::string &state, std::string idToken,
                                          std::string code, Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    dropExpired(now);
    Kept *found = kept(accessor, state, now);
    if (!found)
        return std::nullopt;
    uncount(m_mounts[accessor], *found);
    found->signIn.postedIdToken = std::move(idToken);
    found->signIn.postedCode = std::move(code);
    found = grown(accessor, state, *found);
    return found ? std::optional(found->signIn) : std::nullopt;
}

bool SignIns::keepRecognised(const std::string &accessor, const std::string &state, Recognised recognised,
                             Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    dropExpired(now);
    Kept *found = kept(accessor, state, now);
    if (!found || found->signIn.recognised)
        return false;
    uncount(m_mounts[accessor], *found);
    found->signIn.recognised = std::move(recognised);
    return grown(accessor, state, *found) != nullptr;
}

bool SignIns::countTry(const std::string &accessor, const std::string &state, Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    Kept *found = kept(accessor, state, now);
    return found && ++found->tries <= MostTries;
}

bool SignIns::beginPoll(const std::string &accessor, const std::string &state, Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    Kept *found = kept(accessor, state, now);
    if (!found || found->polled)
        return false;
    const Nanoseconds interval = found->signIn.pollInterval * 1'000'000'000;
    if (const Nanoseconds left = found->nextPoll - now; left > 0 && left <= interval) // else the clock was set back
        return false;
    found->polled = true;
    found->nextPoll = now + interval;
    return true;
}

void SignIns::slowDown(const std::string &accessor, const std::string &state, Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    if (Kept *found = kept(accessor, state, now)) {
        found->signIn.pollInterval += 5;
        found->nextPoll = now + found->signIn.pollInterval * 1'000'000'000;
    }
}

void SignIns::endPoll(const std::string &accessor, const std::string &state)
{
    const std::lock_guard lock(m_mutex);
    const auto all = m_mounts.find(accessor);
    if (all == m_mounts.end())
        return;
    if (const auto found = all->second.byState.find(state); found != all->second.byState.end())
        found->second.polled = false;
}

void SignIns::tidy(Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    dropExpired(now);
}

void SignIns::forget(const std::string &accessor)
{
    const std::lock_guard lock(m_mutex);
    m_mounts.erase(accessor);
}

void SignIns::forgetAll()
{
    const std::lock_guard lock(m_mutex);
    m_mounts.clear();
}

} // namespace kith::auth
