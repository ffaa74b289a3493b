// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Core.h"
#include "support/Support.h"

#include <QTemporaryDir>

#include <memory>
#include <string>
#include <string_view>

namespace kith::test {

/// A core in a folder of its own, empty at first, with a clock that the test owns and the root token "root".
class TestCore
{
public:
    enum class Keys { Given, None }; ///< None: it waits for sys/init.

    explicit TestCore(Keys keys = Keys::Given);

    core::Core &core() { return *m_core; }
    ManualClock &clock() { return m_clock; }

    /// Sends with the root token. `json` is an object.
    core::Response send(core::Operation operation, std::string path, std::string_view json = "{}");
    core::Response get(std::string path) { return send(core::Operation::Read, std::move(path)); }
    core::Response list(std::string path) { return send(core::Operation::List, std::move(path)); }
    core::Response remove(std::string path) { return send(core::Operation::Delete, std::move(path)); }
    core::Response post(std::string path, std::string_view json = "{}")
    {
        return send(core::Operation::Update, std::move(path), json);
    }

    core::Response post(std::string path, boost::json::object data);
    /// The same with another token, which may be empty.
    core::Response sendAs(const std::string &token, core::Operation operation, std::string path,
                          std::string_view json = "{}");

    /// Makes a token as auth/token/create does with these parameters; fails the test's process when it is refused.
    std::string token(std::string_view json = "{}");
    /// Defines a policy.
    void policy(const std::string &name, const std::string &text);

    /// post(), and the `id` in its answer; empty if there is none.
    std::string create(std::string path, std::string_view json = "{}");
    std::string create(std::string path, boost::json::object data);

    /// Enables an auth method at `path`; its accessor.
    std::string mount(const std::string &path, std::string_view json = R"({"type":"userpass"})");

private:
    QTemporaryDir m_folder;
    ManualClock m_clock;
    std::unique_ptr<core::Core> m_core;
};

/// An answer in one line: "204", "404", "400 entity not found from id", "200 {…}".
QByteArray line(const core::Response &response);

/// A member of the answer's data as JSON text: member(r, "policies") is `["a","b"]`; empty if there is none.
QByteArray member(const core::Response &response, std::string_view name);

} // namespace kith::test
