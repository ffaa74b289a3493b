// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <mutex>
#include <string>

namespace kith::store {

/// The writer's place at a core file: a lock on "<file>.lock", which names who holds it. The system lets go of it when
/// the process ends, however it ends; the file stays. Thread-safe.
class WriterLock
{
public:
    /// `program` is what others read about us ("kith").
    WriterLock(std::filesystem::path coreFile, std::string program);
    ~WriterLock();
    WriterLock(const WriterLock &) = delete;
    WriterLock &operator=(const WriterLock &) = delete;

    /// Takes the place if it is free; true when it is ours.
    bool take();
    bool taken() const;
    /// Who holds it ("kith, process 4711 on host"); empty when it is ours or free.
    std::string other() const;

private:
    std::string readHolder() const;

    std::filesystem::path m_file;
    std::string m_program;
    mutable std::mutex m_mutex;
    int m_descriptor = -1;
};

} // namespace kith::store
