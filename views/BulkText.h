// SPDX-License-Identifier: Apache-2.0
// What a change of many people would do, in words.
#pragma once

#include "PeopleEdit.h"
#include "PreviewText.h"

namespace kith::views {

class KnownPolicies;

struct BulkPreview {
    std::vector<PreviewLine> lines;
    bool changes = false; ///< Of anybody.
};

/// For how many something would change, and for how many not. `known` tells which policies are defined.
BulkPreview bulkPreview(const connection::PeopleSummary &people, const PeopleChange &change,
                        const KnownPolicies &known);

/// "engines (5), brakes (4) …": the values of a key, with how many have each.
QString valuesText(const connection::PeopleSummary::Key &key);

} // namespace kith::views
