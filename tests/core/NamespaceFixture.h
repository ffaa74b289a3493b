// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/TestCore.h"

#include <QTest>

namespace kith::test {

inline constexpr const char *Denied = "403 1 error occurred:\n\t* permission denied\n\n";

inline QByteArray textOf(const core::Response &response, std::string_view name)
{
    QByteArray value = member(response, name);
    return value.startsWith('"') ? value.mid(1, value.size() - 2) : value;
}

inline std::string authText(const core::Response &response, std::string_view name)
{
    return response.auth ? std::string(response.auth->fields.at(name).as_string()) : std::string();
}

inline std::string jsonOf(const boost::json::object &object)
{
    return boost::json::serialize(object);
}

/// A core with the namespaces team/, team/a/ and other/. A base of the test's class.
class NamespaceFixture
{
protected:
    using Operation = core::Operation;
    using Request = core::Request;
    using Response = core::Response;

    void makeNamespaces()
    {
        m_core = std::make_unique<TestCore>();
        m_id = textOf(write("", "sys/namespaces/team"), "id").toStdString();
        QCOMPARE(write("team", "sys/namespaces/a").status, 200);
        QCOMPARE(write("", "sys/namespaces/other").status, 200);
    }
    Response in(const std::string &ns, Operation operation, std::string path, std::string_view json = "{}",
                const std::string &token = "root")
    {
        Request request;
        request.operation = operation;
        request.path = std::move(path);
        request.ns = ns;
        request.token = token;
        request.data = boost::json::parse(json).as_object();
        return m_core->core().handle(request);
    }
    Response read(const std::string &ns, std::string path, const std::string &token = "root")
    {
        return in(ns, Operation::Read, std::move(path), "{}", token);
    }
    Response write(const std::string &ns, std::string path, std::string_view json = "{}",
                   const std::string &token = "root")
    {
        return in(ns, Operation::Update, std::move(path), json, token);
    }
    /// A token of a namespace, with one policy of these rules.
    std::string tokenIn(const std::string &ns, const std::string &rules)
    {
        const boost::json::object policy{{"policy", boost::json::string(rules)}};
        const Response defined = write(ns, "sys/policies/acl/rules", boost::json::serialize(policy));
        if (!defined.ok())
            qFatal("%s", line(defined).constData());
        return authText(write(ns, "auth/token/create", R"({"policies":["rules"]})"), "client_token");
    }
    /// Somebody who logged in with userpass.
    Response logInTo(const std::string &ns)
    {
        write(ns, "sys/auth/up", R"({"type":"userpass"})");
        write(ns, "auth/up/users/joe", R"({"password":"pw","token_policies":"rules"})");
        return write(ns, "auth/up/login/joe", R"({"password":"pw"})", "");
    }

    std::unique_ptr<TestCore> m_core;
    std::string m_id; ///< Of team/.
};

} // namespace kith::test
