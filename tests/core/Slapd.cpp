// SPDX-License-Identifier: Apache-2.0
#include "Slapd.h"

#include "support/Processes.h"

#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QThread>

namespace kith::test {

namespace {

QString program(const char *name)
{
    const QString found = QStandardPaths::findExecutable(QString::fromLatin1(name));
    const QStringList places{QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin"),
                             QStringLiteral("/usr/libexec")};
    return found.isEmpty() ? QStandardPaths::findExecutable(QString::fromLatin1(name), places) : found;
}

bool ran(const char *name, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program(name), arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool good =
        process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!good)
        qWarning("%s: %s", name, process.readAll().right(2000).constData());
    return good;
}

bool write(const QString &file, const QByteArray &text)
{
    QFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
}

QByteArray configuration(const QByteArray &folder, bool demandsCertificates)
{
    QByteArray text;
    for (const char *schema : {"core", "cosine", "nis", "inetorgperson", "dyngroup"})
        text += QByteArray("include /etc/ldap/schema/") + schema + ".schema\n";
    // What Active Directory has and OpenLDAP hasn't.
    text += "attributetype ( 1.3.6.1.4.1.55555.1 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch "
            "SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )\n"
            "attributetype ( 1.3.6.1.4.1.55555.2 NAME 'tokenGroups' EQUALITY octetStringMatch "
            "SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )\n"
            "attributetype ( 1.3.6.1.4.1.55555.3 NAME 'objectSid' EQUALITY octetStringMatch "
            "SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )\n"
            "objectclass ( 1.3.6.1.4.1.55555.4 NAME 'adObject' SUP top AUXILIARY "
            "MAY ( userPrincipalName $ tokenGroups $ objectSid ) )\n"
            "modulepath /usr/lib/ldap\nmoduleload back_mdb\nmoduleload dynlist\nmoduleload retcode\n"
            "sizelimit size.soft=500 size.hard=500 size.prtotal=unlimited\n";
    text += "pidfile " + folder + "/pid\n";
    text += "TLSCACertificateFile " + folder + "/ca\nTLSCertificateFile " + folder + "/server\nTLSCertificateKeyFile " +
            folder + "/server.key\n";
    if (demandsCertificates)
        text += "TLSVerifyClient demand\n";
    text += "database mdb\nsuffix dc=kith,dc=test\nrootdn cn=admin,dc=kith,dc=test\nrootpw adminpass\nmaxsize "
            "67108864\ndirectory " +
            folder + "/data\ndbnosync\nindex objectClass,uid,member eq\n" +
            "access to attrs=userPassword by anonymous auth by * none\naccess to * by * read\n"
            "overlay dynlist\ndynlist-attrset groupOfURLs memberURL member+memberOf@groupOfNames*\n"
            "overlay retcode\nretcode-parent \"ou=codes,dc=kith,dc=test\"\nretcode-item \"cn=slow\" 0x03\n";
    return text;
}

QByteArray firstEntries()
{
    QByteArray text = "dn: dc=kith,dc=test\nobjectClass: dcObject\nobjectClass: organization\no: Kith\ndc: kith\n\n";
    for (const char *unit : {"people", "groups"})
        text +=
            QByteArray("dn: ou=") + unit + ",dc=kith,dc=test\nobjectClass: organizationalUnit\nou: " + unit + "\n\n";
    for (int i = 1; i <= 1000; ++i) {
        const QByteArray name = "u" + QByteArray::number(i);
        text += "dn: uid=" + name + ",ou=people,dc=kith,dc=test\nobjectClass: inetOrgPerson\nuid: " + name +
                "\ncn: Person " + QByteArray::number(i) + "\nsn: Person\nuserPassword: pw-" + name + "\n\n";
    }
    return text;
}

} // namespace

bool Slapd::isInstalled()
{
    return !program("slapd").isEmpty() && !program("ldapmodify").isEmpty() && !program("openssl").isEmpty();
}

