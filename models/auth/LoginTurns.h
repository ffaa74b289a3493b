// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Questions.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace kith::auth {

/// Who may ask the server of an auth method (a directory, a web service) at the same time as others. A server that
/// hangs must not take the threads that everybody else is answered by: of each mount few ask at once, the others wait
/// for their turn, and as soon as one turn takes long nobody waits any more. Thread-safe.
class LoginTurns
{
    using Clock = std::chrono::steady_clock;
    struct Lane {
        std::multiset<Clock::time_point> begun; ///< Of those who ask now.
        std::size_t waiting = 0;
    };

public:
    static constexpr std::size_t MostAtOnce = 8;
    static constexpr std::chrono::seconds Patience{3}; ///< What may take so long, and how long others wait for it.

    /// Ends with its life. False: it came to nothing, since the others take too long.
    class Turn
    {
    public:
        Turn(Turn &&other) noexcept;
        Turn &operator=(Turn &&) = delete;
        ~Turn();
        explicit operator bool() const { return m_turns; }

    private:
        friend class LoginTurns;
        Turn() = default;
        Turn(LoginTurns &turns, std::string lane, Clock::time_point begun);

        LoginTurns *m_turns = nullptr;
        std::string m_lane;
        Clock::time_point m_begun;
    };

    /// Renewals have turns of their own: anybody may try to log in, and must not keep those from living on who have.
    enum class For { Logins, Renewals };

    /// Waits for a turn; `mount`: its accessor.
    Turn take(const std::string &mount, For purpose = For::Logins);

    /// What whoever has a turn asks.
    Questions &questions() { return m_questions; }

private:
    void end(const std::string &name, Clock::time_point begun);

    Questions m_questions;
    std::mutex m_mutex;
    std::condition_variable m_freed;
    std::map<std::string, Lane> m_lanes;
};

} // namespace kith::auth
