// SPDX-License-Identifier: Apache-2.0
// Conditions of a table of entities in words, and as they are kept from one start to the next.
#pragma once

#include "connection/Values.h"

#include <QJsonArray>

namespace kith::views {

struct NamedCondition {
    connection::EntityCondition condition;
    QString name = {}; ///< Of the group or the mount.
    QString uuid = {}; ///< Of the group: row ids may be another's the next time.

    friend bool operator==(const NamedCondition &, const NamedCondition &) = default;
};
using Conditions = std::vector<NamedCondition>;

/// "in release-team", "has k.read", "team = engines"
QString conditionText(const NamedCondition &condition);

/// What is shown when somebody chooses it by its name.
struct SavedFilter {
    QString name;
    QString text; ///< That was typed.
    Conditions conditions;
};

QJsonArray toJson(const std::vector<SavedFilter> &filters);
/// Without what can't be read.
std::vector<SavedFilter> savedFilters(const QJsonArray &json);

} // namespace kith::views
