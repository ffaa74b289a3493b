// SPDX-License-Identifier: Apache-2.0
#include "OutsideDirectory.h"

#include "LdapFixture.h"

#include <set>

namespace kith::test {

namespace json = boost::json;

namespace {

const std::string Strangers = "ou=strangers,dc=kith,dc=test";

core::Response send(TestCore &core, std::string path, json::object data)
{
    return core.sendAs({}, core::Operation::Update, std::move(path), json::serialize(data));
}

class SlapdDirectory : public OutsideDirectory
{
public:
    explicit SlapdDirectory(std::unique_ptr<Slapd> slapd) : m_slapd(std::move(slapd))
    {
        std::string ldif = "dn: " + Strangers + "\nchangetype: add\nobjectClass: organizationalUnit\nou: strangers\n\n";
        for (const char *group : {"dev", "late"}) // none may be without members
            ldif += std::string("dn: cn=") + group + "," + Groups +
                    "\nchangetype: add\nobjectClass: groupOfNames\ncn: " + group + "\nmember: " + dnOf("u1") + "\n\n";
        change(ldif);
    }

    std::string method() const override { return "ldap"; }

    json::object configuration(Audience audience) const override
    {
        return {{"url", m_slapd->url()},
                {"userdn", audience == Audience::Members ? People : Strangers},
                {"userattr", "uid"},
                {"groupdn", Groups},
                {"binddn", "cn=admin,dc=kith,dc=test"},
                {"bindpass", "adminpass"}};
    }

    void addPerson(const std::string &name, Audience audience) override
    {
        std::string ldif = person(name, "secret");
        if (audience == Audience::Strangers)
            ldif = "dn: uid=" + name + "," + Strangers +
                   "\nchangetype: add\nobjectClass: inetOrgPerson\ncn: Somebody\nsn: Somebody\nuserPassword: secret\n";
        change(ldif);
    }

    void setGroups(const std::string &name, const std::vector<std::string> &groups) override
    {
        std::set<std::string> &before = m_groups[name];
        const std::set<std::string> now(groups.begin(), groups.end());
        std::string ldif;
        const auto modify = [&](const std::string &group, const char *how) {
            ldif += "dn: cn=" + group + "," + Groups + "\nchangetype: modify\n" + how +
                    ": member\nmember: " + dnOf(name) + "\n\n";
        };
        for (const std::string &group : before)
            if (!now.contains(group))
                modify(group, "delete");
        for (const std::string &group : now)
            if (!before.contains(group))
                modify(group, "add");
        if (!ldif.empty())
            change(ldif);
        before = now;
    }

    void withdraw(const std::string &name) override
    {
        change("dn: " + dnOf(name) + "\nchangetype: modify\nreplace: userPassword\nuserPassword: another\n\n");
    }

    QByteArray aliasMetadata(const std::string &name) const override
    {
        return "{\"name\":\"" + QByteArray::fromStdString(name) + "\"}";
    }

    core::Response logIn(TestCore &core, const std::string &mount, const std::string &name,
                         Secret secret) const override
    {
        return send(core, "auth/" + mount + "/login/" + name,
                    {{"password", secret == Secret::Right ? "secret" : "wrong"}});
    }

    QByteArray refusal() const override { return "400 ldap operation failed: failed to bind as user"; }
    QByteArray strangersRefusal() const override { return refusal(); } // nobody learns who is somewhere else

private:
    void change(const std::string &ldif)
    {
        if (!m_slapd->change(ldif))
            qFatal("the directory refused %s", ldif.c_str());
    }

    std::unique_ptr<Slapd> m_slapd;
    std::map<std::string, std::set<std::string>> m_groups; // of each person
};

class GitHubDirectory : public OutsideDirectory
{
public:
    std::string method() const override { return "github"; }

    json::object configuration(Audience audience) const override
    {
        const bool members = audience == Audience::Members;
        return {{"organization", members ? "acme" : "elsewhere"},
                {"organization_id", idOf(audience)},
                {"base_url", m_github.url()}};
    }

    void addPerson(const std::string &name, Audience audience) override { set(name, audience, {}); }

    void setGroups(const std::string &name, const std::vector<std::string> &groups) override
    {
        set(name, Audience::Members, groups);
    }

    void withdraw(const std::string &name) override { m_github.revoke(tokenOf(name)); }

    QByteArray aliasMetadata(const std::string &) const override { return "null"; } // the method tells none

    core::Response logIn(TestCore &core, const std::string &mount, const std::string &name,
                         Secret secret) const override
    {
        return send(core, "auth/" + mount + "/login",
                    {{"token", secret == Secret::Right ? tokenOf(name) : "ghp_wrong"}});
    }

    QByteArray refusal() const override
    {
        return "400 GET " + QByteArray::fromStdString(m_github.url()) + "/user: 401 Bad credentials";
    }
    QByteArray strangersRefusal() const override { return "400 user is not part of required org"; }

private:
    static std::string tokenOf(const std::string &name) { return "ghp_" + name; }
    static int idOf(Audience audience) { return audience == Audience::Members ? 7 : 8; }

    void set(const std::string &name, Audience audience, const std::vector<std::string> &groups)
    {
        std::vector<json::object> teams;
        for (const std::string &group : groups)
            teams.push_back(GitHubServer::team(group, group, idOf(audience)));
        m_github.set(tokenOf(name), {name, {GitHubServer::organization("any", idOf(audience))}, std::move(teams)});
    }

    GitHubServer m_github;
};

} // namespace

std::unique_ptr<OutsideDirectory> slapdDirectory()
{
    if (!Slapd::isInstalled())
        return nullptr;
    auto slapd = Slapd::start();
    if (!slapd)
        qFatal("slapd is installed, but doesn't start");
    return std::make_unique<SlapdDirectory>(std::move(slapd));
}

std::unique_ptr<OutsideDirectory> gitHubDirectory()
{
    return std::make_unique<GitHubDirectory>();
}

} // namespace kith::test
