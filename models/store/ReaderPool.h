// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Database.h"
#include "store/Session.h"

#include <functional>
#include <mutex>
#include <vector>

namespace kith::store {

/// Reading connections, handed to one reader at a time and kept for the next. Thread-safe.
class ReaderPool
{
public:
    ReaderPool(std::filesystem::path file, FileState state);

    /// Runs `function` in a read transaction. Throws what SQLite or the function throws; the connection is dropped
    /// then.
    void read(const std::function<void(Session &)> &function);

private:
    std::unique_ptr<Session> borrow();

    std::filesystem::path m_file;
    FileState m_state;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Session>> m_idle;
};

} // namespace kith::store
