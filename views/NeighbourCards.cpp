// SPDX-License-Identifier: Apache-2.0
#include "NeighbourCards.h"

#include "PolicyCards.h"

#include <QCoreApplication>

namespace kith::views {

namespace {

using Voice = Span::Voice;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kith::views::NeighbourCards)
};

Card row(std::vector<Span> spans)
{
    return {Card::Kind::Row, {std::move(spans)}};
}

std::vector<Span> groupSpans(const connection::GroupRef &group, const QString &mount)
{
    std::vector<Span> spans = {groupLink(group)};
    if (group.external || !mount.isEmpty()) {
        spans.push_back({Voice::Text, QStringLiteral("  ")});
        spans.push_back({Voice::Chip, mount.isEmpty() ? Words::tr("external") : mount, {}, Tone::External});
    }
    return spans;
}

void addGroups(std::vector<Card> &cards, const QString &title, const std::vector<connection::GroupRef> &groups)
{
    if (groups.empty())
        return;
    cards.push_back(heading(title));
    for (const connection::GroupRef &group : groups)
        cards.push_back(row(groupSpans(group, {})));
}

/// Which alias brought somebody into a group, and when that was said last.
void addBroughtBy(std::vector<Span> &spans, const connection::BroughtBy &by, const QDateTime &now)
{
    if (const QString text = broughtByText(by, now); !text.isEmpty())
        spans.push_back({Voice::Quiet, QStringLiteral("  ") + text});
}

} // namespace

std::vector<Card> membershipCards(const connection::EntityDetail &entity, const QDateTime &now)
{
    std::vector<Card> direct;
    std::vector<Card> inherited;
    for (const connection::Membership &membership : entity.groups) {
        std::vector<Span> spans = groupSpans(membership.group, membership.by.mount);
        if (membership.chain.size() <= 1) {
            addBroughtBy(spans, membership.by, now);
            direct.push_back(row(std::move(spans)));
            continue;
        }
        spans.push_back({Voice::Quiet, QStringLiteral("  ") + Words::tr("by") + QLatin1Char(' ')});
        auto chain = membership.chain;
        chain.pop_back();
        for (Span &span : chainSpans(chain))
            spans.push_back(std::move(span));
        inherited.push_back(row(std::move(spans)));
    }
    std::vector<Card> cards;
    for (const bool first : {true, false}) {
        std::vector<Card> &part = first ? direct : inherited;
        if (part.empty())
            continue;
        cards.push_back(
            heading(first ? Words::tr("Member of %Ln group(s)", nullptr, static_cast<int>(part.size()))
                          : Words::tr("Through these also in %Ln group(s)", nullptr, static_cast<int>(part.size()))));
        cards.insert(cards.end(), part.begin(), part.end());
    }
    return cards;
}

std::vector<Card> neighbourCards(const connection::GroupDetail &group)
{
    std::vector<Card> cards;
    addGroups(cards, Words::tr("Inside %Ln group(s)", nullptr, static_cast<int>(group.parents.size())), group.parents);
    addGroups(cards, Words::tr("%Ln subgroup(s)", nullptr, group.row.subgroups), group.subgroups);
    if (const int more = group.row.subgroups - static_cast<int>(group.subgroups.size()); more > 0)
        cards.push_back(row({{Voice::Quiet, Words::tr("and %Ln more", nullptr, more)}}));
    return cards;
}

std::vector<Card> memberCards(const std::vector<connection::MemberRow> &rows, int all, const QDateTime &now)
{
    std::vector<Card> cards;
    for (const connection::MemberRow &member : rows) {
        const QString shown = shownName(member.entity.name, 160);
        std::vector<Span> spans = {{Voice::Link, shown, entityTarget(member.entity.id), Tone::Plain,
                                    member.entity.name.size() > 160 ? member.entity.name : QString()}};
        if (member.entity.disabled) {
            spans.push_back({Voice::Text, QStringLiteral("  ")});
            spans.push_back({Voice::Chip, Words::tr("disabled"), {}, Tone::Warning});
        }
        addBroughtBy(spans, member.by, now);
        cards.push_back(row(std::move(spans)));
    }
    if (const int more = all - static_cast<int>(rows.size()); more > 0)
        cards.push_back(row({{Voice::Quiet, Words::tr("and %Ln more, in the table of members", nullptr, more)}}));
    return cards;
}

} // namespace kith::views
