// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "audit/FileSink.h"
#include "audit/Record.h"
#include "store/Clock.h"
#include "store/Result.h"

#include <map>
#include <memory>
#include <string>

namespace kith::audit {

/// A device as it was asked for, by the configuration or by a request.
struct DeviceSettings {
    std::string path; ///< With a slash at its end.
    std::string type = "file";
    std::string description;
    bool local = false;
    std::map<std::string, std::string> options; ///< `file_path`, `mode`, `hmac_accessor`, `log_raw`, …
};

/// Where records go, and how they look there. Thread-safe.
class Device
{
public:
    /// Fails with status 400 and the real server's text for a type or options that can't be.
    static Result<std::shared_ptr<Device>> make(DeviceSettings settings, const store::SecretKey &salt);

    const DeviceSettings &settings() const { return m_settings; }
    std::string hash(std::string_view text) const { return m_hasher.hash(text); }
    /// Returns when the record is written, or could not be.
    Result<void> write(const Record &record);
    void reopen() { m_sink.reopen(); }
    bool skipsTest() const { return m_skipTest; }

private:
    Device(DeviceSettings settings, const store::SecretKey &salt, unsigned mode);

    DeviceSettings m_settings;
    Hasher m_hasher;
    Writing m_writing;
    FileSink m_sink;
    bool m_skipTest = false;
};

/// The record that shows whether a new device can be written to.
Record testRecord(Nanoseconds now);

} // namespace kith::audit
