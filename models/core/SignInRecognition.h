// SPDX-License-Identifier: Apache-2.0
// Who somebody is that signed in at a provider. Internal to models/core.
#pragma once

#include "auth/RelyingParty.h"
#include "auth/SignIns.h"
#include "core/Call.h"
#include "core/Engine.h"
#include "core/JwtRules.h"

#include <string>
#include <string_view>

namespace kith::core {

/// A parameter of oidc/…; empty: it wasn't sent.
std::string sent(const Call &call, std::string_view name);

/// 400: a login that came to nothing, in the real server's words.
Error signInFailed(const std::string &why);

using auth::Recognised;

/// What the rules make of it.
Result<auth::Login> loginBy(const JwtRules &rules, const Recognised &recognised);

// The provider is asked, outside of every transaction, by whoever has a turn (auth::LoginTurns).

/// Whom the mount sends people to. Fails with status 500, as in the real server.
Result<auth::OpenIdProvider> providerOf(const Call &call, Engine &engine, const auth::JwtConfig &config);

/// By what the browser brought back.
Result<Recognised> recognise(const Call &call, Engine &engine, const JwtRules &rules, const auth::SignIn &signIn);

/// By an identity token that came without a code.
Result<Recognised> recogniseByToken(const Call &call, Engine &engine, const JwtRules &rules,
                                    const auth::OpenIdProvider &provider, const auth::SignIn &signIn,
                                    auth::ProviderTokens tokens);

} // namespace kith::core
