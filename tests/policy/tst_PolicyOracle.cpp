// SPDX-License-Identifier: Apache-2.0
#include "policy/Acl.h"

#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTest>

#include <random>

using namespace kith;
using namespace kith::policy;

/// Compares with a real server (`bao server -dev`). Takes a minute, so only with KITH_LONG=1.
class TestPolicyOracle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void textsAreJudgedAlike();
    void capabilitiesAreAlike();

private:
    struct Answer {
        int status = 0;
        QJsonObject body;
    };
    Answer send(const QByteArray &method, const QString &path, const QJsonObject &data = {});
    QString refusal(const std::string &text);

    QProcess m_server;
    QNetworkAccessManager m_network;
    QString m_address;
};

namespace {

std::string pick(std::mt19937 &random, const std::vector<std::string> &texts)
{
    return texts[random() % texts.size()];
}

} // namespace

void TestPolicyOracle::initTestCase()
{
    if (qEnvironmentVariableIntValue("KITH_LONG") == 0)
        QSKIP("takes a minute: set KITH_LONG=1");
    const QString program = QStandardPaths::findExecutable(QStringLiteral("bao"));
    if (program.isEmpty())
        QSKIP("bao isn't installed");
    QTcpServer free;
    QVERIFY(free.listen(QHostAddress::LocalHost));
    const QString address = QStringLiteral("127.0.0.1:%1").arg(free.serverPort());
    free.close();
    m_address = QStringLiteral("http://") + address + QStringLiteral("/v1/");
    m_server.start(program,
                   {QStringLiteral("server"), QStringLiteral("-dev"), QStringLiteral("-dev-no-store-token"),
                    QStringLiteral("-dev-root-token-id=root"), QStringLiteral("-dev-listen-address=") + address});
    QVERIFY(m_server.waitForStarted());
    QTRY_COMPARE_WITH_TIMEOUT(send("GET", QStringLiteral("sys/policies/acl/default")).status, 200, 60'000);
}

void TestPolicyOracle::cleanupTestCase()
{
    m_server.terminate();
    m_server.waitForFinished();
}

TestPolicyOracle::Answer TestPolicyOracle::send(const QByteArray &method, const QString &path, const QJsonObject &data)
{
    QNetworkRequest request(QUrl(m_address + path));
    request.setRawHeader("X-Vault-Token", "root");
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    const QByteArray body = method == "GET" ? QByteArray() : QJsonDocument(data).toJson(QJsonDocument::Compact);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    QEventLoop loop;
    connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            QJsonDocument::fromJson(reply->readAll()).object()};
}

/// What the server says to the text; empty: it takes it.
QString TestPolicyOracle::refusal(const std::string &text)
{
    // As base64, so that no text is taken for base64 itself.
    const QString encoded = QString::fromLatin1(QByteArray::fromStdString(text).toBase64());
    const Answer answer =
        send("POST", QStringLiteral("sys/policies/acl/oracle"), {{QStringLiteral("policy"), encoded}});
    if (answer.status == 0)
        return QStringLiteral("no answer");
    return answer.body[QStringLiteral("errors")].toArray().first().toString();
}

