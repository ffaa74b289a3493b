// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace kith::server {

/// Ends connections that take longer than they may. The HTTP library's own timeout counts silence only, so a byte a
/// second would hold a connection for ever. When there is a crowd, those that wait for their next request go soon.
/// Thread-safe.
class Deadlines
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// A connection, from its coming to its going.
    class Watch
    {
    public:
        Watch(int socket, std::chrono::milliseconds first) : m_socket(socket) { set(first); }
        void set(std::chrono::milliseconds fromNow)
        {
            m_idleSince = Never;
            m_end = (std::chrono::steady_clock::now() + fromNow).time_since_epoch().count();
        }
        /// Between two requests.
        void setIdle(std::chrono::milliseconds fromNow)
        {
            set(fromNow);
            m_idleSince = std::chrono::steady_clock::now().time_since_epoch().count();
        }
        void clear()
        {
            m_idleSince = Never;
            m_end = Never;
        }
        bool over(Time now) const { return m_end < now.time_since_epoch().count(); }
        bool idleBefore(Time time) const { return m_idleSince < time.time_since_epoch().count(); }
        bool idleBefore(const Watch &other) const { return m_idleSince < other.m_idleSince; }
        bool isIdle() const { return m_idleSince != Never; }
        int socket() const { return m_socket; }
        /// Requests on it so far.
        int requests = 0;

    private:
        static constexpr std::int64_t Never = INT64_MAX;
        int m_socket;
        std::atomic<std::int64_t> m_end = Never;
        std::atomic<std::int64_t> m_idleSince = Never;
    };

    /// More connections than `crowd` are a crowd.
    explicit Deadlines(std::size_t crowd);
    ~Deadlines();
    Deadlines(const Deadlines &) = delete;
    Deadlines &operator=(const Deadlines &) = delete;

    Watch *add(int socket, std::chrono::milliseconds first);
    void remove(Watch *watch); ///< Before the socket is closed.
    /// Ends the connection that has waited longest for its next request. False: there is none.
    bool endIdlest();

private:
    void look();
    static void end(Watch &watch);

    const std::size_t m_crowd;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::unordered_set<Watch *> m_watches;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace kith::server
