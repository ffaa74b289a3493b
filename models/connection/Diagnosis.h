// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Profile.h"

#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QStringList>

#include <vector>

namespace kith::connection {

/// A certificate as a person is shown it.
struct CertificateInfo {
    QString subject; ///< Its common name, else its organisation.
    QString issuer;
    QStringList names; ///< Hosts and addresses that it is for.
    QDateTime from;
    QDateTime until;
    QString fingerprint; ///< SHA-256, hexadecimal digits.
    bool selfSigned = false;
};

/// What keeps a profile from working, or that nothing does.
enum class Cause {
    Fine,
    BadAddress,   ///< No URL with http or https and a host.
    HostNotFound, ///< No such name.
    Refused,      ///< Nobody listens there.
    NoAnswer,     ///< Nothing came in time.
    Broken,       ///< The connection ended, or can't be made; detail says how.
    ProxyFailed,  ///< The proxy, not the server.
    CaFileUnreadable,
    ClientCertificateUnreadable,
    ClientKeyUnreadable,
    NoTls,                       ///< The address says https, the server speaks plain HTTP.
    NeedsTls,                    ///< The address says http, the server wants https.
    CertificateUnknownAuthority, ///< Nobody that is trusted signed it.
    CertificateSelfSigned,       ///< It signed itself.
    CertificateExpired,
    CertificateNotYetValid,
    CertificateOtherName, ///< It is for other hosts: CertificateInfo::names.
    CertificateRevoked,
    CertificateNotPinned,     ///< Another one than the pinned.
    CertificateBad,           ///< Anything else; detail has the words.
    ClientCertificateRefused, ///< The server wants a client certificate, or another one.
    NotAVault,                ///< Something answers, but no Vault API.
    NotInitialised,           ///< The server has no keys yet.
    Sealed,
    Standby,  ///< It answers, but doesn't lead its cluster and names nobody who does.
    Recovery, ///< A copy for disasters (472): it serves nothing.
    NamespaceNotFound,
    TokenRefused, ///< Fine up to the token, which isn't taken.
    Busy,         ///< 429.
};

/// What a test of a profile found.
struct Diagnosis {
    Cause cause = Cause::Fine;
    QString detail;                     ///< The words of Qt or of the server. English, for who wants to know more.
    std::vector<CertificateInfo> chain; ///< What the server showed, its own first; also when all is fine.
    QString product;                    ///< "OpenBao", "Vault", "Kith"; empty: unknown.
    QString version;
    QString clusterName;
    bool standby = false; ///< It works, through a standby (it redirects, or forwards).
    bool hasKith = false; ///< The server has kith/.
};

/// Tries the profile, with the token if there is one: name, connection, certificate, health, token. Sends the token
/// only when everything before was fine. Never fails; the answer comes in a thread of the pool.
QFuture<Diagnosis> diagnose(Profile profile, QByteArray token = {});

} // namespace kith::connection
