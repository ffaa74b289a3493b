// SPDX-License-Identifier: Apache-2.0
#include "audit/FileSink.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kith::audit {

namespace {

Error failure(const std::string &what, const std::filesystem::path &file)
{
    const std::error_code reason(errno, std::generic_category());
    return {reason == std::errc::no_space_on_device ? ErrorCode::DiskFull : ErrorCode::Io, 500,
            what + ": " + reason.message(), file.string()};
}

/// Whether the file was left inside a line, by a full disk or a crash.
bool endsInsideALine(const std::filesystem::path &file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    char last = '\n';
    if (const off_t end = ::lseek(descriptor, -1, SEEK_END); end >= 0 && ::read(descriptor, &last, 1) != 1)
        last = '\n';
    ::close(descriptor);
    return last != '\n';
}

} // namespace

FileSink::FileSink(std::filesystem::path file, unsigned mode)
    : m_file(std::move(file)), m_mode(mode), m_gathering(std::make_shared<Batch>())
{}

FileSink::~FileSink()
{
    if (m_descriptor > STDERR_FILENO)
        ::close(m_descriptor);
}

Result<void> FileSink::open()
{
    if (m_file == "stdout") {
        m_descriptor = STDOUT_FILENO;
        return {};
    }
    struct stat there = {};
    const bool regular = ::stat(m_file.c_str(), &there) == 0 && S_ISREG(there.st_mode);
    m_descriptor = ::open(m_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, m_mode == 0 ? 0600 : m_mode);
    if (m_descriptor < 0)
        return failure("the audit file can't be opened", m_file);
    if (m_mode != 0 && regular && (there.st_mode & 07777) != m_mode && ::fchmod(m_descriptor, m_mode) != 0)
        return failure("the audit file's rights can't be set", m_file);
    m_cutOff = regular && endsInsideALine(m_file);
    return {};
}

Result<void> FileSink::put(const std::string &lines)
{
    if (m_file == "discard")
        return {};
    if (m_descriptor < 0)
        if (auto opened = open(); !opened)
            return opened;
    std::string_view rest = lines;
    const std::string after = m_cutOff ? "\n" + lines : std::string();
    if (m_cutOff)
        rest = after;
    while (!rest.empty()) {
        const ssize_t count = ::write(m_descriptor, rest.data(), rest.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure("the audit file can't be written", m_file);
        rest.remove_prefix(static_cast<std::size_t>(count));
        m_cutOff = !rest.empty() && lines[lines.size() - rest.size() - 1] != '\n';
    }
    return {};
}

Result<void> FileSink::write(const std::string &line)
{
    std::unique_lock lock(m_mutex);
    const std::shared_ptr<Batch> batch = m_gathering;
    batch->lines += line;
    m_written.wait(lock, [&] { return batch->done || !m_writing; });
    if (batch->done)
        return batch->outcome;
    m_writing = true;
    m_gathering = std::make_shared<Batch>();
    if (std::exchange(m_reopen, false) && m_descriptor > STDERR_FILENO) {
        ::close(m_descriptor);
        m_descriptor = -1;
    }
    lock.unlock();
    Result<void> outcome = put(batch->lines);
    lock.lock();
    batch->outcome = outcome;
    batch->done = true;
    m_writing = false;
    lock.unlock();
    m_written.notify_all();
    return outcome;
}

void FileSink::reopen()
{
    const std::lock_guard lock(m_mutex);
    m_reopen = true;
}

} // namespace kith::audit
