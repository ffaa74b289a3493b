// SPDX-License-Identifier: Apache-2.0
#include "PolicyRuleCards.h"

#include "Direction.h"

#include <QCoreApplication>
#include <QLocale>

namespace kith::views {

using items::PolicyRule;
using Voice = Span::Voice;

namespace {

constexpr int LongestPath = 300;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::PolicyRuleCards)
};

std::vector<Span> quiet(const QString &text)
{
    return {{Voice::Quiet, text}};
}

void addParameters(std::vector<std::vector<Span>> &lines, const PolicyRule &rule)
{
    const QString comma = QStringLiteral(", ");
    if (!rule.onlyParameters.isEmpty())
        lines.push_back(
            quiet(Words::tr("Only with these parameters: %1").arg(isolated(rule.onlyParameters.join(comma)))));
    if (!rule.deniedParameters.isEmpty())
        lines.push_back(
            quiet(Words::tr("Not with these parameters: %1").arg(isolated(rule.deniedParameters.join(comma)))));
    if (!rule.requiredParameters.isEmpty())
        lines.push_back(
            quiet(Words::tr("Needs these parameters: %1").arg(isolated(rule.requiredParameters.join(comma)))));
}

} // namespace

QString lineTarget(int line)
{
    return QStringLiteral("line/%1").arg(line);
}

int lineOfTarget(const QString &target)
{
    return target.startsWith(QLatin1String("line/")) ? target.mid(5).toInt() : 0;
}

QString matchText(const PolicyRule &rule)
{
    switch (rule.matches) {
    case PolicyRule::Matches::Exactly:
        return rule.path.endsWith(QLatin1Char('/')) ? Words::tr("Only the list at exactly this path.")
                                                    : Words::tr("Exactly this path, and nothing below it.");
    case PolicyRule::Matches::Below:
        if (rule.stem.isEmpty())
            return Words::tr("Every path there is.");
        return rule.stem.endsWith(QLatin1Char('/'))
                   ? Words::tr("Everything below %1").arg(shownName(rule.stem, LongestPath))
                   : Words::tr("Every path that begins with %1").arg(shownName(rule.stem, LongestPath));
    case PolicyRule::Matches::Segments:
        return rule.open ? Words::tr("Paths of this form, with one segment of any name for each +, and whatever begins "
                                     "like that.")
                         : Words::tr("Paths of this form, with one segment of any name for each +.");
    }
    return {};
}

Tone capabilityTone(const QString &capability)
{
    if (capability == QLatin1String("deny"))
        return Tone::Bad;
    return capability == QLatin1String("sudo") ? Tone::Warning : Tone::Good;
}

std::vector<Card> ruleCards(const std::vector<PolicyRule> &rules)
{
    std::vector<Card> cards;
    cards.reserve(rules.size());
    for (const PolicyRule &rule : rules) {
        Card card;
        card.lines.push_back(
            {{Voice::Link, shownName(rule.path.isEmpty() ? QStringLiteral("\"\"") : rule.path, LongestPath),
              lineTarget(rule.line), Tone::Plain, Words::tr("Line %1").arg(rule.line)}});
        if (!rule.comment.isEmpty())
            card.lines.push_back({{Voice::Text, shownName(rule.comment)}});
        card.lines.push_back(quiet(matchText(rule)));
        if (rule.templated)
            card.lines.push_back(quiet(Words::tr("What stands in {{ }} is another text for each person.")));
        std::vector<Span> allowed;
        for (const QString &capability : rule.capabilities) {
            if (!allowed.empty())
                allowed.push_back({Voice::Text, QStringLiteral(" ")});
            allowed.push_back({Voice::Chip, capability, {}, capabilityTone(capability)});
        }
        card.lines.push_back(allowed.empty() ? quiet(Words::tr("Allows nothing: it names no capability."))
                                             : std::move(allowed));
        if (rule.denies)
            card.lines.push_back(quiet(Words::tr("Nobody who has this policy gets in there, whatever else another "
                                                 "policy says of the same path.")));
        addParameters(card.lines, rule);
        if (rule.expires.isValid()) {
            const QString when = QLocale().toString(rule.expires, QLocale::ShortFormat);
            card.lines.push_back(
                {{Voice::Chip,
                  rule.expired ? Words::tr("expired %1, counts no more").arg(when) : Words::tr("until %1").arg(when),
                  {},
                  rule.expired ? Tone::Warning : Tone::Quiet}});
        }
        cards.push_back(std::move(card));
    }
    return cards;
}

} // namespace kith::views
