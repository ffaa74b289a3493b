// SPDX-License-Identifier: Apache-2.0
#include "oidc/SignIn.h"
#include "oidc/Visits.h"

#include <QTest>

using namespace kith;
using oidc::nextStep;
using oidc::Step;
using oidc::Visit;
using oidc::Visits;
using oidc::Wishes;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

Wishes wishes(std::string_view prompt, std::string_view maxAge = {})
{
    return *Wishes::read(prompt, maxAge);
}

} // namespace

/// Who is asked what, and who has signed in.
class TestSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWishes();
    void steps();
    void addresses();
    void answers();
    void visits();
    void visitsHaveALimit();
    void visitsOfOneHaveTheirOwn();
    void closedVisitsCountNoMore();
    void endedVisitsAreTakenByFews();
};

void TestSignIn::readsWishes()
{
    QVERIFY(wishes("none").nothing && !wishes("none").signIn);
    QVERIFY(wishes("login consent").signIn && wishes("login  consent").consent);
    QVERIFY(wishes("select_account").signIn);
    QVERIFY(wishes("", "60").maxAge == 60);
    for (const char *prompt : {"none login", "consent none", "Login", "x"})
        QVERIFY(!Wishes::read(prompt, {}));
    for (const char *age : {"0", "-1", "x", "1x", "99999999999999999999"})
        QVERIFY(!Wishes::read({}, age));
}

void TestSignIn::steps()
{
    Visit visit;
    visit.signedIn = 100 * Second;
    const auto next = [&](const Wishes &wishes, const Visit *who, Nanoseconds now = 100 * Second) {
        return nextStep(wishes, who, "request", "client", {"a", "b"}, now);
    };
    QCOMPARE(next(wishes(""), nullptr), Step::SignIn);
    QCOMPARE(next(wishes("none"), nullptr), Step::LoginRequired);
    QCOMPARE(next(wishes(""), &visit), Step::Consent);
    QCOMPARE(next(wishes("none"), &visit), Step::ConsentRequired);
    visit.agree("client", {"a"});
    QCOMPARE(next(wishes(""), &visit), Step::Consent);
    visit.agree("other", {"a", "b"});
    QCOMPARE(next(wishes(""), &visit), Step::Consent);
    visit.agree("client", {"a", "b", "c"});
    QCOMPARE(next(wishes(""), &visit), Step::Grant);
    QCOMPARE(next(wishes("none"), &visit), Step::Grant);
    QCOMPARE(next(wishes("consent"), &visit), Step::Consent);
    QCOMPARE(next(wishes("login"), &visit), Step::SignIn);
    visit.signedInFor = "another";
    QCOMPARE(next(wishes("login"), &visit), Step::SignIn);
    visit.signedInFor = "request";
    QCOMPARE(next(wishes("login"), &visit), Step::Grant);
    QCOMPARE(next(wishes("", "10"), &visit, 110 * Second), Step::Grant);
    QCOMPARE(next(wishes("", "10"), &visit, 111 * Second), Step::SignIn);
    QCOMPARE(next(wishes("none", "10"), &visit, 111 * Second), Step::LoginRequired);
}

void TestSignIn::addresses()
{
    for (const char *good : {"https://a.example/cb", "http://127.0.0.1:9/cb?x=y", "com.example.app:/cb", "app:cb"})
        QVERIFY2(oidc::isAddressForBrowsers(good), good);
    for (const char *bad : {"", "x", ":x", "/cb", "//evil.example", "JavaScript:alert(1)", "data:text/html,x",
                            "vbscript:x", "file:///etc/passwd", "blob:x", "https:evil.example", "https://",
                            "https:/\\evil.example", "https://a.example/#x", "https://a.example/\r\nX: y",
                            "https://a.example/ b", "1a://b", "java\tscript:alert(1)", "https://a.example/\"x"})
        QVERIFY2(!oidc::isAddressForBrowsers(bad), bad);
}

void TestSignIn::answers()
{
    QCOMPARE(oidc::answerAddress("https://a/cb", {{"code", "x"}, {"state", ""}}), std::string("https://a/cb?code=x"));
    QCOMPARE(oidc::answerAddress("https://a/cb?x=y", {{"code", "x"}, {"state", "a&b=c d\n\xC3\xA4"}}),
             std::string("https://a/cb?x=y&code=x&state=a%26b%3Dc%20d%0A%C3%A4"));
    QCOMPARE(oidc::answerAddress("https://a/cb?", {{"code", "x"}}), std::string("https://a/cb?code=x"));
    QCOMPARE(oidc::answerAddress("https://a/joe's?it='", {{"code", "x"}}),
             std::string("https://a/joe%27s?it=%27&code=x"));
}

