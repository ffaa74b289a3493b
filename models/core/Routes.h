// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Tokens.h"
#include "core/Route.h"

#include <map>
#include <string>
#include <vector>

namespace kith::core {

// A table for each area, in a file of its own.
std::vector<Route> entityRoutes();      ///< EntityRoutes.cpp: entities, merge, lookup, and the path `persona`.
std::vector<Route> entityAliasRoutes(); ///< EntityAliasRoutes.cpp: aliases of entities, also under `alias`.
std::vector<Route> groupRoutes();       ///< GroupRoutes.cpp: groups, lookup.
std::vector<Route> groupAliasRoutes();  ///< GroupAliasRoutes.cpp.
std::vector<Route> mountRoutes();       ///< MountRoutes.cpp: auth methods, sys/mounts, sys/remount.
std::vector<Route> policyRoutes();      ///< PolicyRoutes.cpp: sys/policies/acl, sys/policy.
std::vector<Route> applyRoutes();       ///< ApplyRoutes.cpp: kith/apply.
std::vector<Route> memberRoutes();      ///< MemberRoutes.cpp: kith/members.
std::vector<Route> restoreRoutes();     ///< RestoreRoutes.cpp: kith/restore.
std::vector<Route> kithRoutes();        ///< KithRoutes.cpp: kith/explain, kith/who, kith/search.
std::vector<Route> sealRoutes();        ///< SealRoutes.cpp: sys/init, sys/unseal, sys/seal, sys/health.
std::vector<Route> keyRoutes();         ///< KeyRoutes.cpp: sys/generate-root, sys/rekey, sys/rotate.
std::vector<Route> auditRoutes();       ///< AuditRoutes.cpp: sys/audit, sys/audit-hash, recorded headers.
std::vector<Route> backupRoutes();      ///< BackupRoutes.cpp: kith/backups.
std::vector<Route> lockedUserRoutes();  ///< LockedUserRoutes.cpp: sys/locked-users.

std::vector<Route> toolRoutes();      ///< ToolRoutes.cpp: sys/tools, sys/internal/counters.
std::vector<Route> namespaceRoutes(); ///< NamespaceRoutes.cpp: sys/namespaces.
std::vector<Route> uiRoutes();        ///< UiRoutes.cpp: sys/internal/ui/mounts and namespaces.
std::vector<Route> wrappingRoutes();  ///< WrappingRoutes.cpp: sys/wrapping.

// The same, inside a mount.
std::vector<Route> userpassRoutes();  ///< UserpassRoutes.cpp.
std::vector<Route> appRoleRoutes();   ///< AppRoleRoutes.cpp: roles, login.
std::vector<Route> roleFieldRoutes(); ///< RoleFieldRoutes.cpp: single settings of a role, `role/:role_name/token-ttl`.
std::vector<Route> jwtConfigRoutes(); ///< JwtConfigRoutes.cpp: of the methods jwt and oidc.
std::vector<Route> jwtRoleRoutes();   ///< JwtRoleRoutes.cpp.
std::vector<Route> jwtLoginRoutes();  ///< JwtLogin.cpp.
std::vector<Route> signInRoutes();    ///< SignInRoutes.cpp: their logins by a browser.
std::vector<Route> gitHubConfigRoutes(); ///< GitHubConfigRoutes.cpp: the organisation, teams and users.
std::vector<Route> gitHubLoginRoutes();  ///< GitHubLogin.cpp.
std::vector<Route> ldapConfigRoutes();   ///< LdapConfigRoutes.cpp: the directory, users and groups.
std::vector<Route> ldapLoginRoutes();    ///< LdapLogin.cpp.
std::vector<Route> secretIdRoutes();     ///< SecretIdRoutes.cpp: a role's secret ids.
std::vector<Route> kvRoutes();           ///< KvRoutes.cpp: kv without versions.
std::vector<Route> versionedKvRoutes();  ///< VersionedKvRoutes.cpp: kv with versions.
std::vector<Route> cubbyholeRoutes();    ///< CubbyholeRoutes.cpp.

std::vector<Route> capabilityRoutes(); ///< CapabilityRoutes.cpp: sys/capabilities*, resultant-acl.
std::vector<Route> decisionRoutes();   ///< DecisionRoutes.cpp: kith/decision.
std::vector<Route> leaseRoutes();      ///< LeaseRoutes.cpp: sys/leases.

std::vector<Route> oidcKeyRoutes();      ///< OidcKeyRoutes.cpp: identity/oidc: issuer, keys, roles.
std::vector<Route> oidcTokenRoutes();    ///< OidcTokenRoutes.cpp: identity tokens, introspection, what is published.
std::vector<Route> oidcClientRoutes();   ///< OidcClientRoutes.cpp: assignments, scopes, clients.
std::vector<Route> oidcProviderRoutes(); ///< OidcProviderRoutes.cpp: providers, and what they publish.
std::vector<Route> oidcFlowRoutes();     ///< OidcFlowRoutes.cpp: authorize, token, userinfo.

// Inside a mount.
std::vector<Route> tokenRoutes();     ///< TokenRoutes.cpp: auth/token.
std::vector<Route> tokenRoleRoutes(); ///< TokenRoleRoutes.cpp: auth/token/roles.

/// What an auth method says to the renewal of a token that it made: it may refuse, and change what is wished by what
/// its user or role says now. `increment`: that was asked for; 0: none.
using Renewal = Result<void> (*)(const Call &, store::WriteSession &, const auth::Token &, std::int64_t increment,
                                 auth::LifetimeWish &wish);
/// Of a kind of mount (MountEntry::kind); null: it has no say.
Renewal renewalOf(std::string_view kind);

/// What the people of a method who are known elsewhere, as in a directory, are when that is asked again about the
/// bearer of one of the mount's tokens. Slow, so outside of every write. Fails as a login would.
using Recognition = Result<auth::Login> (*)(const Call &, Engine &, const identity::MountEntry &mount,
                                            const auth::Token &);
/// Of a kind of mount; null: it needs nobody else. A kind with a Recognition has no Renewal: renewAsRecognised() is it.
Recognition recognitionOf(std::string_view kind);

/// 404: a change of a setting of a role that doesn't exist (AppRoleRoutes.cpp).
Error noSuchRole();

// Handlers that more than one table names (EntityAliasRoutes.cpp).
Result<Response> readEntityAlias(const Call &call, store::Session &session);
Result<Response> deleteEntityAlias(const Call &call, store::WriteSession &session);
Result<Response> listEntityAliases(const Call &call, store::Session &session);

/// All of them, in the order in which they are tried.
std::vector<Route> allRoutes();

/// The tables of those mounts that can be anywhere, by their kind (MountEntry::kind); patterns are relative to the
/// mount.
std::map<std::string, std::vector<Route>, std::less<>> routesByKind();

} // namespace kith::core
