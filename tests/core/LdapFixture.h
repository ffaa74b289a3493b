// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Slapd.h"
#include "auth/LdapText.h"
#include "support/TestCore.h"

#include <QTest>

namespace kith::test {

inline const std::string People = "ou=people,dc=kith,dc=test";
inline const std::string Groups = "ou=groups,dc=kith,dc=test";

inline std::string base64(const std::string &text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

inline std::string dnOf(const std::string &name)
{
    return "uid=" + auth::escapedForDn(name) + "," + People;
}

inline std::string person(const std::string &name, const std::string &password, const std::string &more = {})
{
    return "dn:: " + base64(dnOf(name)) + "\nchangetype: add\nobjectClass: inetOrgPerson\nuid:: " + base64(name) +
           "\ncn: Somebody\nsn: Somebody\nuserPassword:: " + base64(password) + "\n" + more + "\n";
}

/// A core with a mount that asks a real directory, OpenLDAP's. A base of the test's class.
class LdapFixture
{
protected:
    /// With what else `ldif` puts into it.
    void startDirectory(const std::string &ldif)
    {
        if (!Slapd::isInstalled())
            QSKIP("slapd, ldapmodify or openssl isn't installed");
        m_slapd = Slapd::start();
        QVERIFY(m_slapd);
        QVERIFY(m_slapd->change(ldif));
    }
    void mountIt()
    {
        m_core = std::make_unique<TestCore>();
        m_accessor = m_core->mount("ldap", R"({"type":"ldap"})");
    }
    void configure(boost::json::object changes = {}, const std::string &mount = "ldap")
    {
        boost::json::object settings{{"url", m_slapd->url()},
                                     {"userdn", People},
                                     {"userattr", "uid"},
                                     {"groupdn", Groups},
                                     {"binddn", "cn=admin,dc=kith,dc=test"},
                                     {"bindpass", "adminpass"}};
        for (const auto &[name, value] : changes)
            settings[name] = value;
        const auto saved = m_core->post("auth/" + mount + "/config", std::move(settings));
        QVERIFY2(saved.ok(), line(saved).constData());
    }

    core::Response logIn(const std::string &name, const std::string &password, const std::string &mount = "ldap")
    {
        return m_core->sendAs({}, core::Operation::Update, "auth/" + mount + "/login/" + name,
                              boost::json::serialize(boost::json::object{{"password", password}}));
    }
    static QByteArray outcome(const core::Response &response) { return response.auth ? "200" : line(response); }
    static std::string field(const core::Response &response, const char *name)
    {
        if (!response.auth)
            return line(response).toStdString();
        const boost::json::value *value = response.auth->fields.if_contains(name);
        if (!value)
            return "-";
        return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
    }

    std::unique_ptr<Slapd> m_slapd;
    std::unique_ptr<TestCore> m_core;
    std::string m_accessor;
};

} // namespace kith::test
