// SPDX-License-Identifier: Apache-2.0
#include "DiagnosisText.h"

#include "Look.h"

#include <QCoreApplication>
#include <QLocale>

namespace kith::views {

using connection::Cause;
using connection::CertificateInfo;
using connection::Diagnosis;
using connection::ProfileProblem;

namespace {

constexpr int NamesShown = 4;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(kith::views::DiagnosisText)
public:
    static QString aboutAddress(const Diagnosis &diagnosis)
    {
        switch (diagnosis.cause) {
        case Cause::BadAddress:
            return tr("The address isn’t one: it looks like https://vault.example.com:8200.");
        case Cause::HostNotFound:
            return tr("There is no machine of this name. Is it spelled right, and do you need a VPN?");
        case Cause::Refused:
            return tr("The machine is there, but nobody listens at this port.");
        case Cause::NoAnswer:
            return tr("Nobody answered in time. A firewall may be in between.");
        case Cause::Broken:
            return tr("The connection broke: %1").arg(diagnosis.detail);
        case Cause::ProxyFailed:
            return tr("The proxy of this system doesn’t let it through: %1").arg(diagnosis.detail);
        case Cause::NoTls:
            return tr("The server doesn’t encrypt: the address would begin with http://.");
        case Cause::NeedsTls:
            return tr("The server wants to encrypt: the address would begin with https://.");
        default:
            return {};
        }
    }

    static QString aboutCertificate(const Diagnosis &diagnosis)
    {
        const CertificateInfo shown = diagnosis.chain.empty() ? CertificateInfo() : diagnosis.chain.front();
        const QLocale locale;
        switch (diagnosis.cause) {
        case Cause::CaFileUnreadable:
            return tr("There is no certificate in the file of the authority: %1").arg(diagnosis.detail);
        case Cause::ClientCertificateUnreadable:
            return tr("There is no certificate in the file of your certificate: %1").arg(diagnosis.detail);
        case Cause::ClientKeyUnreadable:
            return tr("There is no key in the file of your key, or it needs a passphrase: %1").arg(diagnosis.detail);
        case Cause::CertificateUnknownAuthority:
            return tr("The server’s certificate is signed by somebody whom this system doesn’t trust.");
        case Cause::CertificateSelfSigned:
            return tr("The server’s certificate is signed by itself.");
        case Cause::CertificateExpired:
            return tr("The server’s certificate expired on %1.")
                .arg(locale.toString(shown.until, QLocale::ShortFormat));
        case Cause::CertificateNotYetValid:
            return tr("The server’s certificate is good from %1 only. Is the clock right?")
                .arg(locale.toString(shown.from, QLocale::ShortFormat));
        case Cause::CertificateOtherName:
            return tr("The server’s certificate is for another name: %1.").arg(shown.names.join(QStringLiteral(", ")));
        case Cause::CertificateRevoked:
            return tr("The server’s certificate was revoked.");
        case Cause::CertificateNotPinned:
            return tr("The server shows another certificate than the one that you trust. Ask whoever runs it.");
        case Cause::CertificateBad:
            return tr("The server’s certificate can’t be used: %1").arg(diagnosis.detail);
        case Cause::ClientCertificateRefused:
            return tr("The server wants a certificate of yours, or another one.");
        default:
            return {};
        }
    }

    static QString aboutServer(const Diagnosis &diagnosis)
    {
        switch (diagnosis.cause) {
        case Cause::NotAVault:
            return tr("Something answers there, but it is no Vault, OpenBao or kithd.");
        case Cause::NotInitialised:
            return tr("The server has no keys yet: it is to be initialised first.");
        case Cause::Sealed:
            return tr("The server is sealed: somebody with unseal keys must unseal it.");
        case Cause::Standby:
            return tr("This server stands by and doesn’t say who leads.");
        case Cause::Recovery:
            return tr("This server is a copy for disasters and answers nobody.");
        case Cause::NamespaceNotFound:
            return tr("There is no such namespace on the server.");
        case Cause::TokenRefused:
            return tr("The server is there, but doesn’t take the token.");
        case Cause::Busy:
            return tr("The server is too busy at the moment.");
        default:
            return {};
        }
    }

