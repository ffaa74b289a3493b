// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Identities.h"
#include "store/Keyring.h"
#include "store/Store.h"

namespace kith::audit {
class Devices;
class HeaderRules;
} // namespace kith::audit
namespace kith::auth {
class JwtKeys;
class Lockouts;
class LoginTurns;
class Passwords;
class SignIns;
} // namespace kith::auth

namespace kith::oidc {
class Oidc;
} // namespace kith::oidc

namespace kith::core {

class AuditTrail;
class Callers;
class Sealing;

/// The parts of an open core, for those handlers that need more than a transaction. Owned by Core; all thread-safe.
struct Engine {
    store::Store &store;
    identity::Identities *identities; ///< Null only while the core is being opened.
    store::Keyring &keyring;
    Sealing *sealing = nullptr; ///< Null only while the core is being opened, as those below.
    Callers *callers = nullptr;
    audit::Devices *auditDevices = nullptr;
    audit::HeaderRules *auditHeaders = nullptr;
    AuditTrail *audit = nullptr; ///< Null: nothing is recorded.
    auth::Passwords *passwords = nullptr;
    auth::Lockouts *lockouts = nullptr;
    auth::JwtKeys *jwtKeys = nullptr;
    auth::LoginTurns *loginTurns = nullptr;
    auth::SignIns *signIns = nullptr;
    oidc::Oidc *oidc = nullptr;
};

} // namespace kith::core