void TestPolicyOracle::textsAreJudgedAlike()
{
    QFile file(QStringLiteral(KITH_SOURCE_DIR "/tests/policy/answers.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    std::vector<std::string> corpus;
    for (const auto &entry : QJsonDocument::fromJson(file.readAll()).array())
        corpus.push_back(entry[0].toString().toStdString());
    const std::vector<std::string> pieces{
        "{",  "}",    "[", "]",   "=",  ",",  "\"",   "\n",     " ",          "# c",          "\"x\"",      "1",
        "08", "true", "a", "\\n", "${", "{{", "path", "policy", "[\"read\"]", "capabilities", "expiration", "comment"};
    std::mt19937 random(1);
    const Nanoseconds now = SystemClock().now();
    int different = 0;
    for (int i = 0; i < 3000; ++i) {
        std::string text = pick(random, corpus);
        for (std::size_t changes = i < 500 ? 0 : 1 + random() % 3; changes > 0; --changes) {
            const std::size_t at = random() % (text.size() + 1);
            if (random() % 2 == 0)
                text.insert(at, pick(random, pieces));
            else
                text.erase(at, 1 + random() % 4);
        }
        if (text.empty())
            continue;
        const QString real = refusal(text);
        // Go's whole language of templates isn't known here, and what makes the real server fall over is refused.
        if (real.contains(QLatin1String("unable to parse template")) || real == QLatin1String("no answer"))
            continue;
        const auto policy = parsePolicy(text, now);
        const QString ours = policy ? QString() : QString::fromStdString(policy.error().wire);
        if (real != ours) {
            ++different;
            qWarning().noquote() << "text:" << text.c_str() << "\nreal:" << real << "\nours:" << ours;
        }
    }
    QVERIFY2(different <= 3, QByteArray::number(different).constData());
}

void TestPolicyOracle::capabilitiesAreAlike()
{
    std::mt19937 random(2);
    const auto randomPath = [&](const std::vector<std::string> &segments) {
        std::string path = pick(random, segments);
        for (std::size_t more = random() % 4; more > 0; --more)
            path += "/" + pick(random, segments);
        return path;
    };
    for (int round = 0; round < 60; ++round) {
        std::vector<std::shared_ptr<const Policy>> policies;
        QJsonArray names;
        std::string texts;
        for (std::size_t count = 1 + random() % 3; count > 0; --count) {
            std::string text;
            for (std::size_t rules = 1 + random() % 6; rules > 0; --rules) {
                std::string path = randomPath({"a", "b", "+", "ab", "a+", "*"});
                if (random() % 3 == 0 && path.back() != '+')
                    path += "*";
                text += "path \"" + path + "\" { capabilities = [\"" +
                        pick(random, {"read", "list", "update", "deny", "sudo", "scan"}) + "\"] }\n";
            }
            auto policy = parsePolicy(text);
            if (!policy)
                continue;
            policy->name = "oracle-" + std::to_string(count);
            const QString name = QString::fromStdString(policy->name);
            QCOMPARE(send("POST", QStringLiteral("sys/policies/acl/") + name,
                          {{QStringLiteral("policy"), QString::fromStdString(text)}})
                         .status,
                     204);
            names.append(name);
            texts += "\n" + text;
            policies.push_back(std::make_shared<const Policy>(std::move(*policy)));
        }
        if (policies.empty())
            continue;
        const Answer token = send("POST", QStringLiteral("auth/token/create"),
                                  {{QStringLiteral("policies"), names}, {QStringLiteral("no_default_policy"), true}});
        QJsonArray paths;
        for (int asked = 0; asked < 40; ++asked)
            paths.append(QString::fromStdString(randomPath({"a", "b", "ab", "abc", "x", "*", "a+"}) +
                                                (random() % 4 == 0 ? "/" : "")));
        const Answer real =
            send("POST", QStringLiteral("sys/capabilities"),
                 {{QStringLiteral("token"), token.body[QStringLiteral("auth")][QStringLiteral("client_token")]},
                  {QStringLiteral("paths"), paths}});
        QCOMPARE(real.status, 200);
        const Acl acl(policies);
        for (const auto &path : paths) {
            QStringList ours;
            for (const std::string &name : acl.capabilities(path.toString().toStdString()))
                ours.append(QString::fromStdString(name));
            const QVariant theirs = real.body[QStringLiteral("data")][path.toString()].toVariant();
            QVERIFY2(ours == theirs.toStringList(),
                     qPrintable(path.toString() + QStringLiteral(": ") + ours.join(QLatin1Char(' ')) +
                                QStringLiteral(" instead of ") + theirs.toStringList().join(QLatin1Char(' ')) +
                                QString::fromStdString(texts)));
        }
    }
}

QTEST_GUILESS_MAIN(TestPolicyOracle)
#include "tst_PolicyOracle.moc"
