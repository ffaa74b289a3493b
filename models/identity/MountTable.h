// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Mounts.h"
#include "identity/Namespaces.h"

#include <memory>
#include <unordered_map>

namespace kith::identity {

/// A mount with its settings: what a request needs to know of it.
struct MountEntry : Mount {
    MountSettings settings;
    std::string kind; ///< Which endpoints it has: its type, and "kv/2" if its options name version 2 or later.

    /// A lease of its config in seconds ("default_lease_ttl", "max_lease_ttl"); 0: the system's.
    std::int64_t lease(std::string_view key) const;
    /// A text of its config; empty: not set.
    std::string configText(std::string_view key) const;
};

/// All namespaces and mounts at one moment, for finding what a path leads to. Immutable, shared by many threads.
class MountTable
{
public:
    /// Reads all mounts of all namespaces; within a write it sees what was written before.
    static std::shared_ptr<const MountTable> load(store::Session &session);

    /// A path split in two: the mount, and what the mount calls it.
    struct Place {
        const MountEntry *mount = nullptr; ///< Null: nothing is mounted there.
        std::string_view rest;             ///< Of the path that was asked for.
    };
    /// The mount whose path `path` ("auth/userpass/users/alice") begins with; "auth/userpass" counts as well.
    Place find(NamespaceId ns, std::string_view path) const;

    /// The namespace that a path leads to, from the one called `nsPath` ("team/a/"; slashes at its ends, and `root`,
    /// don't matter) on: the longest that the path begins with.
    struct Location {
        const Namespace *ns = nullptr; ///< Null: there is none called so.
        std::string_view path;         ///< What is left of the path that was asked for.
    };
    Location locate(std::string_view nsPath, std::string_view path) const;
    /// By path; the root first.
    const std::vector<Namespace> &namespaces() const { return m_namespaces; }

    // Nullptr: there is none (any more).
    const Namespace *byId(NamespaceId id) const;
    const MountEntry *byId(MountId id) const;
    const MountEntry *byAccessor(std::string_view accessor) const;

    const std::vector<MountEntry> &all() const { return m_mounts; }
    std::int64_t revision() const { return m_revision; } ///< The commit that it is of.

private:
    const MountEntry *at(NamespaceId ns, std::string_view fullPath) const;
    const Namespace *called(std::string_view nsPath) const;

    std::vector<Namespace> m_namespaces;
    std::unordered_map<std::string, std::size_t> m_namespaceByPath;
    std::vector<MountEntry> m_mounts;
    std::unordered_map<std::string, std::size_t> m_byPath; // namespace and full path
    std::int64_t m_revision = 0;
};

} // namespace kith::identity
