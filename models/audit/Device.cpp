// SPDX-License-Identifier: Apache-2.0
#include "audit/Device.h"

#include "store/Text.h"

#include <charconv>
#include <optional>

namespace kith::audit {

namespace {

std::string option(const DeviceSettings &settings, const std::string &name, const std::string &usual = {})
{
    const auto found = settings.options.find(name);
    return found == settings.options.end() ? usual : found->second;
}

/// As Go reads a bool.
std::optional<bool> toBool(std::string_view text)
{
    for (const std::string_view word : {"1", "t", "T", "TRUE", "true", "True"})
        if (text == word)
            return true;
    for (const std::string_view word : {"0", "f", "F", "FALSE", "false", "False"})
        if (text == word)
            return false;
    return std::nullopt;
}

Result<bool> flag(const DeviceSettings &settings, const std::string &name, bool usual)
{
    const auto found = settings.options.find(name);
    if (found == settings.options.end())
        return usual;
    if (const auto value = toBool(found->second))
        return *value;
    return invalidRequest("strconv.ParseBool: parsing " + inQuotes(found->second) + ": invalid syntax");
}

constexpr unsigned UsualMode = 0600;

Result<unsigned> fileMode(const DeviceSettings &settings)
{
    const std::string text = option(settings, "mode");
    if (text.empty())
        return UsualMode;
    unsigned mode = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        return invalidRequest("strconv.ParseUint: parsing " + inQuotes(text) + ": invalid syntax");
    return mode & 0666U; // nobody runs a log
}

} // namespace

Device::Device(DeviceSettings settings, const store::SecretKey &salt, unsigned mode)
    : m_settings(std::move(settings))
    , m_hasher(salt)
    , m_sink(option(m_settings, "file_path", option(m_settings, "path")), mode)
{}

Result<std::shared_ptr<Device>> Device::make(DeviceSettings settings, const store::SecretKey &salt)
{
    if (settings.type.empty())
        return invalidRequest("unknown backend type: \"\"");
    if (settings.type != "file")
        return invalidRequest("unknown backend type: " + inQuotes(settings.type));
    if (option(settings, "file_path", option(settings, "path")).empty())
        return invalidRequest("file_path is required");
    if (const std::string format = option(settings, "format", "json"); format != "json")
        return invalidRequest("unknown format type " + inQuotes(format));
    const auto mode = fileMode(settings);
    const auto hashAccessors = flag(settings, "hmac_accessor", true);
    const auto raw = flag(settings, "log_raw", false);
    const auto elide = flag(settings, "elide_list_responses", false);
    const auto skip = flag(settings, "skip_test", false);
    if (!mode)
        return mode.error();
    for (const auto *wish : {&hashAccessors, &raw, &elide, &skip})
        if (!*wish)
            return wish->error();
    Writing writing{*raw, *hashAccessors, *elide, option(settings, "prefix")};
    std::shared_ptr<Device> device(new Device(std::move(settings), salt, *mode));
    device->m_writing = std::move(writing);
    device->m_skipTest = *skip;
    return device;
}

Result<void> Device::write(const Record &record)
{
    return m_sink.write(toLine(record, m_writing, m_hasher));
}

Record testRecord(Nanoseconds now)
{
    Record record;
    record.time = toRfc3339(now);
    record.type = "request";
    record.auth = {{"token_type", "default"}};
    record.request = {{"id", newUuid()},
                      {"operation", "update"},
                      {"namespace", boost::json::object{{"id", "root"}}},
                      {"path", "sys/audit/test"}};
    return record;
}

} // namespace kith::audit
