// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace kith;
using namespace kith::test;
using core::Operation;
using core::Response;

namespace {

std::string field(const boost::json::object &object, const char *name)
{
    const boost::json::value *value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

} // namespace

/// Who copies the folder of a core has no token, password, secret or key by it.
class TestSecrecy : public QObject
{
    Q_OBJECT

    /// Files in which any of the texts stands, as bytes, hexadecimal digits, or base64.
    static QStringList filesWith(const QString &folder, const std::vector<std::string> &secrets)
    {
        QStringList found;
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray bytes = file.readAll();
            for (const std::string &secret : secrets) {
                const QByteArray text = QByteArray::fromStdString(secret);
                for (const QByteArray &shape : {text, text.toHex(), text.toBase64().chopped(4)})
                    if (bytes.contains(shape))
                        found.append(file.fileName() + QStringLiteral(": ") + QString::fromUtf8(text));
            }
        }
        return found;
    }

private Q_SLOTS:
    void aCopyOfTheFolderTellsNothing()
    {
        TestCore c;
        std::vector<std::string> secrets{"correct horse battery staple", "the kv's own secret", "in a cubbyhole now",
                                         "wrapped up for one reader"};
        c.mount("up");
        const boost::json::object password{{"password", secrets.front()}};
        QCOMPARE(c.post("auth/up/users/zoe", password).status, 204);
        const Response login = c.sendAs("", Operation::Update, "auth/up/login/zoe", boost::json::serialize(password));
        QVERIFY2(login.auth, line(login));
        secrets.push_back(field(login.auth->fields, "client_token"));

        c.mount("ar", "{\"type\":\"approle\"}");
        c.post("auth/ar/role/app", "{\"token_policies\":[\"default\"]}");
        const Response secretId = c.post("auth/ar/role/app/secret-id");
        QVERIFY2(secretId.ok(), line(secretId));
        secrets.push_back(field(secretId.data->as_object(), "secret_id"));

        c.post("sys/mounts/kv", "{\"type\":\"kv\"}");
        c.post("kv/a", boost::json::object{{"x", "the kv's own secret"}});
        secrets.push_back(c.token("{\"policies\":[\"default\"]}"));
        c.sendAs(secrets.back(), Operation::Update, "cubbyhole/a", "{\"x\":\"in a cubbyhole now\"}");
        core::Request wrap;
        wrap.operation = Operation::Update;
        wrap.path = "sys/wrapping/wrap";
        wrap.token = "root";
        wrap.data = {{"x", "wrapped up for one reader"}};
        wrap.wrapTtl = 60;
        const Response wrapped = c.core().handle(wrap);
        QVERIFY2(wrapped.wrapInfo, line(wrapped));
        secrets.push_back(field(*wrapped.wrapInfo, "token"));

        c.post("identity/oidc/client/app", "{\"key\":\"default\"}");
        secrets.push_back(field(c.get("identity/oidc/client/app").data->as_object(), "client_secret"));

        for (const std::string &secret : secrets)
            QVERIFY(secret.size() >= 10);
        const QString folder = QFileInfo(QString::fromStdString(c.core().store().file().string())).path();
        secrets.emplace_back("next_rotation"); // stands beside each signing key, in what is sealed as a whole
        QCOMPARE(filesWith(folder, secrets), QStringList());
        QVERIFY2(!filesWith(folder, {"zoe"}).isEmpty(), "what isn't secret must be found, or the search is no search");
    }
};

QTEST_GUILESS_MAIN(TestSecrecy)
#include "tst_Secrecy.moc"
