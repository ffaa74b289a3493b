// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"
#include "store/Ids.h"
#include "store/Session.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace kith::auth {

/// When wrong passwords lock a user out (spec/engine.md §7, step 1). Times in seconds.
struct LockoutRule {
    std::int64_t threshold = 5; ///< So many failures lock.
    std::int64_t duration = 900;
    std::int64_t counterReset = 900; ///< Failures that are further apart don't add up.
    bool disabled = false;
};

/// Counts failed logins. Failures are kept in memory; that somebody is locked out is kept in the file as well, by the
/// caller, so that a restart doesn't let anybody in. Names that nobody has are locked out and kept in the same way, or
/// the lock would tell who exists; of those no more than MostGuesses. Thread-safe.
class Lockouts
{
public:
    static constexpr std::size_t MostGuesses = 65'536;

    /// Whether anybody has the name.
    enum class Who { Known, Unknown };

    /// Whether somebody has to wait, whatever the password.
    /// If the clock was set back since the last failure, his time counts from this look.
    bool isLocked(MountId mount, const std::string &alias, const LockoutRule &rule, Nanoseconds now);
    /// Counts a failure. Not zero: so many locked, which has to be kept.
    std::int64_t fail(MountId mount, const std::string &alias, Who who, const LockoutRule &rule, Nanoseconds now);
    /// Forgets failures, after a good login or by an operator.
    void clear(MountId mount, const std::string &alias);
    /// Whether something of them is kept in the file, and has to go with them.
    bool isKept(MountId mount, const std::string &alias) const;
    /// Both, when the write comes to that: as long as it may be undone nothing is forgotten.
    void clear(store::WriteSession &session, MountId mount, const std::string &alias);
    /// Forgets those of a mount that is gone.
    void clear(MountId mount);

    /// Who has reached the threshold of the rule and is still locked, sorted.
    std::vector<std::string> locked(MountId mount, const LockoutRule &rule, Nanoseconds now) const;

    /// Takes over what the file keeps in place of what was known: when a core is opened or restored.
    void load(store::Session &session);
    static void keep(store::WriteSession &session, MountId mount, const std::string &alias, Who who,
                     std::int64_t failures);
    static void drop(store::WriteSession &session, MountId mount, const std::string &alias);
    /// Drops the oldest of the guesses that are more than `most`, and whether there are so many.
    static void tidy(store::WriteSession &session, std::size_t most = MostGuesses);
    static bool needsTidying(store::Session &session, std::size_t most = MostGuesses);

private:
    struct Failures {
        std::int64_t count = 0;
        Nanoseconds last = 0;
        bool kept = false;
    };
    using Key = std::pair<std::int64_t, std::string>; // mount, alias
    using Table = std::map<Key, Failures>;

    static Key keyOf(MountId mount, const std::string &alias, Who who);
    static bool locks(const Failures &failures, const LockoutRule &rule, Nanoseconds now);
    void makeRoom(Nanoseconds now);

    mutable std::mutex m_mutex;
    Table m_failures; // of people who exist, so there are no more of them than people
    Table m_guesses;  // of names that nobody has, no more than MostGuesses
};

} // namespace kith::auth
