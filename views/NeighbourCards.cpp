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

/// "Last changed 2 hours ago by a login of ada on ldap/:"
Span occasion(const QString &alias, const QString &mount, connection::RefreshedBy by, const QString &when)
{
    const QString name = shownName(alias, 60);
    const QString who = mount.isEmpty()
                            ? name
                            : Words::tr("%1 on %2", "alias, mount").arg(name, shownName(mount + QLatin1Char('/'), 60));
    const QString text = by == connection::RefreshedBy::Renewal
                             ? Words::tr("Last changed %1 by a renewal of %2:", "when, alias").arg(when, who)
                             : Words::tr("Last changed %1 by a login of %2:", "when, alias").arg(when, who);
    return {Voice::Quiet, text};
}

void addChangedGroups(std::vector<Span> &spans, const QString &what, const std::vector<connection::GroupRef> &groups)
{
    constexpr std::size_t MostNames = 12;
    if (groups.empty())
        return;
    const QString before = spans.size() > 1 ? QStringLiteral("; ") : QStringLiteral(" ");
    spans.push_back({Voice::Quiet, before + what});
    for (std::size_t i = 0; i < std::min(groups.size(), MostNames); ++i) {
        spans.push_back({Voice::Quiet, i > 0 ? QStringLiteral(", ") : QStringLiteral(" ")});
        spans.push_back(groupLink(groups[i]));
    }
    if (groups.size() > MostNames)
        spans.push_back({Voice::Quiet, QLatin1Char(' ') + Words::tr("and %Ln more", nullptr,
                                                                    static_cast<int>(groups.size() - MostNames))});
}

/// What logins changed of the external groups last.
void addChanges(std::vector<Card> &cards, const std::vector<connection::ExternalChange> &changes, const QDateTime &now)
{
    for (const connection::ExternalChange &change : changes) {
        if (change.joined.empty() && change.left.empty())
            continue; // those groups are gone
        std::vector<Span> spans = {occasion(change.alias, change.mount, change.by, ago(change.time, now))};
        addChangedGroups(spans, Words::tr("joined", "before names of groups"), change.joined);
        addChangedGroups(spans, Words::tr("left", "before names of groups"), change.left);
        cards.push_back(row(std::move(spans)));
    }
}

Span memberLink(EntityId id, const QString &name)
{
    constexpr int Longest = 160;
    return {Voice::Link, shownName(name, Longest), entityTarget(id), Tone::Plain,
            name.size() > Longest ? name : QString()};
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
    addChanges(cards, entity.changes, now);
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

std::vector<Card> lastMemberCards(const connection::GroupDetail &group, const QDateTime &now)
{
    if (!group.lastMember)
        return {};
    const connection::LastMember &member = *group.lastMember;
    const QString what = member.joined ? Words::tr("joined", "after the name of a person")
                                       : Words::tr("left", "after the name of a person");
    return {row({occasion(member.alias, member.mount, member.by, ago(member.time, now)),
                 {Voice::Quiet, QStringLiteral(" ")},
                 memberLink(member.id, member.name),
                 {Voice::Quiet, QLatin1Char(' ') + what}})};
}

std::vector<Card> memberCards(const std::vector<connection::MemberRow> &rows, int all, const QDateTime &now)
{
    std::vector<Card> cards;
    for (const connection::MemberRow &member : rows) {
        std::vector<Span> spans = {memberLink(member.entity.id, member.entity.name)};
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
