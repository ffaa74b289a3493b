// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Graph.h"
#include "identity/Identities.h"
#include "support/Support.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace kith::test {

/// A core file of its own with its identities, filled by SQL, with changes noted as the engine notes them.
class World
{
public:
    World();
    ~World();

    EntityId addEntity(const std::string &name);
    GroupId addGroup(const std::string &name);
    void setExternal(GroupId group);
    void addMember(GroupId group, EntityId entity);
    void removeMember(GroupId group, EntityId entity);
    void addSubgroup(GroupId parent, GroupId child);
    void removeSubgroup(GroupId parent, GroupId child);
    void addPolicy(EntityId entity, const std::string &policy);
    void addPolicy(GroupId group, const std::string &policy);
    void definePolicy(const std::string &policy, const std::string &text);
    void rename(GroupId group, const std::string &name);
    void removeGroup(GroupId group);
    void addAlias(EntityId entity, const std::string &accessor, const std::string &name);
    void setMetadata(EntityId entity, const std::string &json);
    void removeEntity(EntityId entity);

    /// Several of the above in one commit.
    template <class Function>
    void together(Function &&function)
    {
        write([&](store::WriteSession &session) {
            m_open = &session;
            function();
            m_open = nullptr;
        });
    }

    store::Store &store() { return *m_store; }
    identity::Identities &identities() { return *m_identities; }
    /// The clock's time, for tests that look at expiry.
    ManualClock clock;

private:
    void write(const std::function<void(store::WriteSession &)> &function);

    QTemporaryDir m_folder;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<identity::Identities> m_identities;
    store::WriteSession *m_open = nullptr;
};

} // namespace kith::test
