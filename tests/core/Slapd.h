// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <memory>
#include <string>

namespace kith::test {

/// OpenLDAP's server in a folder of its own, below dc=kith,dc=test: 1,000 people u1 … u1000 in ou=people, whose
/// passwords are "pw-" and their name, beside those of the tests; every search in cn=slow,ou=codes takes too long for
/// it. `cn=admin,dc=kith,dc=test` with `adminpass` may do everything; everybody may read.
class Slapd
{
public:
    enum class ClientCertificates { Never, Demanded };

    static bool isInstalled();
    /// Null, with a warning: it didn't start.
    static std::unique_ptr<Slapd> start(ClientCertificates certificates = ClientCertificates::Never);
    ~Slapd();

    std::string url() const { return "ldap://127.0.0.1:" + std::to_string(m_port); }
    std::string secureUrl() const { return "ldaps://127.0.0.1:" + std::to_string(m_securePort); }
    std::string pem(const std::string &name) const; ///< "ca", "client", "client.key".

    /// Adds entries or changes them, as LDIF.
    bool change(const std::string &ldif);
    void stop();          ///< Nobody listens any more.
    void freeze(bool on); ///< It doesn't answer, but is there.

private:
    Slapd() = default;
    bool makeCertificates();
    bool writeFiles(ClientCertificates certificates);
    bool run();
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
    QProcess m_process;
    int m_port = 0;
    int m_securePort = 0;
};

} // namespace kith::test
