// SPDX-License-Identifier: Apache-2.0
#include "auth/LdapText.h"
#include "support/Support.h"

#include <QTest>

using namespace kith;
using namespace kith::test;

class TestLdapText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// RFC 4515, section 4, and what would end a filter.
    void escapesForFilters()
    {
        using auth::escapedForFilter;
        QCOMPARE(escapedForFilter("Parens R Us (for all your parenthetical needs)"),
                 std::string("Parens R Us \\28for all your parenthetical needs\\29"));
        QCOMPARE(escapedForFilter("*"), std::string("\\2a"));
        QCOMPARE(escapedForFilter("C:\\MyFile"), std::string("C:\\5cMyFile"));
        QCOMPARE(escapedForFilter(std::string("a\0b", 3)), std::string("a\\00b"));
        QCOMPARE(escapedForFilter("Lu\xC4\x8Di\xC4\x87"), std::string("Lu\xC4\x8Di\xC4\x87"));
        QCOMPARE(escapedForFilter("x)(|(uid=*"), std::string("x\\29\\28|\\28uid=\\2a"));
    }

    /// RFC 4514, section 2.4; and = as Active Directory wants it.
    void escapesForDns()
    {
        using auth::escapedForDn;
        QCOMPARE(escapedForDn("James \"Jim\" Smith, III"), std::string("James \\\"Jim\\\" Smith\\, III"));
        QCOMPARE(escapedForDn("#1 # "), std::string("\\#1 #\\ "));
        QCOMPARE(escapedForDn(" a+b;c<d>e\\f=g"), std::string("\\ a\\+b\\;c\\<d\\>e\\\\f\\=g"));
        QCOMPARE(escapedForDn("Before\rAfter"), std::string("Before\\0dAfter"));
        QCOMPARE(escapedForDn(std::string("a\0", 2)), std::string("a\\00"));
        QCOMPARE(escapedForDn(" "), std::string("\\ "));
    }

    void fillsInFilters()
    {
        auth::LdapConfig config;
        config.userAttribute = "uid";
        QCOMPARE(*auth::userFilterOf(config, "a*"), std::string("(uid=a\\2a)"));
        QCOMPARE(*auth::groupFilterOf(config, "a*", "uid=a\\2C(x),o=y"),
                 std::string("(|(memberUid=a\\2a)(member=uid=a\\5c2C\\28x\\29,o=y)(uniqueMember=uid=a\\5c2C\\28x\\29,"
                             "o=y))"));
        config.upnDomain = "x.test";
        QCOMPARE(*auth::userFilterOf(config, "a"), std::string("(userPrincipalName=a@x.test)"));
        config.userFilter = "(&(objectClass=person)({{ .UserAttr }}={{.Username}}))";
        config.upnDomain.clear();
        QCOMPARE(*auth::userFilterOf(config, "a"), std::string("(&(objectClass=person)(uid=a))"));
        for (const char *wrong :
             {"({{.UserDN}}=x)", "({{.Username)", "({{Username}}=x)", "({{if .Username}}x{{end}})"}) {
            config.userFilter = wrong;
            QVERIFY2(!auth::userFilterOf(config, "a"), wrong);
        }
        QCOMPARE(auth::sidFilterOf({std::string("\x01\x00\xff", 3)}), std::string("(|(objectSid=\\01\\00\\ff))"));
    }

    /// One person has one name, whatever a directory takes for the same.
    void checksUsernames()
    {
        for (const char *good : {"ann", "ann lee", "J\xC3\xBCrgen", "\xE5\xBC\xA0", "a,b (c)* \\#+=\"<>;"})
            QVERIFY2(auth::checkLdapUsername(good), good);
        for (const char *bad :
             {" ann", "ann ", "ann  lee", "ann\t", "an\xC2\xADn", "ann\xE2\x80\x8B", "\xEF\xBD\x81nn", "an\xCC\x88n",
              "\xE2\x84\xAA", "ann\xC2\xA0lee", "\xEF\xAC\x81", "\xCF\x90", "ann\xFF", "\xF0\x9D\x90\x9Ann"})
            QVERIFY2(!auth::checkLdapUsername(bad), bad);
        QVERIFY(!auth::checkLdapUsername(std::string_view("ann\0", 4)));
        QVERIFY(auth::checkLdapUsername(std::string(4096, 'a')));
        QVERIFY(!auth::checkLdapUsername(std::string(4097, 'a')));
    }

    void countsSpellingsTogether()
    {
        QCOMPARE(auth::ldapNameKey("Stra\xC3\x9F"
                                   "e"),
                 std::string("strasse"));
        QCOMPARE(auth::ldapNameKey("STRA\xE1\xBA\x9E"
                                   "E"),
                 std::string("strasse"));
        QCOMPARE(auth::ldapNameKey("\xC3\x9F\xC3\x9F"), std::string("ssss"));
        QCOMPARE(auth::ldapNameKey("\xCE\xA3\xCF\x82"), std::string("\xCF\x83\xCF\x83"));
        QCOMPARE(auth::ldapNameKey("J\xC3\x9CRGEN"), std::string("j\xC3\xBCrgen"));
    }

    void findsNamesOfGroups()
    {
        using auth::groupNameIn;
        QCOMPARE(groupNameIn("cn=dev,ou=groups,dc=x"), std::string("dev"));
        QCOMPARE(groupNameIn("ou=groups,CN=a\\, b,dc=x"), std::string("a, b"));
        QCOMPARE(groupNameIn("uid=1+cn=two,dc=x"), std::string("two"));
        QCOMPARE(groupNameIn("ou=ops,dc=x"), std::string("ou=ops,dc=x"));
        QCOMPARE(groupNameIn("plain name"), std::string("plain name"));
        QCOMPARE(groupNameIn(""), std::string(""));
    }

    void checksUrls()
    {
        QCOMPARE(auth::ldapUrlsIn("ldap://a, ldaps://b:636/ ,,"),
                 (std::vector<std::string>{"ldap://a", "ldaps://b:636"}));
        for (const char *good : {"ldap://a", "ldaps://a:636,ldap://[::1]:389/", "ldap://127.0.0.1"})
            QVERIFY2(auth::checkLdapUrls(good), good);
        const auto open = [](const char *urls, bool startTls = false) {
            auth::LdapConfig config;
            config.urls = urls;
            config.startTls = startTls;
            return auth::sendsPasswordsOpenly(config);
        };
        for (const char *safe : {"ldaps://a", "ldap://127.0.0.1,ldaps://a", "ldap://localhost:389", "ldap://[::1]"})
            QVERIFY2(!open(safe), safe);
        for (const char *unsafe : {"ldap://a", "ldaps://a,ldap://10.0.0.1", "ldap://127.0.0.1.example.com"})
            QVERIFY2(open(unsafe) && !open(unsafe, true), unsafe);
        for (const char *bad : {"", " , ", "http://a", "ldapi:///x", "ldap://", "a", "ldap://a/dc=x", "ldap://a,x"})
            QVERIFY2(!auth::checkLdapUrls(bad), bad);
    }
};

QTEST_GUILESS_MAIN(TestLdapText)
#include "tst_LdapText.moc"
