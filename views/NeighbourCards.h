// SPDX-License-Identifier: Apache-2.0
// The groups around an object, as the inspector lists them.
#pragma once

#include "CardView.h"
#include "connection/Values.h"

namespace kith::views {

/// The groups that an entity is in: direct ones, of external ones with who brought it there, then inherited ones with
/// the way, and what its logins changed of the external ones last.
std::vector<Card> membershipCards(const connection::EntityDetail &entity, const QDateTime &now);

/// A group's parents and subgroups.
std::vector<Card> neighbourCards(const connection::GroupDetail &group);

/// Who came into an external group last, or left it; none where nobody knows.
std::vector<Card> lastMemberCards(const connection::GroupDetail &group, const QDateTime &now);

/// The direct members of a group; `all` of them there are, of which `rows` are shown; of an external one with
/// who brought them.
std::vector<Card> memberCards(const std::vector<connection::MemberRow> &rows, int all, const QDateTime &now);

} // namespace kith::views
