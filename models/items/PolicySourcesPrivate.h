// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/PolicyRows.h"
#include "items/PolicySourcesModel.h"

#include <QHash>

namespace kith::items {

class PolicySourcesModel::Private
{
public:
    Private(PolicySourcesModel *model, connection::Connection &connectionToUse) : q(model), connection(connectionToUse)
    {}

    void ask(bool isNew);
    void take(Result<connection::Explanation> answer, bool isNew);
    PolicyTops grouped() const;
    void reset(); ///< This and the following: PolicySourcesRows.cpp
    void update();
    void applyRows(PolicyTops &after);
    void moveRow(quint32 key, const std::vector<quint32> &kept);
    void updateValues(PolicyTop &top, PolicyTop &newer);
    std::vector<quint32> keysOf(const PolicyTops &list);
    void renumber();

    QVariant policyData(const PolicyByWay &value, int role) const;
    QVariant sourceData(const connection::PolicySource &source, int role) const;
    QString sourceText(const connection::PolicySource &source) const;
    QString copyText(const PolicyTop &top) const;
    QString copyText(const PolicyByWay &below) const;

    PolicySourcesModel *q;
    connection::Connection &connection;
    connection::ObjectRef object;
    Grouping grouping = Grouping::ByPolicy;
    QString filter;
    connection::Explanation explanation;
    PolicyTops tops;
    QHash<QString, quint32> keys; // a number for each key, for RowsDifference
    quint64 generation = 0;
    bool underWay = false;
    bool again = false;
    bool loading = false;
};

} // namespace kith::items
