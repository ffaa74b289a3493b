// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Profile.h"

namespace kith::connection {

/// What keeps a profile from being used or kept.
enum class ProfileProblem {
    None,
    NoName,
    NameTaken,
    NoAddress,
    BadAddress,      ///< Not http:// or https:// with a host, or with a query.
    SecretInAddress, ///< A user's name or password, which would be kept as they are.
    NoCaFile,
    BadFingerprint,
    NoClientCertificate, ///< A key without its certificate.
    NoMount,             ///< UserAndPassword needs one.
    BadTimeout,
    BadColour,
};
/// NameTaken needs the others: Profiles::problem knows it.
ProfileProblem problemOf(const Profile &profile);

} // namespace kith::connection
