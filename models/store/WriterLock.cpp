// SPDX-License-Identifier: Apache-2.0
#include "store/WriterLock.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace kith::store {

namespace {

std::string ourselves(const std::string &program)
{
    std::array<char, 256> host{};
    gethostname(host.data(), host.size() - 1);
    return program + ", process " + std::to_string(getpid()) + " on " + host.data();
}

} // namespace

WriterLock::WriterLock(std::filesystem::path coreFile, std::string program)
    : m_file(std::move(coreFile += ".lock")), m_program(std::move(program))
{}

WriterLock::~WriterLock()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

bool WriterLock::take()
{
    const std::lock_guard guard(m_mutex);
    if (m_descriptor >= 0)
        return true;
    const int descriptor = open(m_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return false;
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        close(descriptor);
        return false;
    }
    // Who can't be told our name still finds the place taken: a failure to write it is no failure to hold it.
    const std::string name = ourselves(m_program);
    [[maybe_unused]] const bool told =
        ftruncate(descriptor, 0) == 0 && write(descriptor, name.data(), name.size()) >= 0;
    m_descriptor = descriptor;
    return true;
}

bool WriterLock::taken() const
{
    const std::lock_guard guard(m_mutex);
    return m_descriptor >= 0;
}

std::string WriterLock::other() const
{
    const std::lock_guard guard(m_mutex);
    if (m_descriptor >= 0)
        return {};
    const int descriptor = open(m_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return {};
    const bool held = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(descriptor);
    return held ? readHolder() : std::string();
}

std::string WriterLock::readHolder() const
{
    const int descriptor = open(m_file.c_str(), O_RDONLY | O_CLOEXEC);
    std::array<char, 512> text{};
    const ssize_t length = descriptor < 0 ? 0 : read(descriptor, text.data(), text.size());
    if (descriptor >= 0)
        close(descriptor);
    return length > 0 ? std::string(text.data(), static_cast<std::size_t>(length)) : "another program";
}

} // namespace kith::store
