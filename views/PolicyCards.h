// SPDX-License-Identifier: Apache-2.0
// From the effective policies to the cards that the inspector shows.
#pragma once

#include "CardView.h"
#include "items/PolicySourcesModel.h"

#include <QDateTime>
#include <QHash>

#include <optional>

namespace kith::views {

/// The chains that were asked for with a click on "5 ways".
struct Ways {
    std::optional<std::vector<std::vector<connection::GroupRef>>> chains; ///< None: on their way.
    QString failure;                                                      ///< Why they can't be shown; else empty.
};
using OpenWays = QHash<QString, Ways>; ///< By the target of the link that opens them.

/// Targets of links in the cards: "group/<row id>" for a group, "ways/<row>/<row below>" for all chains of a source.
QString groupTarget(GroupId id);
QString waysTarget(int row, int below);
/// The object of a "group/…" or "entity/…" target; none for others.
connection::ObjectRef objectOfTarget(const QString &target);
QString entityTarget(EntityId id);

/// The model's rows as cards, grouped as the model is. `open`: the ways that are unfolded.
std::vector<Card> policyCards(const items::PolicySourcesModel &model, const OpenWays &open, const QDateTime &now);

/// Who brought somebody into an external group, as the roles of a row tell it.
connection::BroughtBy broughtByOf(const QModelIndex &row);
/// "alias ada on ldap/, refreshed 2 hours ago"; empty when nobody knows the alias.
QString broughtByText(const connection::BroughtBy &by, const QDateTime &now);

/// A chain of groups as links with arrows between them.
std::vector<Span> chainSpans(const std::vector<connection::GroupRef> &chain);
Span groupLink(const connection::GroupRef &group);

/// "5 ways"; of more digits than anyone reads the order of magnitude ("about 2.0 × 10^90 ways").
QString waysText(const QString &digits);

} // namespace kith::views
