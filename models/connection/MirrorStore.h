// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/MirrorObjects.h"
#include "core/Core.h"
#include "identity/ExternalChange.h"
#include "policy/PolicyStore.h"

#include <QString>

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace kith::connection {

/// When something was asked for, in the order of asking: what was asked for later is newer.
using Stamp = std::int64_t;

/// What the server said, to be put into the mirror in one commit.
struct MirrorBatch {
    template <class View>
    struct Seen {
        Stamp asked = 0;
        View view;
    };
    struct Gone {
        Stamp asked = 0;
        std::string uuid;
    };
    struct Policy {
        std::string name;
        std::optional<policy::StoredPolicy> stored; ///< None: it isn't defined (any more). Version 0: not known.
    };

    /// How somebody came into an external group, which only a server with kith/ tells.
    struct Way {
        std::string group; ///< UUIDs.
        std::string entity;
        std::string alias; ///< Its name; empty: not known.
        std::optional<Nanoseconds> since;
        std::optional<Nanoseconds> refreshed;
    };

    /// What a login or renewal changed of external groups (identity/ExternalChange.h), likewise.
    struct Change {
        std::string alias; ///< UUIDs.
        Nanoseconds time = 0;
        identity::RefreshedBy by = identity::RefreshedBy::Login;
        std::vector<std::string> joined;
        std::vector<std::string> left;
    };

    std::vector<Seen<identity::EntityView>> entities;
    std::vector<Seen<identity::GroupView>> groups;
    std::vector<Gone> goneEntities;
    std::vector<Gone> goneGroups;
    std::vector<Policy> policies;
    std::optional<std::vector<MirrorMount>> mounts;                    ///< All there are.
    std::optional<Seen<std::vector<identity::EntityView>>> entityList; ///< All there are, in short.
    std::optional<Seen<std::vector<GroupLine>>> groupList;
    std::optional<std::vector<std::string>> policyNames; ///< All there are.
    std::vector<Way> ways;                               ///< Of memberships that are known, or come with it.
    std::vector<Change> changes;                         ///< Of aliases that are known.
    std::vector<Change> lastMembers;                     ///< Who came or went last: each of one group.

    void put(Seen<identity::EntityView> seen) { entities.push_back(std::move(seen)); }
    void put(Seen<identity::GroupView> seen) { groups.push_back(std::move(seen)); }
    bool empty() const;
    std::size_t size() const { return entities.size() + groups.size() + policies.size(); }
};

/// The identities of a server in a private file: a core of its own, in a folder that nobody else can enter and that
/// goes with this object. Rows have the server's ids, names, times and counters; memberships and policies are as it
/// says. Thread-safe.
class MirrorStore
{
public:
    /// Makes the folder in the runtime directory. Io, DiskFull: it can't.
    static Result<std::unique_ptr<MirrorStore>> create();
    ~MirrorStore();
    MirrorStore(const MirrorStore &) = delete;
    MirrorStore &operator=(const MirrorStore &) = delete;

    core::Core &core() { return *m_core; }
    /// Asks the mirror as one asks a core (kith/explain, kith/export, …); it isn't written to by this.
    core::Response ask(core::Request request);
    QString folder() const { return m_folder; }

    Stamp stamp() { return ++m_lastStamp; }

    /// Writes only what differs and is newer than what is there; the listeners of the core's identities are told. Odd
    /// data (two objects of one name, edges that close a circle, members that don't exist) is taken as far as it goes.
    Result<void> write(const MirrorBatch &batch);

    /// Whether everything was read once.
    bool isWhole() const { return m_whole; }
    void setWhole() { m_whole = true; }
    /// Whether more is known of it than the line of a list.
    bool hasReadEntity(const std::string &uuid) const;
    bool hasReadGroup(const std::string &uuid) const;
    /// All of those; UUIDs.
    std::vector<std::string> readEntities() const;
    std::vector<std::string> readGroups() const;

    std::optional<identity::EntityView> entity(const std::string &uuid);
    std::optional<identity::GroupView> group(const std::string &uuid);
    /// The owner of an alias, as the mirror knows it; empty: none.
    std::string ownerOfAlias(const std::string &uuid);
    std::string ownerOfGroupAlias(const std::string &uuid);
    /// The counter for preconditions: it rises whenever the mirror sees another state of the entity.
    std::optional<std::int64_t> entityVersion(const std::string &uuid);

    /// What is known of an object: since when, and whether more than a list's line.
    struct Known {
        Stamp asked = 0;
        bool whole = false;
    };
    using KnownObjects = std::unordered_map<std::string, Known>;

private:
    MirrorStore() = default;

    QString m_folder;
    std::unique_ptr<core::Core> m_core;
    std::string m_token;
    std::atomic<Stamp> m_lastStamp = 0;
    std::atomic<bool> m_whole = false;
    mutable std::mutex m_mutex; ///< Of what follows.
    KnownObjects m_entities;
    KnownObjects m_groups;
};

} // namespace kith::connection
