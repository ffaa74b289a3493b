// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/LoginEntity.h"
#include "support/LiveConnection.h"

#include <string>
#include <vector>

namespace kith::test {

/// A mount, an external group that is filled from it, and somebody whose alias there its directory has in that group.
struct ExternalGroup {
    std::string accessor;
    std::string uuid;

    ExternalGroup(LiveConnection &live, const std::string &mount, const std::string &name)
    {
        live.post("sys/auth/" + mount, R"({"type":"userpass"})");
        accessor = live.send(core::Operation::Read, "sys/auth/" + mount).data->at("accessor").as_string().c_str();
        uuid = live.post("identity/group", R"({"type":"external","name":")" + name + "\"}")
                   .data->at("id")
                   .as_string()
                   .c_str();
        live.post("identity/group-alias", R"({"name":")" + name + R"(","canonical_id":")" + uuid +
                                              R"(","mount_accessor":")" + accessor + "\"}");
    }

    /// As a login by the alias does; fails the test's process when it can't.
    void bring(LiveConnection &live, const std::string &entity, const std::string &alias, const std::string &group)
    {
        live.post("identity/entity-alias", R"({"name":")" + alias + R"(","canonical_id":")" + entity +
                                               R"(","mount_accessor":")" + accessor + "\"}");
        refresh(live, entity, {group}, identity::RefreshedBy::Login);
    }

    /// As a login or renewal does of which the directory names these groups; likewise.
    void refresh(LiveConnection &live, const std::string &entity, const std::vector<std::string> &groups,
                 identity::RefreshedBy by) const
    {
        const auto written = live.connection().core().store().write([&](store::WriteSession &session) -> Result<void> {
            const auto login = identity::loginEntityOf(session, entity, accessor);
            identity::refreshExternalGroups(session, *login, accessor, groups, by);
            return {};
        });
        if (!written)
            qFatal("%s", why(written).constData());
    }
};

} // namespace kith::test
