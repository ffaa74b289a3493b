// SPDX-License-Identifier: Apache-2.0
#include "store/ReaderPool.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace kith::store {

ReaderPool::ReaderPool(std::filesystem::path file, FileState state) : m_file(std::move(file)), m_state(state) {}

std::unique_ptr<Session> ReaderPool::borrow()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            std::unique_ptr<Session> session = std::move(m_idle.back());
            m_idle.pop_back();
            return session;
        }
    }
    return std::make_unique<Session>(connectReader(m_file, m_state));
}

void ReaderPool::read(const std::function<void(Session &)> &function)
{
    std::unique_ptr<Session> session = borrow();
    session->run("BEGIN");
    function(*session);
    session->run("COMMIT");
    constexpr std::size_t Kept = 8;
    const std::lock_guard lock(m_mutex);
    if (m_idle.size() < Kept)
        m_idle.push_back(std::move(session));
}

} // namespace kith::store
