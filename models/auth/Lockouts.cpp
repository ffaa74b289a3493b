// SPDX-License-Identifier: Apache-2.0
#include "auth/Lockouts.h"

#include <algorithm>
#include <functional>

namespace kith::auth {

namespace {

constexpr Nanoseconds Second = 1'000'000'000;
/// Of a name that nobody has no more is kept, so that guesses fill neither memory nor disk.
constexpr std::size_t LongestGuess = 256;

/// Two long guesses that are taken for one lock each other out, which whoever guesses can do to any name anyway.
std::string shortened(const std::string &guess)
{
    if (guess.size() <= LongestGuess)
        return guess;
    std::size_t end = LongestGuess;
    while (end > 0 && (static_cast<unsigned char>(guess[end]) & 0xC0) == 0x80) // not within a sign of UTF-8
        --end;
    return guess.substr(0, end) + std::to_string(std::hash<std::string>()(guess));
}

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

Lockouts::Key Lockouts::keyOf(MountId mount, const std::string &alias, Who who)
{
    return {mount.value, who == Who::Known ? alias : shortened(alias)};
}

bool Lockouts::isLocked(MountId mount, const std::string &alias, const LockoutRule &rule, Nanoseconds now)
{
    const std::lock_guard lock(m_mutex);
    const auto isLockedIn = [&](Table &table, Who who) {
        const auto found = table.find(keyOf(mount, alias, who));
        if (found != table.end())
            found->second.last = std::min(found->second.last, now);
        return found != table.end() && locks(found->second, rule, now);
    };
    return isLockedIn(m_failures, Who::Known) || isLockedIn(m_guesses, Who::Unknown);
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
    Failures &failures = (who == Who::Known ? m_failures : m_guesses)[keyOf(mount, alias, who)];
    if (failures.count > 0 && secondsSince(failures.last, now) >= rule.counterReset)
        failures.count = 0;
    ++failures.count;
    failures.last = now;
    failures.kept = failures.kept || failures.count >= rule.threshold;
    return failures.count >= rule.threshold ? failures.count : 0;
}

void Lockouts::clear(MountId mount, const std::string &alias)
{
    const std::lock_guard lock(m_mutex);
    m_failures.erase(keyOf(mount, alias, Who::Known));
    m_guesses.erase(keyOf(mount, alias, Who::Unknown));
}

bool Lockouts::isKept(MountId mount, const std::string &alias) const
{
    const std::lock_guard lock(m_mutex);
    const auto isKeptIn = [&](const Table &table, Who who) {
        const auto found = table.find(keyOf(mount, alias, who));
        return found != table.end() && found->second.kept;
    };
    return isKeptIn(m_failures, Who::Known) || isKeptIn(m_guesses, Who::Unknown);
}

void Lockouts::clear(store::WriteSession &session, MountId mount, const std::string &alias)
{
    drop(session, mount, alias); // also what the file may know though nobody remembers it
    session.atEnd([this, mount, alias](store::WriteEnd end) {
        if (end == store::WriteEnd::Committed)
            clear(mount, alias);
    });
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
    m_guesses.clear();
    store::Query rows = session.query("SELECT mount, alias, failures, last, known FROM locked_user");
    while (rows.step())
        (rows.integer(4) != 0 ? m_failures : m_guesses)[{rows.integer(0), std::string(rows.text(1))}] = {
            rows.integer(2), rows.integer(3), true};
}

void Lockouts::keep(store::WriteSession &session, MountId mount, const std::string &alias, Who who,
                    std::int64_t failures)
{
    session.run("INSERT INTO locked_user (mount, alias, failures, last, known) SELECT id, ?2, ?3, ?4, ?5 FROM mount "
                "WHERE id = ?1 ON CONFLICT (mount, alias) DO UPDATE SET failures = excluded.failures, "
                "last = excluded.last, known = max(known, excluded.known)",
                mount, keyOf(mount, alias, who).second, failures, session.now, who == Who::Known);
}

void Lockouts::drop(store::WriteSession &session, MountId mount, const std::string &alias)
{
    if (!session.integer("SELECT 1 FROM locked_user LIMIT 1")) // mostly there is nobody, and a look costs far less
        return;
    session.run("DELETE FROM locked_user WHERE mount = ?1 AND alias IN (?2, ?3)", mount, alias, shortened(alias));
}

void Lockouts::tidy(store::WriteSession &session, std::size_t most)
{
    session.run("DELETE FROM locked_user WHERE known = 0 AND last <= (SELECT last FROM locked_user WHERE known = 0 "
                "ORDER BY last DESC LIMIT 1 OFFSET ?)",
                static_cast<std::int64_t>(most));
}

bool Lockouts::needsTidying(store::Session &session, std::size_t most)
{
    return session
        .integer("SELECT 1 FROM locked_user WHERE known = 0 ORDER BY last DESC LIMIT 1 OFFSET ?",
                 static_cast<std::int64_t>(most))
        .has_value();
}

} // namespace kith::auth
