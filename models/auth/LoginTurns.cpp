// SPDX-License-Identifier: Apache-2.0
#include "auth/LoginTurns.h"

#include <algorithm>
#include <utility>

namespace kith::auth {

LoginTurns::Turn::Turn(LoginTurns &turns, std::string lane, Clock::time_point begun)
    : m_turns(&turns), m_lane(std::move(lane)), m_begun(begun)
{}

LoginTurns::Turn::Turn(Turn &&other) noexcept
    : m_turns(std::exchange(other.m_turns, nullptr)), m_lane(std::move(other.m_lane)), m_begun(other.m_begun)
{}

LoginTurns::Turn::~Turn()
{
    if (m_turns)
        m_turns->end(m_lane, m_begun);
}

LoginTurns::Turn LoginTurns::take(const std::string &mount, For purpose)
{
    std::string name = purpose == For::Logins ? mount : mount + "/renew"; // no accessor has a slash
    std::unique_lock lock(m_mutex);
    Lane &lane = m_lanes[name]; // stays while somebody is in it
    const Clock::time_point came = Clock::now();
    ++lane.waiting;
    bool free = lane.begun.size() < MostAtOnce;
    while (!free) {
        const Clock::time_point end = std::min(came, *lane.begun.begin()) + Patience;
        if (Clock::now() >= end)
            break;
        m_freed.wait_until(lock, end);
        free = lane.begun.size() < MostAtOnce;
    }
    --lane.waiting;
    if (!free)
        return {};
    const Clock::time_point now = Clock::now();
    lane.begun.insert(now);
    return {*this, std::move(name), now};
}

void LoginTurns::end(const std::string &name, Clock::time_point begun)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto lane = m_lanes.find(name);
        lane->second.begun.erase(lane->second.begun.find(begun));
        if (lane->second.begun.empty() && lane->second.waiting == 0)
            m_lanes.erase(lane);
    }
    m_freed.notify_all();
}

} // namespace kith::auth
