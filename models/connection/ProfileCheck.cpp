// SPDX-License-Identifier: Apache-2.0
#include "connection/ProfileCheck.h"

#include <QRegularExpression>
#include <QUrl>

namespace kith::connection {

namespace {

constexpr int LongestTimeoutSeconds = 60 * 60;

ProfileProblem problemOfAddress(const QString &address)
{
    if (address.isEmpty())
        return ProfileProblem::NoAddress;
    const QUrl url(address, QUrl::StrictMode);
    if (!url.userInfo().isEmpty())
        return ProfileProblem::SecretInAddress;
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !web || url.host().isEmpty() || url.hasQuery() || url.hasFragment())
        return ProfileProblem::BadAddress;
    return ProfileProblem::None;
}

} // namespace

ProfileProblem problemOf(const Profile &profile)
{
    static const QRegularExpression fingerprint(QStringLiteral("\\A([0-9a-fA-F]{2}:?){32}\\z"));
    static const QRegularExpression colour(QStringLiteral("\\A#[0-9a-fA-F]{6}\\z"));
    if (profile.name.trimmed().isEmpty())
        return ProfileProblem::NoName;
    if (const ProfileProblem problem = problemOfAddress(profile.address); problem != ProfileProblem::None)
        return problem;
    if (profile.trust == Trust::CaFile && profile.caFile.isEmpty())
        return ProfileProblem::NoCaFile;
    if (profile.trust == Trust::Pinned && !fingerprint.match(profile.fingerprint).hasMatch())
        return ProfileProblem::BadFingerprint;
    if (profile.clientCertificate.isEmpty() && !profile.clientKey.isEmpty())
        return ProfileProblem::NoClientCertificate;
    if (profile.method == SignInMethod::UserAndPassword && profile.mount.isEmpty())
        return ProfileProblem::NoMount;
    if (profile.timeoutSeconds <= 0 || profile.timeoutSeconds > LongestTimeoutSeconds)
        return ProfileProblem::BadTimeout;
    if (!profile.colour.isEmpty() && !colour.match(profile.colour).hasMatch())
        return ProfileProblem::BadColour;
    return ProfileProblem::None;
}

} // namespace kith::connection
