// SPDX-License-Identifier: Apache-2.0
#include "SignInFixture.h"

namespace kith::test {

void SignInFixture::begin()
{
    m_cookie.clear();
    m_language.clear();
    m_origin = Origin;
    m_host = Host;
    m_channel = Channel::Plain;
    m_place = "/ui/vault/identity/oidc/provider/p/authorize";
    if (m_function != QTest::currentTestFunction()) // the rows of one test share a core
        setUp();
    m_function = QTest::currentTestFunction();
    m_wish = {{"client_id", m_client},     {"redirect_uri", Callback}, {"response_type", "code"},
              {"scope", "openid profile"}, {"state", "a&b<c"},         {"nonce", "n"}};
}

void SignInFixture::setUp()
{
    m_core = std::make_unique<TestCore>();
    m_core->core().setApiAddress("http://kith.test:8200");
    m_asked.clear();
    m_pages = std::make_unique<server::SignInPages>(
        [this](const core::Request &request) {
            m_asked.push_back(request);
            return m_core->core().handle(request);
        },
        m_core->clock());
    m_core->mount("userpass");
    post("auth/userpass/users/joe", R"({"password":"pw"})");
    m_core->post("identity/oidc/scope/profile",
                 boost::json::object{{"template", "{\"nick\": {{identity.entity.name}} }"},
                                     {"description", "What others call you"}});
    post("identity/oidc/provider/p", R"({"allowed_client_ids":"*","scopes_supported":"profile"})");
    registerClient("identity/oidc/client/wiki");
    m_client = text(m_core->get("identity/oidc/client/wiki"), "client_id");
}

} // namespace kith::test
