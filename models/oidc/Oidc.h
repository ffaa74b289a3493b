// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "oidc/Codes.h"
#include "oidc/KeyMaker.h"
#include "oidc/NamedKey.h"
#include "store/Store.h"

#include <atomic>
#include <cstdint>
#include <map>

namespace kith::oidc {

/// What of identity tokens and the provider is held in memory: keys made in advance, keys that sign, codes, the address
/// that tokens name as their issuer, and when keys are to be rotated. One a core; thread-safe.
class Oidc
{
public:
    KeyMaker &maker() { return m_maker; }
    Codes &codes() { return m_codes; }

    /// How clients reach the server: "https://kith.example.org:8200". Empty: nobody said.
    std::string apiAddress() const;
    void setApiAddress(std::string address);

    /// Another number after everything that makes what was read before worthless: forget(), changed().
    std::uint64_t generation() const { return m_generation; }

    /// The key that signs, ready for use. It is kept for the next time unless what names it was read in an earlier
    /// generation: `readIn` is what generation() said before that.
    Result<KeyPair> signer(const NamedKey::Signer &signer, std::uint64_t readIn);
    std::size_t signersKept() const;

    /// Forgets what only an unsealed core may know.
    void forget();

    /// To be called after keys or roles were changed: from then on, until the next periodic run, nobody is to keep a
    /// copy of the published keys.
    void changed();
    bool isSettled() const { return m_settled; }

    /// Rotates the keys of a mount that are due and drops what has expired; `seal` is the core's. To be called every
    /// now and then; mostly it looks at the clock only.
    Result<void> runPeriodically(store::Store &store, const store::Seal &seal, MountId mount);

private:
    Result<std::vector<std::string>> dueKeys(store::Store &store, const store::Seal &seal, MountId mount);

    KeyMaker m_maker;
    Codes m_codes;
    std::atomic<std::uint64_t> m_generation = 0; // changes with m_mutex held
    mutable std::mutex m_mutex;                  // guards the three below
    std::string m_apiAddress;
    std::map<std::string, KeyPair, std::less<>> m_signers; // by key id
    std::map<MountId, Nanoseconds> m_nextRun;              // when something is due at a mount
    std::atomic<bool> m_settled = false;
};

} // namespace kith::oidc