bool Slapd::makeCertificates()
{
    const auto key = [this](const char *name) {
        return ran("openssl",
                   {QStringLiteral("ecparam"), QStringLiteral("-name"), QStringLiteral("prime256v1"),
                    QStringLiteral("-genkey"), QStringLiteral("-noout"), QStringLiteral("-out"), path(name)});
    };
    const auto signedBy = [this](const char *name, const char *keyName, const QByteArray &extension) {
        const QString request = path("request");
        return ran("openssl", {QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-key"), path(keyName),
                               QStringLiteral("-subj"), QStringLiteral("/CN=") + QString::fromLatin1(name),
                               QStringLiteral("-out"), request}) &&
               write(path("extensions"), extension) &&
               ran("openssl", {QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), request,
                               QStringLiteral("-CA"), path("ca"), QStringLiteral("-CAkey"), path("ca.key"),
                               QStringLiteral("-CAcreateserial"), QStringLiteral("-days"), QStringLiteral("3650"),
                               QStringLiteral("-extfile"), path("extensions"), QStringLiteral("-out"), path(name)});
    };
    return key("ca.key") && key("server.key") && key("client.key") &&
           ran("openssl",
               {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-new"), QStringLiteral("-key"),
                path("ca.key"), QStringLiteral("-days"), QStringLiteral("3650"), QStringLiteral("-subj"),
                QStringLiteral("/CN=Kith's test CA"), QStringLiteral("-out"), path("ca")}) &&
           signedBy("server", "server.key", "subjectAltName=IP:127.0.0.1\n") &&
           signedBy("client", "client.key", "extendedKeyUsage=clientAuth\n");
}

bool Slapd::writeFiles(ClientCertificates certificates)
{
    const QByteArray folder = QFile::encodeName(m_folder.path());
    return QDir(m_folder.path()).mkdir(QStringLiteral("data")) &&
           write(path("slapd.conf"), configuration(folder, certificates == ClientCertificates::Demanded)) &&
           write(path("first.ldif"), firstEntries()) &&
           ran("slapadd", {QStringLiteral("-q"), QStringLiteral("-f"), path("slapd.conf"), QStringLiteral("-l"),
                           path("first.ldif")});
}

bool Slapd::run()
{
    m_port = freePort();
    m_securePort = freePort();
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    const QString urls = QStringLiteral("ldap://127.0.0.1:%1/ ldaps://127.0.0.1:%2/").arg(m_port).arg(m_securePort);
    m_process.start(program("slapd"), {QStringLiteral("-f"), path("slapd.conf"), QStringLiteral("-h"), urls,
                                       QStringLiteral("-d"), QStringLiteral("0")});
    for (int i = 0; i < 600 && m_process.state() != QProcess::NotRunning; ++i) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(m_securePort));
        if (socket.waitForConnected(100))
            return true;
        QThread::msleep(50);
        m_process.waitForFinished(0);
    }
    qWarning("slapd: %s", m_process.readAll().constData());
    return false;
}

std::unique_ptr<Slapd> Slapd::start(ClientCertificates certificates)
{
    std::unique_ptr<Slapd> slapd(new Slapd);
    const bool good = slapd->makeCertificates() && slapd->writeFiles(certificates) && slapd->run();
    return good ? std::move(slapd) : nullptr;
}

Slapd::~Slapd()
{
    freeze(false);
    stop();
}

void Slapd::stop()
{
    m_process.terminate();
    if (!m_process.waitForFinished(10'000))
        m_process.kill();
}

void Slapd::freeze(bool on)
{
    on ? suspendProcess(m_process.processId()) : resumeProcess(m_process.processId());
}

std::string Slapd::pem(const std::string &name) const
{
    QFile file(m_folder.filePath(QString::fromStdString(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

bool Slapd::change(const std::string &ldif)
{
    return ran("ldapmodify",
               {QStringLiteral("-x"), QStringLiteral("-H"), QString::fromStdString(url()), QStringLiteral("-D"),
                QStringLiteral("cn=admin,dc=kith,dc=test"), QStringLiteral("-w"), QStringLiteral("adminpass")},
               QByteArray::fromStdString(ldif));
}

} // namespace kith::test
