// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "store/Result.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

/// A part of the core with mounts, identities, policies and tokens of its own. Namespaces nest; what isn't the root has
/// a parent. A value.
struct Namespace {
    NamespaceId id;
    NamespaceId parent;  ///< None: it is the root.
    std::string shortId; ///< "root", or six letters or digits: what ids made inside end in, after a dot.
    std::string uuid;
    std::string path; ///< From the root on: "team/a/"; empty: it is the root.
    Metadata customMetadata;

    /// What ids made inside end in: ".a1B2c3"; empty: it is the root.
    std::string idSuffix() const { return parent ? "." + shortId : std::string(); }
};

/// The same of a namespace that isn't at hand; empty, too, when there is none (any more).
std::string idSuffix(store::Session &session, NamespaceId ns);

/// All, by path; so parents come before their children, and the root first.
std::vector<Namespace> namespaces(store::Session &session);

/// The child of that name; names are told apart by case.
std::optional<Namespace> childNamespace(store::Session &session, NamespaceId parent, std::string_view name);

/// Refused with status 400: what is no name of a namespace at all. Words that paths begin with are reserved.
Result<void> checkNamespaceName(std::string_view name);

/// The same, and what a new namespace can't be called.
Result<void> checkNewNamespaceName(std::string_view name);

/// Makes a namespace with the mounts that each has. The name was checked, and is free. Refused with status 400: where a
/// secret engine lies in the way.
Result<Namespace> createNamespace(store::WriteSession &session, const Namespace &parent, std::string_view name);

void saveCustomMetadata(store::WriteSession &session, NamespaceId ns, const Metadata &metadata);

bool hasChildren(store::Session &session, NamespaceId ns);

/// Deletes a namespace with its mounts and all that they keep, its identities and policies. Its tokens are gone already
/// (auth::forgetNamespace), and it has no children.
void deleteNamespace(store::WriteSession &session, NamespaceId ns);

/// The child that a mount at `path` would hide, or be hidden by: "team/".
std::optional<std::string> namespaceInTheWay(store::Session &session, NamespaceId ns, std::string_view path);

} // namespace kith::identity
