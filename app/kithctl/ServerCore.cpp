// SPDX-License-Identifier: Apache-2.0
#include "AnyCore.h"

#include "store/Json.h"

#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslConfiguration>

#include <fstream>
#include <limits>
#include <sstream>

namespace kith::ctl {

namespace json = boost::json;

namespace {

constexpr int PatienceMilliseconds = 300'000; ///< An import of a large document takes its time.

core::Response unreachable(const std::string &text)
{
    core::Response response;
    response.status = 503;
    response.errors.push_back(text);
    return response;
}

std::vector<std::string> textsOf(const json::object &answer, std::string_view name)
{
    std::vector<std::string> texts;
    if (const auto *list = answer.if_contains(name); list && list->is_array())
        for (const json::value &text : list->get_array())
            texts.emplace_back(text.is_string() ? std::string(text.get_string()) : store::toJson(text));
    return texts;
}

class ServerCore final : public AnyCore
{
public:
    ServerCore(QString address, QByteArray token, const QSslConfiguration &tls)
        : m_address(std::move(address)), m_token(std::move(token)), m_tls(tls)
    {}

    core::Response send(core::Operation operation, std::string path, json::object data) override
    {
        QNetworkRequest request(QUrl(m_address + QStringLiteral("/v1/") + QString::fromStdString(path)));
        request.setSslConfiguration(m_tls);
        request.setRawHeader("X-Vault-Token", m_token);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        request.setTransferTimeout(PatienceMilliseconds);
        // A redirect could carry the token to somebody else.
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        const std::unique_ptr<QNetworkReply> reply(
            operation == core::Operation::Read
                ? m_network.get(request)
                : m_network.post(request, QByteArray::fromStdString(store::toJson(json::value(std::move(data))))));
        QEventLoop loop;
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        if (!reply->isFinished())
            loop.exec();
        return responseOf(*reply);
    }

private:
    core::Response responseOf(QNetworkReply &reply) const
    {
        const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 0)
            return unreachable(m_address.toStdString() + ": " + reply.errorString().toStdString());
        core::Response response;
        response.status = status;
        const QByteArray body = reply.readAll();
        constexpr auto Unlimited = std::numeric_limits<std::size_t>::max();
        const auto answer = store::readJson(std::string_view(body.data(), static_cast<std::size_t>(body.size())),
                                            {store::JsonLimits().depth, Unlimited, Unlimited});
        if (!answer || !(answer->is_object() || answer->is_null()))
            return unreachable(m_address.toStdString() + " doesn't answer as a Vault server does (status " +
                               std::to_string(status) + ")");
        if (const json::object *members = answer->if_object()) {
            response.errors = textsOf(*members, "errors");
            response.warnings = textsOf(*members, "warnings");
            if (const auto *data = members->if_contains("data"); data && !data->is_null())
                response.data = *data;
        }
        if (status >= 300 && status < 400)
            response.status = 502;
        return response;
    }

    QString m_address;
    QByteArray m_token;
    QSslConfiguration m_tls;
    QNetworkAccessManager m_network;
};

Result<std::string> tokenOf(const Server &server)
{
    if (server.tokenFile.empty()) {
        const char *token = std::getenv("VAULT_TOKEN");
        if (!token || !*token)
            return invalidRequest("whose token? Name a file with --token-file, or set VAULT_TOKEN");
        return std::string(token);
    }
    std::ifstream file(server.tokenFile, std::ios::binary);
    std::string token;
    if (!file || !(file >> token))
        return Error{ErrorCode::Io, 500, "there is no token in this file", server.tokenFile.string()};
    return token;
}

} // namespace

Result<std::unique_ptr<AnyCore>> openServer(const Server &server)
{
    auto token = tokenOf(server);
    if (!token)
        return token.error();
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!server.authority.empty()) {
        const auto certificates = QSslCertificate::fromPath(QFile::decodeName(server.authority.c_str()));
        if (certificates.isEmpty())
            return Error{ErrorCode::Io, 500, "there is no certificate in this file", server.authority.string()};
        tls.setCaCertificates(certificates);
    }
    return std::unique_ptr<AnyCore>(std::make_unique<ServerCore>(QString::fromStdString(server.address),
                                                                 QByteArray::fromStdString(*token), std::move(tls)));
}

} // namespace kith::ctl
