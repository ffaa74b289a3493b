// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "audit/Device.h"
#include "store/Keyring.h"
#include "store/Store.h"

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace kith::audit {

/// Which devices there are, and who may add to them.
struct AuditOptions {
    std::vector<DeviceSettings> devices = {}; ///< Declared by the configuration: nobody else removes them.
    enum class ByApi { Refused, Allowed } byApi = ByApi::Refused; ///< Adding others by request.
    enum class Prefixes { Refused, Allowed } prefixes = Prefixes::Refused;
};

/// The audit devices of a core. Their salts lie in it, sealed, so there are none while it is sealed. Thread-safe.
class Devices
{
public:
    /// Both must outlive it.
    Devices(store::Store &store, store::Keyring &keyring, AuditOptions options);

    /// Whether anything is to be recorded: quick. Fails when the devices can't be read from the core.
    Result<bool> any();
    /// Writes the record to every device. Fails with status 500, `internal error`, when none takes it.
    Result<void> write(const Record &record);
    /// Reads them from the core again, when it was replaced by a backup.
    void forget();
    /// Lets every device open its file anew.
    void reopen();

    Result<std::vector<std::shared_ptr<Device>>> list();
    /// Null: there is none at this path (with a slash at its end).
    Result<std::shared_ptr<Device>> find(std::string_view path);
    /// Fails with status 400 and the real server's text.
    Result<void> enable(DeviceSettings settings);
    /// Nothing there: nothing happens. Fails with 400 for one of the configuration.
    Result<void> disable(const std::string &path);

private:
    using List = std::vector<std::shared_ptr<Device>>;

    Result<std::shared_ptr<const List>> current();
    Result<std::shared_ptr<const List>> load(const std::shared_ptr<const store::Seal> &seal);
    bool isDeclared(std::string_view path) const;

    store::Store &m_store;
    store::Keyring &m_keyring;
    AuditOptions m_options;
    std::mutex m_mutex;                        // guards both below
    std::shared_ptr<const List> m_list;        ///< Null: not loaded since it was unsealed.
    std::shared_ptr<const store::Seal> m_seal; ///< That it was loaded with.
    std::mutex m_changing;                     ///< One change at a time.
};

} // namespace kith::audit
