// SPDX-License-Identifier: Apache-2.0
#include "items/PolicyText.h"

#include "connection/Conversions.h"
#include "policy/Hcl.h"
#include "policy/PathPattern.h"
#include "policy/Policy.h"

#include <QRegularExpression>

namespace kith::items {

using connection::toQt;
using connection::toStd;

namespace {

/// The line on which a text in quotes stands for the first time; 0: nowhere.
int lineOfQuoted(const QString &text, const QString &quoted)
{
    const auto at = text.indexOf(QLatin1Char('"') + quoted + QLatin1Char('"'));
    return at < 0 ? 0 : static_cast<int>(text.left(at).count(QLatin1Char('\n'))) + 1;
}

/// The line of the item that begins with this key, also inside of others; 0: there is none.
int lineOfKey(const std::vector<policy::hcl::Item> &items, const std::string &key)
{
    for (const policy::hcl::Item &item : items) {
        for (const policy::hcl::Key &one : item.keys)
            if (one.name == key)
                return item.line;
        if (const int line = lineOfKey(item.value.items, key))
            return line;
    }
    return 0;
}

/// Errors of the syntax say where they are ("At 3:14: …"); those about what is meant name what is wrong.
PolicyFault faultOf(const QString &text, const QString &wire)
{
    static const QRegularExpression Place(QStringLiteral("(?:[Aa]t |error parsing: )?\\b(\\d+):\\d+: (.*)"),
                                          QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression Line(QStringLiteral("on line (\\d+)"));
    static const QRegularExpression Quoted(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)+)\""));
    // Servers say it once for the rule and once for what is in it, there without the slash that it begins with.
    static const QRegularExpression TwicePath(QStringLiteral("^(path \"/?((?:[^\"\\\\]|\\\\.)*)\": )path \"/?\\2\": "));
    PolicyFault fault;
    fault.text = wire;
    fault.text.remove(QStringLiteral("failed to parse policy: "));
    fault.text.replace(TwicePath, QStringLiteral("\\1"));
    if (const auto match = Place.match(fault.text); match.hasMatch()) {
        fault.line = match.captured(1).toInt();
        fault.text = match.captured(2);
    } else if (const auto line = Line.match(fault.text); line.hasMatch() && line.captured(1) != QLatin1String("0")) {
        fault.line = line.captured(1).toInt();
    } else {
        // The last thing that is quoted is the most exact: a path first, then its capability.
        auto quoted = Quoted.globalMatch(fault.text);
        const auto items = policy::hcl::parse(toStd(text));
        while (quoted.hasNext()) {
            const QString name = quoted.next().captured(1);
            int found = lineOfQuoted(text, name);
            if (found == 0 && items)
                found = lineOfKey(*items, toStd(name));
            if (found > 0)
                fault.line = found;
        }
    }
    const int lines = static_cast<int>(text.count(QLatin1Char('\n'))) + 1;
    fault.line = std::min(fault.line, lines);
    return fault;
}

QStringList keysOf(const std::optional<policy::ParameterRules> &rules)
{
    QStringList keys;
    for (const auto &rule : rules ? *rules : policy::ParameterRules())
        keys += toQt(rule.first);
    return keys;
}

PolicyRule ruleOf(const policy::PathRule &rule)
{
    const policy::PathPattern pattern(rule.path);
    PolicyRule result;
    result.line = rule.line;
    result.path = toQt(rule.path);
    result.stem = toQt(pattern.stem());
    result.open = pattern.endsInGlob();
    result.matches = pattern.kind() == policy::PathPattern::Kind::Exact    ? PolicyRule::Matches::Exactly
                     : pattern.kind() == policy::PathPattern::Kind::Prefix ? PolicyRule::Matches::Below
                                                                           : PolicyRule::Matches::Segments;
    result.templated = rule.templated;
    for (const std::string &name : rule.grant.capabilities.names())
        result.capabilities += toQt(name);
    result.denies = rule.grant.capabilities.has(policy::Capability::Deny);
    result.onlyParameters = keysOf(rule.grant.allowedParameters);
    result.deniedParameters = keysOf(rule.grant.deniedParameters);
    for (const std::string &name : rule.grant.requiredParameters)
        result.requiredParameters += toQt(name);
    if (rule.expires != 0) {
        result.expires = toQt(rule.expires);
        result.expired = result.expires <= QDateTime::currentDateTime();
    }
    result.comment = toQt(rule.comment);
    return result;
}

} // namespace

bool isCapability(const QString &word)
{
    return policy::capabilityOf(toStd(word)).has_value();
}

PolicyReading readPolicy(const QString &text)
{
    PolicyReading reading;
    const auto parsed = policy::parsePolicy(toStd(text)); // also what has expired: it stands in the text
    if (!parsed) {
        reading.fault = faultOf(text, toQt(parsed.error().wire));
        return reading;
    }
    reading.rules.reserve(parsed->rules.size());
    for (const policy::PathRule &rule : parsed->rules)
        reading.rules.push_back(ruleOf(rule));
    return reading;
}

} // namespace kith::items
