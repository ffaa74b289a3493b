// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Profile.h"
#include "store/Result.h"

#include <QByteArray>

#include <vector>

namespace kith::connection {

/// The profiles as the JSON document that is kept and exported. Never a secret.
QByteArray profilesToJson(const std::vector<Profile> &profiles);

/// BadDocument: not such a document. NewerVersion: a later Kith wrote it.
Result<std::vector<Profile>> profilesFromJson(const QByteArray &document);

} // namespace kith::connection
