// SPDX-License-Identifier: Apache-2.0
#include "Conditions.h"

#include "Look.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <array>

namespace kith::views {

namespace {

using Kind = connection::EntityCondition::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kith::views::Conditions)
};

constexpr std::array Kinds{std::pair(Kind::InGroup, "group"),      std::pair(Kind::BelowGroup, "below"),
                           std::pair(Kind::OwnPolicy, "own"),      std::pair(Kind::HasPolicy, "policy"),
                           std::pair(Kind::Mount, "mount"),        std::pair(Kind::Disabled, "disabled"),
                           std::pair(Kind::Enabled, "enabled"),    std::pair(Kind::Metadata, "metadata"),
                           std::pair(Kind::MetadataValue, "value")};

} // namespace

QString conditionText(const NamedCondition &named)
{
    const connection::EntityCondition &condition = named.condition;
    const QString name = shownName(named.name, 60);
    const QString text = shownName(condition.text, 60);
    switch (condition.kind) {
    case Kind::InGroup:
        return Words::tr("in %1", "group").arg(name);
    case Kind::BelowGroup:
        return Words::tr("in %1 or below", "group").arg(name);
    case Kind::OwnPolicy:
        return Words::tr("carries %1", "policy").arg(text);
    case Kind::HasPolicy:
        return Words::tr("has %1", "policy").arg(text);
    case Kind::Mount:
        return Words::tr("logs in at %1", "mount").arg(name);
    case Kind::Disabled:
        return Words::tr("disabled");
    case Kind::Enabled:
        return Words::tr("enabled");
    case Kind::Metadata:
        return Words::tr("%1 is set", "metadata key").arg(text);
    case Kind::MetadataValue:
        return QStringLiteral("%1 = %2").arg(text, shownName(condition.value, 60));
    }
    return {};
}

QJsonArray toJson(const std::vector<SavedFilter> &filters)
{
    QJsonArray all;
    for (const SavedFilter &filter : filters) {
        QJsonArray conditions;
        for (const NamedCondition &named : filter.conditions) {
            QJsonObject one{{QStringLiteral("name"), named.name},
                            {QStringLiteral("uuid"), named.uuid},
                            {QStringLiteral("text"), named.condition.text},
                            {QStringLiteral("value"), named.condition.value}};
            for (const auto &[kind, word] : Kinds)
                if (kind == named.condition.kind)
                    one.insert(QStringLiteral("kind"), QLatin1String(word));
            conditions.append(one);
        }
        all.append(QJsonObject{{QStringLiteral("name"), filter.name},
                               {QStringLiteral("text"), filter.text},
                               {QStringLiteral("conditions"), conditions}});
    }
    return all;
}

std::vector<SavedFilter> savedFilters(const QJsonArray &json)
{
    std::vector<SavedFilter> filters;
    for (const QJsonValue &value : json) {
        const QJsonObject object = value.toObject();
        SavedFilter filter{
            object.value(QStringLiteral("name")).toString(), object.value(QStringLiteral("text")).toString(), {}};
        for (const QJsonValue &condition : object.value(QStringLiteral("conditions")).toArray()) {
            const QJsonObject one = condition.toObject();
            for (const auto &[kind, word] : Kinds)
                if (one.value(QStringLiteral("kind")).toString() == QLatin1String(word))
                    filter.conditions.push_back({{kind,
                                                  {},
                                                  one.value(QStringLiteral("text")).toString(),
                                                  one.value(QStringLiteral("value")).toString()},
                                                 one.value(QStringLiteral("name")).toString(),
                                                 one.value(QStringLiteral("uuid")).toString()});
        }
        if (!filter.name.isEmpty())
            filters.push_back(std::move(filter));
    }
    return filters;
}

} // namespace kith::views
