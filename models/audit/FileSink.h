// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace kith::audit {

/// A file that lines are added to, or the standard output ("stdout"), or nothing at all ("discard"). Thread-safe: lines
/// that come while one is written go out together afterwards, each once and whole.
class FileSink
{
public:
    /// The file is opened when it is first written to, and made with these rights if it isn't there. A mode of 0 takes
    /// those of a file that is there.
    FileSink(std::filesystem::path file, unsigned mode);
    ~FileSink();
    FileSink(const FileSink &) = delete;
    FileSink &operator=(const FileSink &) = delete;

    /// Returns when the line is with the system, or couldn't be given to it. A line that was cut off is ended first.
    Result<void> write(const std::string &line);
    /// Lets go of the file, so that the next line opens it anew: after it was moved aside.
    void reopen();

private:
    /// Lines that are written at once.
    struct Batch {
        std::string lines;
        bool done = false;
        Result<void> outcome;
    };

    Result<void> open();
    Result<void> put(const std::string &lines);

    std::filesystem::path m_file;
    unsigned m_mode;
    std::mutex m_mutex; // guards all below; but who is writing alone uses the descriptor
    std::condition_variable m_written;
    std::shared_ptr<Batch> m_gathering; ///< What lines are added to.
    bool m_writing = false;
    bool m_reopen = false;
    int m_descriptor = -1;
    bool m_cutOff = false; ///< The file ends inside a line.
};

} // namespace kith::audit
