// SPDX-License-Identifier: Apache-2.0
#include "items/PolicyRows.h"

#include <QHash>

#include <algorithm>

namespace kith::items {

using connection::Explanation;
using connection::GroupRef;
using connection::PolicySource;
using connection::PolicyWays;

namespace {

bool holds(const PolicySource &source, const QString &filter)
{
    return std::any_of(source.chain.begin(), source.chain.end(),
                       [&](const GroupRef &group) { return group.name.contains(filter, Qt::CaseInsensitive); });
}

bool shows(const PolicyWays &policy, const QString &filter)
{
    return filter.isEmpty() || policy.name.contains(filter, Qt::CaseInsensitive) ||
           std::any_of(policy.sources.begin(), policy.sources.end(),
                       [&](const PolicySource &source) { return holds(source, filter); });
}

bool comesFirst(const std::unique_ptr<PolicyTop> &a, const std::unique_ptr<PolicyTop> &b)
{
    const std::vector<GroupRef> &chainA = a->value.source.chain;
    const std::vector<GroupRef> &chainB = b->value.source.chain;
    if (chainA.size() != chainB.size())
        return chainA.size() < chainB.size();
    return std::lexicographical_compare(chainA.begin(), chainA.end(), chainB.begin(), chainB.end(),
                                        [](const GroupRef &x, const GroupRef &y) { return x.name < y.name; });
}

PolicyTops numbered(PolicyTops tops)
{
    for (std::size_t row = 0; row < tops.size(); ++row)
        tops[row]->row = static_cast<int>(row);
    return tops;
}

} // namespace

PolicyTops groupedByPolicy(const Explanation &explanation, const QString &filter)
{
    PolicyTops tops;
    for (const PolicyWays &policy : explanation.policies) {
        if (!shows(policy, filter))
            continue;
        auto top = std::make_unique<PolicyTop>();
        top->key = policy.name;
        top->value = {policy.name, policy.defined, {}};
        for (const PolicySource &source : policy.sources)
            top->below.push_back({policy.name, policy.defined, source});
        tops.push_back(std::move(top));
    }
    return numbered(std::move(tops));
}

PolicyTops groupedBySource(const Explanation &explanation, const QString &filter)
{
    PolicyTops tops;
    QHash<qint64, PolicyTop *> byCarrier; // 0: the entity itself
    for (const PolicyWays &policy : explanation.policies) {
        const bool policyMatches = filter.isEmpty() || policy.name.contains(filter, Qt::CaseInsensitive);
        for (const PolicySource &source : policy.sources) {
            if (!policyMatches && !holds(source, filter))
                continue;
            const qint64 carrier = source.chain.empty() ? 0 : source.chain.back().id.value;
            PolicyTop *&top = byCarrier[carrier];
            if (!top) {
                tops.push_back(std::make_unique<PolicyTop>());
                top = tops.back().get();
                top->key = QString::number(carrier);
                top->value.source = source;
            }
            top->below.push_back({policy.name, policy.defined, source});
        }
    }
    std::sort(tops.begin(), tops.end(), comesFirst);
    return numbered(std::move(tops));
}

} // namespace kith::items
