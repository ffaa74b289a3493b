// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"

#include <memory>
#include <vector>

namespace kith::items {

/// A policy by one of its sources.
struct PolicyByWay {
    QString policy;
    bool defined = true;
    connection::PolicySource source;
    friend bool operator==(const PolicyByWay &, const PolicyByWay &) = default;
};

/// A row of the first level: a policy, or a source.
struct PolicyTop {
    QString key; ///< The same for the same policy, or the same carrier.
    int row = 0;
    PolicyByWay value; ///< Of a policy without `source`, of a source without `policy`.
    std::vector<PolicyByWay> below;
};
using PolicyTops = std::vector<std::unique_ptr<PolicyTop>>;

/// Policies by name, each with its sources. `filter`: see PolicySourcesModel.
PolicyTops groupedByPolicy(const connection::Explanation &explanation, const QString &filter);

/// Sources (the entity itself, then by the length of their chain and its names), each with its policies.
PolicyTops groupedBySource(const connection::Explanation &explanation, const QString &filter);

} // namespace kith::items
