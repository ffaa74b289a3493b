// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace kith::connection {

/// What makes a server's certificate good.
enum class Trust {
    System, ///< An authority that the system knows.
    CaFile, ///< An authority in Profile::caFile.
    Pinned, ///< It is the very certificate with Profile::fingerprint, whoever signed it.
};

enum class ProxyUse { System, None };

/// How somebody signs in (spec/engine.md §7).
enum class SignInMethod {
    Token,           ///< A token that they have.
    Userpass,        ///< User and password at a userpass mount.
    AppRole,         ///< Role id (as the user) and secret id (as the password).
    UserAndPassword, ///< Any other mount with `login/<user>`: ldap, radius, okta.
};

/// A server that somebody works with, and how. A plain value without secrets: it may be written to a file.
struct Profile {
    QString id;     ///< A UUID that stays when the name changes; keys in the keychain are made from it.
    QString folder; ///< Where the list shows it ("Production/Europe"); empty: at the top.
    QString name;
    QString colour;          ///< "#c01c28"; empty: none.
    bool production = false; ///< Changes are confirmed.
    bool readOnly = false;   ///< Nothing is written, whatever the token may.

    QString address;   ///< "https://vault.example.com:8200", without /v1.
    QString nameSpace; ///< "team/a"; empty: the root.

    Trust trust = Trust::System;
    QString caFile;            ///< PEM.
    QString fingerprint;       ///< SHA-256 of the certificate in hexadecimal digits, with or without colons.
    QString clientCertificate; ///< PEM; empty: none is shown.
    QString clientKey;         ///< PEM; empty: it is in the file of the certificate.

    ProxyUse proxy = ProxyUse::System;
    int timeoutSeconds = 60; ///< For one request.

    SignInMethod method = SignInMethod::Token;
    QString mount;          ///< Where to sign in ("userpass", "ldap-berlin"), without auth/; empty: the method's name.
    QString user;           ///< The user, or the role id.
    bool keepToken = false; ///< In the desktop's keychain; else in memory only.

    friend bool operator==(const Profile &, const Profile &) = default;
};

} // namespace kith::connection
