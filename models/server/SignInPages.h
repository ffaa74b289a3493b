// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "oidc/Visits.h"
#include "server/Http.h"
#include "server/Server.h"

namespace kith::server {

/// How the request came.
enum class Channel { Plain, Tls };

/// The pages of the provider of OpenID Connect that people see: where discovery says that its authorization endpoint
/// is, /ui/vault/[namespace/]identity/oidc/provider/:name/authorize. A browser signs in there by any method that takes
/// a name and a password, agrees to what the client wants to know, and brings it the code.
///
/// Asks the core as anybody else would, so all of that is checked and audited. Who has signed in is kept in memory: the
/// browser has a cookie, the token never leaves. What people agree to holds until they sign in as somebody else or
/// their sign-in ends (oidc::Visits). Without scripts; English and German. Thread-safe.
class SignInPages
{
public:
    static constexpr std::size_t BodyLimit = std::size_t{16} << 10; ///< Bytes of a form.

    /// `clock` must outlive it.
    SignInPages(Handler core, const Clock &clock) : m_core(std::move(core)), m_clock(clock) {}

    /// Whether a target is the pages' rather than the API's.
    static bool own(std::string_view target);
    /// Waits for the core, so for hashes and directories too.
    HttpAnswer answer(const HttpRequest &http, Channel channel);

private:
    friend class SignInTurn;
    const Handler m_core;
    const Clock &m_clock;
    oidc::Visits m_visits;
    const store::Seal m_proofs{store::SecretKey::random()}; ///< That a form is one of ours.
};

} // namespace kith::server