void TestSignIn::visits()
{
    Visits visits;
    Visit visit;
    visit.token = "t";
    visit.signedInFor = "request";
    visit.expires = 50 * Second;
    const std::string cookie = visits.open(visit, 0);
    QCOMPARE(cookie.size(), std::size_t(43));
    QVERIFY(visits.open(visit, 0) != cookie);
    QVERIFY(!visits.find("x", 0) && !visits.find("", 0));
    visits.agree(cookie, "client", {"a"});
    QVERIFY(visits.find(cookie, 0)->hasAgreed("client", {"a"}));
    visits.answered(cookie);
    QVERIFY(visits.find(cookie, 0)->signedInFor.empty());
    QVERIFY(visits.find(cookie, 50 * Second - 1));
    QVERIFY(!visits.find(cookie, 50 * Second));
    visit.expires = 2 * Visits::Longest;
    const std::string longest = visits.open(visit, 0);
    QVERIFY(!visits.find(longest, Visits::Longest));
    QCOMPARE(visits.close(longest)->token, std::string("t"));
    QVERIFY(!visits.close(longest) && !visits.find(longest, 0));
    QCOMPARE(visits.takeEnded(Visits::Longest - 1).size(), std::size_t(0));
    QCOMPARE(visits.takeEnded(Visits::Longest).size(), std::size_t(2)); // what was closed is its closer's
    QCOMPARE(visits.takeEnded(Visits::Longest).size(), std::size_t(0));
}

void TestSignIn::visitsHaveALimit()
{
    Visits visits;
    Visit visit;
    visit.expires = Second;
    const std::string first = visits.open(visit, 0);
    for (std::size_t i = 1; i < Visits::Most; ++i)
        visits.open(visit, 0);
    QVERIFY(visits.find(first, 0));
    visits.open(visit, 0);
    QVERIFY(!visits.find(first, 0));
    QCOMPARE(visits.takeEnded(0).size(), std::size_t(1));
}

/// Who signs in again and again ends what they began themselves, and nobody else's.
void TestSignIn::visitsOfOneHaveTheirOwn()
{
    Visits visits;
    Visit visit;
    visit.expires = Second;
    visit.entity = "ann";
    const std::string ofAnn = visits.open(visit, 0);
    visit.entity = "joe";
    std::vector<std::string> ofJoe;
    for (std::size_t i = 0; i < Visits::MostOfOne; ++i)
        ofJoe.push_back(visits.open(visit, 0));
    QVERIFY(visits.find(ofJoe[0], 0));
    visits.close(ofJoe[1]); // makes room
    ofJoe.push_back(visits.open(visit, 0));
    QVERIFY(visits.find(ofJoe[0], 0));
    ofJoe.push_back(visits.open(visit, 0));
    QVERIFY(!visits.find(ofJoe[0], 0));
    QVERIFY(visits.find(ofJoe[2], 0) && visits.find(ofJoe.back(), 0) && visits.find(ofAnn, 0));
    const std::vector<Visit> ended = visits.takeEnded(0);
    QCOMPARE(ended.size(), std::size_t(1));
    QCOMPARE(ended.front().entity, std::string("joe"));
}

void TestSignIn::closedVisitsCountNoMore()
{
    Visits visits;
    Visit visit;
    visit.expires = Second;
    const std::string first = visits.open(visit, 0);
    for (std::size_t i = 0; i < Visits::Most; ++i)
        visits.close(visits.open(visit, 0));
    QVERIFY(visits.find(first, 0));
    QCOMPARE(visits.takeEnded(0).size(), std::size_t(0));
}

void TestSignIn::endedVisitsAreTakenByFews()
{
    Visits visits;
    Visit visit;
    visit.expires = Second;
    for (std::size_t i = 0; i < Visits::MostTaken + 3; ++i) {
        visit.person = std::to_string(i);
        visits.open(visit, 0);
    }
    QCOMPARE(visits.takeEnded(Visits::Longest).size(), Visits::MostTaken);
    const std::vector<Visit> rest = visits.takeEnded(Visits::Longest);
    QCOMPARE(rest.size(), std::size_t(3));
    QCOMPARE(rest.front().person, std::to_string(Visits::MostTaken));
    QCOMPARE(visits.takeEnded(Visits::Longest).size(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_SignIn.moc"
