// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "audit/Devices.h"
#include "core/Request.h"
#include "store/Keyring.h"
#include "store/Result.h"
#include "store/Store.h"

#include <memory>
#include <string>

namespace kith::identity {
class Identities;
}

namespace kith::core {

struct CoreOptions {
    store::OpenOptions file;
    std::string rootToken; ///< A token that may do everything, as long as this process lives. Empty: there is none.
    std::string firstToken = {}; ///< A root token that the core gets, if it is unsealed and hasn't it yet. Empty: none.
    std::optional<store::SecretKey> rootKey = {}; ///< Unseals the core, or gives a new one its keys. None: as it is.
    audit::AuditOptions audit = {};
};

/// The one door to the engine: finds the route, checks the token, decides, runs the handler. Owns the open file.
class Core
{
public:
    /// Opens or creates the core file. Fails as Store::open does.
    static Result<std::unique_ptr<Core>> open(CoreOptions options);
    ~Core();
    Core(const Core &) = delete;
    Core &operator=(const Core &) = delete;

    /// Thread-safe, synchronous: returns when what was asked is on disk, or refused. Never throws.
    Response handle(const Request &request);

    /// Reading without the door, for pages that scroll and explain (DESIGN.md, "Reading is local").
    identity::Identities &identities();
    store::Store &store();
    /// Lets the audit devices open their files anew, after these were moved aside.
    void reopenAudit();

private:
    class Private;
    explicit Core(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace kith::core
