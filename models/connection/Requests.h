// SPDX-License-Identifier: Apache-2.0
// Requests to a core from Qt's values, and answers back.
#pragma once

#include "connection/Values.h"
#include "core/Request.h"

#include <boost/json.hpp>

namespace kith::connection {

boost::json::string toJson(const QString &text);
boost::json::array toJson(const QStringList &texts);
boost::json::object toJson(const Metadata &metadata);
QString textOf(const boost::json::value &value); ///< Empty unless it is a string.

/// What the request was made from: kith/apply refuses it (412) when the object is of another version by then.
struct Precondition {
    ObjectKind kind = ObjectKind::Entity;
    QString uuid;
    qint64 version = 0; ///< EntityDetail::version or GroupDetail::version.
};

/// Parts of a kith/apply.
boost::json::object readPart(const QString &path);
boost::json::object deletePart(const QString &path);
boost::json::object updatePart(const QString &path, boost::json::object data);
boost::json::object updatePart(const QString &path, boost::json::object data, const Precondition &precondition);

/// One request that does all parts, or nothing.
core::Request applyRequest(boost::json::array parts);
/// Its answers, one a part; empty if it isn't such an answer.
boost::json::array applyAnswers(const core::Response &response);

} // namespace kith::connection
