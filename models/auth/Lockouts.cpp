// SPDX-License-Identifier: Apache-2.0
#include "auth/Lockouts.h"

#include <algorithm>

namespace kith::auth {

namespace {

constexpr Nanoseconds Second = 1'000'000'000;
constexpr std::size_t MostGuesses = 65'536;

/// How long ago; a clock that was set back doesn't make it the future.
std::int64_t secondsSince(Nanoseconds last, Nanoseconds now)
{
    return std::max<Nanoseconds>(0, now - last) / Second;
}

} // namespace

bool Lockouts::locks(const Failures &failures, const LockoutRule &rule, Nanoseconds now)
{
    return !rule.disabled && failures.count >= rule.threshold && secondsSince(failures.last, now) < rule.duration;
}

bool Lockouts::isLocked(MountId mount, const std::string &alias, const LockoutRule &rule, Nanoseconds now)
{
    const Key key{mount.value, alias};
    const std::lock_guard lock(m_mutex);
    const auto isLockedIn = [&](Table &table) {
        const auto found = table.find(key);
        if (found != table.end())
            found->second.last = std::min(found->second.last, now);
        return found != table.end() && locks(found->second, rule, now);
    };
    return isLockedIn(m_failures) || isLockedIn(m_guesses);
}

/// Forgets the guesses that are a quarter of an hour old, and if those are too few, half of them: whoever guesses so
/// fast learns nothing by it, since he can't tell which.
void Lockouts::makeRoom(Nanoseconds now)
{
    if (m_guesses.size() < MostGuesses)
        return;
    std::erase_if(m_guesses, [&](const auto &guess) {
        return secondsSince(guess.second.last, now) >= LockoutRule().counterReset;
    });
    if (m_guesses.size() < MostGuesses)
        return;
    bool odd = false;
    std::erase_if(m_guesses, [&](const auto &) { return odd = !odd; });
}

std::int64_t Lockouts::fail(MountId mount, const std::string &alias, Who who, const LockoutRule &rule, Nanoseconds now)
{
    if (rule.disabled)
        return 0;
    const std::lock_guard lock(m_mutex);
    if (who == Who::Unknown)
        makeRoom(now);
    Failures &failures = (who == Who::Known ? m_failures : m_guesses)[{mount.value, alias}];
    if (failures.count > 0 && secondsSince(failures.last, now) >= rule.counterReset)
        failures.count = 0;
    ++failures.count;
    failures.last = now;
    failures.kept = who == Who::Known && (failures.kept || failures.count >= rule.threshold);
    return failures.count >= rule.threshold ? failures.count : 0;
}

bool Lockouts::clear(MountId mount, const std::string &alias)
{
    const std::lock_guard lock(m_mutex);
    m_guesses.erase({mount.value, alias});
    const auto found = m_failures.find({mount.value, alias});
    if (found == m_failures.end())
        return false;
    const bool kept = found->second.kept;
    m_failures.erase(found);
    return kept;
}

void Lockouts::clear(MountId mount)
{
    const std::lock_guard lock(m_mutex);
    for (Table *table : {&m_failures, &m_guesses})
        table->erase(table->lower_bound({mount.value, {}}), table->lower_bound({mount.value + 1, {}}));
}

std::vector<std::string> Lockouts::locked(MountId mount, const LockoutRule &rule, Nanoseconds now) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> aliases;
    const auto end = m_failures.lower_bound({mount.value + 1, {}});
    for (auto at = m_failures.lower_bound({mount.value, {}}); at != end; ++at)
        if (locks(at->second, rule, now))
            aliases.push_back(at->first.second);
    return aliases;
}

void Lockouts::load(store::Session &session)
{
    const std::lock_guard lock(m_mutex);
    m_failures.clear();
    store::Query rows = session.query("SELECT mount, alias, failures, last FROM locked_user");
    while (rows.step())
        m_failures[{rows.integer(0), std::string(rows.text(1))}] = {rows.integer(2), rows.integer(3), true};
}

void Lockouts::keep(store::WriteSession &session, MountId mount, const std::string &alias, std::int64_t failures)
{
    session.run("INSERT INTO locked_user (mount, alias, failures, last) SELECT id, ?2, ?3, ?4 FROM mount WHERE id = ?1 "
                "ON CONFLICT (mount, alias) DO UPDATE SET failures = excluded.failures, last = excluded.last",
                mount, alias, failures, session.now);
}

void Lockouts::drop(store::WriteSession &session, MountId mount, const std::string &alias)
{
    session.run("DELETE FROM locked_user WHERE mount = ?1 AND alias = ?2", mount, alias);
}

} // namespace kith::auth
