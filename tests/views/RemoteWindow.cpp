// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindow.h"

#include "connection/Async.h"
#include "support/FaultProxy.h"
#include "views/Editor.h"

#include <QLabel>
#include <QPushButton>

namespace kith::test {

namespace json = boost::json;
using connection::MirrorState;

RemoteWindow::~RemoteWindow()
{
    m_window.reset(); // before its connection
}

QByteArray RemoteWindow::tokenWith(const std::string &policy)
{
    const std::string name = "p" + std::to_string(std::hash<std::string>()(policy));
    m_policies.push_back(name);
    m_server->post("sys/policies/acl/" + name, json::serialize(json::object{{"policy", policy}}));
    const core::Response made =
        m_server->post("auth/token/create", json::serialize(json::object{{"policies", json::array{name}}}));
    return made.auth->fields.at("client_token").as_string().c_str();
}

void RemoteWindow::show(const QByteArray &token, const connection::Profile &profile)
{
    m_window.reset();
    m_connection.reset();
    connection::RemoteOptions options;
    options.profile = profile.address.isEmpty() ? m_server->profile() : profile;
    options.token = token.isEmpty() ? m_server->token() : token;
    options.refreshSeconds = 0;
    Result<std::unique_ptr<connection::RemoteConnection>> opened = Error{};
    bool answered = false;
    connection::whenReady(connection::RemoteConnection::open(std::move(options)), qApp, [&](auto result) {
        opened = std::move(result);
        answered = true;
    });
    if (!QTest::qWaitFor([&] { return answered; }, 30'000) || !opened)
        qFatal("not opened: %s", why(opened).constData());
    m_connection = std::move(*opened);
    m_window = std::make_unique<views::MainWindow>(*m_connection);
    m_guide = new views::RemoteGuide(*m_connection, *m_window);
    m_window->setGeometry(0, 0, 1280, 800);
    m_window->show();
    m_window->activateWindow();
    settle();
}

void RemoteWindow::showThrough(FaultProxy &proxy)
{
    connection::Profile profile = m_server->profile();
    profile.address = proxy.address();
    profile.timeoutSeconds = 3;
    show({}, profile);
    proxy.forget();
}

void RemoteWindow::settle()
{
    const auto still = [this] {
        return m_connection->mirror().phase == MirrorState::Phase::Current && m_window->isReady() &&
               !m_window->editor().isBusy();
    };
    if (!QTest::qWaitFor(still, 30'000))
        qWarning("it doesn't settle");
}

std::string RemoteWindow::person(const std::string &name, const std::string &more)
{
    return m_server->create("identity/entity", R"({"name":")" + name + "\"" + (more.empty() ? "" : "," + more) + "}");
}

std::string RemoteWindow::group(const std::string &name, const std::vector<std::string> &people)
{
    return m_server->create("identity/group",
                            json::serialize(json::object{
                                {"name", name}, {"member_entity_ids", json::array(people.begin(), people.end())}}));
}

std::set<std::string> RemoteWindow::members(const std::string &group)
{
    const core::Response answer = m_server->get("identity/group/id/" + group);
    std::set<std::string> names;
    const json::value *ids = answer.data ? answer.data->as_object().if_contains("member_entity_ids") : nullptr;
    if (ids && ids->is_array())
        for (const json::value &id : ids->get_array()) {
            const core::Response person = m_server->get("identity/entity/id/" + std::string(id.as_string()));
            names.insert(person.ok() ? std::string(person.data->at("name").as_string()) : std::string(id.as_string()));
        }
    return names;
}

connection::ObjectRef RemoteWindow::ref(const std::string &uuid)
{
    const auto found = connection::blockOn(m_connection->directory().byUuid(QString::fromStdString(uuid)));
    return found && *found ? **found : connection::ObjectRef();
}

QString RemoteWindow::message()
{
    return find<QLabel>("messageText")->accessibleName();
}

void RemoteWindow::pressMessage(const char *text, int milliseconds)
{
    QPushButton *shown = nullptr;
    const auto look = [&] {
        for (QPushButton *button : m_window->findChildren<QPushButton *>(QStringLiteral("messageAction")))
            if (button->isVisible() && button->text() == QString::fromUtf8(text))
                shown = button;
        return shown;
    };
    QVERIFY2(QTest::qWaitFor(look, milliseconds), qPrintable(message()));
    shown->click();
}

} // namespace kith::test