    static QString fine(const Diagnosis &diagnosis)
    {
        const QString server = diagnosis.product.isEmpty()
                                   ? tr("the server")
                                   : (diagnosis.product + QLatin1Char(' ') + diagnosis.version).trimmed();
        return diagnosis.clusterName.isEmpty()
                   ? tr("It works: %1 answers.").arg(server)
                   : tr("It works: %1 answers, of the cluster %2.").arg(server, diagnosis.clusterName);
    }
};

} // namespace

QString diagnosisText(const Diagnosis &diagnosis)
{
    if (diagnosis.cause == Cause::Fine)
        return Texts::fine(diagnosis);
    for (const auto &about : {&Texts::aboutAddress, &Texts::aboutCertificate, &Texts::aboutServer})
        if (const QString text = about(diagnosis); !text.isEmpty())
            return text;
    return diagnosis.detail;
}

QString problemText(ProfileProblem problem)
{
    switch (problem) {
    case ProfileProblem::None:
        return {};
    case ProfileProblem::NoName:
        return Texts::tr("A name is needed.");
    case ProfileProblem::NameTaken:
        return Texts::tr("There is a connection of this name already.");
    case ProfileProblem::NoAddress:
        return Texts::tr("An address is needed, such as https://vault.example.com:8200.");
    case ProfileProblem::BadAddress:
        return Texts::tr("The address isn’t one: it looks like https://vault.example.com:8200.");
    case ProfileProblem::SecretInAddress:
        return Texts::tr("A user or password doesn’t belong into the address: it would be kept there for all to read.");
    case ProfileProblem::NoCaFile:
        return Texts::tr("Which file has the authority’s certificate?");
    case ProfileProblem::BadFingerprint:
        return Texts::tr("Test the connection, then trust the certificate that the server shows.");
    case ProfileProblem::NoClientCertificate:
        return Texts::tr("A key needs the certificate that it belongs to.");
    case ProfileProblem::NoMount:
        return Texts::tr("Where is it mounted? For example: ldap.");
    case ProfileProblem::BadTimeout:
    case ProfileProblem::BadColour:
        return Texts::tr("This value can’t be used.");
    }
    return {};
}

bool isAboutCertificate(Cause cause)
{
    switch (cause) {
    case Cause::CertificateUnknownAuthority:
    case Cause::CertificateSelfSigned:
    case Cause::CertificateExpired:
    case Cause::CertificateNotYetValid:
    case Cause::CertificateOtherName:
    case Cause::CertificateNotPinned:
        return true;
    default:
        return false;
    }
}

QString fingerprintText(QString fingerprint)
{
    fingerprint.remove(QLatin1Char(':'));
    QString digits;
    for (int i = 0; i < fingerprint.size(); i += 4) {
        if (i > 0)
            digits += i == fingerprint.size() / 2 ? QLatin1Char('\n') : QLatin1Char(' ');
        digits += fingerprint.mid(i, 4);
    }
    return digits;
}

QString certificateText(const CertificateInfo &certificate)
{
    const QLocale locale;
    const QString digits = fingerprintText(certificate.fingerprint);
    QStringList names;
    for (const QString &name : certificate.names.mid(0, NamesShown))
        names += shownName(name);
    if (certificate.names.size() > NamesShown)
        names += QStringLiteral("…");
    return Texts::tr("For: %1\nNames: %2\nSigned by: %3\nGood from %4 until %5\nSHA-256:\n%6")
        .arg(shownName(certificate.subject), names.join(QStringLiteral(", ")),
             certificate.selfSigned ? Texts::tr("itself") : shownName(certificate.issuer),
             locale.toString(certificate.from, QLocale::ShortFormat),
             locale.toString(certificate.until, QLocale::ShortFormat), digits);
}

} // namespace kith::views
