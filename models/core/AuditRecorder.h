// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "audit/Devices.h"
#include "audit/HeaderRules.h"
#include "core/AuditTrail.h"
#include "identity/Identities.h"

namespace kith::core {

/// Makes records of what the door tells, and gives them to the audit devices. Thread-safe.
class AuditRecorder final : public AuditTrail
{
public:
    /// All must outlive it.
    AuditRecorder(identity::Identities &identities, store::Keyring &keyring, audit::Devices &devices,
                  audit::HeaderRules &headers)
        : m_identities(identities), m_keyring(keyring), m_devices(devices), m_headers(headers)
    {}

    Result<void> record(const AuditEvent &event) override;
    bool isOff() override;

private:
    Result<void> addHeaders(const Request &request, audit::Record &record);
    boost::json::object requestJson(const AuditEvent &event, const identity::MountEntry *mount) const;

    identity::Identities &m_identities;
    store::Keyring &m_keyring;
    audit::Devices &m_devices;
    audit::HeaderRules &m_headers;
};

} // namespace kith::core
