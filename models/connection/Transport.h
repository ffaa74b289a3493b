// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Profile.h"
#include "connection/Turn.h"
#include "connection/VaultHttp.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

#include <functional>
#include <memory>

namespace kith::connection {

/// What is wrong with the profile's own files, before anything is sent.
enum class LocalFault { None, CaFile, ClientCertificate, ClientKey };

/// How one HTTP exchange ended.
struct Outcome {
    int status = 0; ///< 0: no whole answer came; then `failure` says why.
    QByteArray body;
    QByteArray location;
    QByteArray index; ///< How far its cluster is (ClusterIndex).
    int retryAfterSeconds = 0;

    QNetworkReply::NetworkError failure = QNetworkReply::NoError;
    QString words;                   ///< Qt's words for the failure.
    bool timedOut = false;           ///< Nothing moved for as long as the profile allows.
    bool cancelled = false;          ///< By whoever asked.
    bool tooLarge = false;           ///< The answer is longer than LargestAnswer.
    bool certificateRefused = false; ///< By the server: it wants one of the client, or another one.
    bool mayHaveCome = false;        ///< The server may have got the request.
    LocalFault localFault = LocalFault::None;
    QList<QSslError> tlsErrors;   ///< Of a certificate that wasn't accepted.
    QList<QSslCertificate> chain; ///< What the server showed, its own first.
};

/// HTTP with the trust, the proxy and the timeout of a profile. Belongs to the thread that made it, which needs an
/// event loop. Follows no redirect and sends no change again by itself.
class Transport : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 LargestAnswer = qint64(512) * 1024 * 1024; ///< Bytes; a million entities take 450 MB.

    explicit Transport(const Profile &profile, QObject *parent = nullptr);

    using Headers = QList<QPair<QByteArray, QByteArray>>;
    /// Calls `done` in this thread, later. The reply may be aborted meanwhile (then Outcome::cancelled); it goes away
    /// by itself.
    QNetworkReply *send(const HttpRequest &http, const Headers &headers, Turn turn, std::function<void(Outcome)> done);

    /// SHA-256 of a certificate in lower-case hexadecimal digits.
    static QString fingerprintOf(const QSslCertificate &certificate);

private:
    void readFiles();
    void setTemplate();
    QNetworkReply *begin(const HttpRequest &http, QNetworkRequest &request, Turn turn);
    void watchCertificate(QNetworkReply &reply, const std::shared_ptr<Outcome> &outcome);
    static void finish(QNetworkReply &reply, Outcome &outcome);

    Profile m_profile;
    QString m_fingerprint; ///< The pinned one, normalised.
    QSslConfiguration m_tls;
    LocalFault m_fault = LocalFault::None;
    QNetworkRequest m_template; ///< What all requests have alike.
    QNetworkAccessManager m_network;
};

} // namespace kith::connection
