// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "audit/Devices.h"
#include "core/Request.h"
#include "core/RootKeyPlace.h"
#include "identity/ReadAhead.h"
#include "store/Keyring.h"
#include "store/Result.h"
#include "store/Store.h"

#include <functional>
#include <memory>
#include <optional>
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
    identity::ReadAhead readAhead = identity::ReadAhead::Yes;
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
    /// The same without waiting for the disk, a password's hash or a long search, as far as that is possible: for most
    /// reads it is. Nothing: it isn't; then nothing has happened, and handle() has to do it.
    std::optional<Response> handleAtOnce(const Request &request);
    /// handle() without waiting, where all that is left to do is one write: `done` gets the answer in the writer's
    /// thread, or before this returns; it must be short and not throw. The request must live until then. False: it
    /// isn't so; then nothing has happened, and `done` is never called.
    bool handleLater(const Request &request, std::function<void(Response)> done);

    /// Reading without the door, for pages that scroll and explain (DESIGN.md, "Reading is local").
    identity::Identities &identities();
    store::Store &store();

    struct RootKey {
        store::Keyring::State state = store::Keyring::State::New;
        RootKeyPlace place;
    };
    /// Whether the secrets in it can be read, and what for that is needed. Thread-safe, as the next one.
    Result<RootKey> rootKey();
    /// Unseals, or gives a new core its keys, which remembers where this one is kept. Damaged: it is another core's.
    Result<void> unseal(const store::SecretKey &rootKey, const RootKeyPlace &place);

    /// How clients reach this core over HTTP ("https://kith.example.org:8200"): what its identity tokens name as their
    /// issuer unless that is configured. Thread-safe.
    void setApiAddress(std::string address);

    /// Lets the audit devices open their files anew, after these were moved aside.
    void reopenAudit();

private:
    class Private;
    explicit Core(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace kith::core
