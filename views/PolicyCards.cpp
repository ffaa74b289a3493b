// SPDX-License-Identifier: Apache-2.0
#include "PolicyCards.h"

#include "ChainArrow.h"
#include "items/Roles.h"

#include <QCoreApplication>
#include <QLocale>

namespace kith::views {

namespace {

using connection::GroupRef;
using Chain = std::vector<GroupRef>;
using Voice = Span::Voice;

constexpr int ReadableDigits = 15;
constexpr int LongestName = 160; ///< Of one link in a chain.

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kith::views::PolicyCards)
};

Span text(const QString &words)
{
    return {Voice::Text, words};
}

Span quiet(const QString &words)
{
    return {Voice::Quiet, words};
}

Span chip(const QString &words, Tone tone)
{
    return {Voice::Chip, words, {}, tone};
}

Span policySpan(const QModelIndex &row)
{
    const QString name = row.data(items::PolicyRole).toString();
    return {
        Voice::Fixed, visibleName(name, LongestName), {}, Tone::Plain, name.size() > LongestName ? name : QString()};
}

void addDefinedMark(std::vector<Span> &line, const QModelIndex &row)
{
    if (row.data(items::DefinedRole).toBool())
        return;
    line.push_back(text(QStringLiteral("  ")));
    line.push_back(chip(Words::tr("not defined: grants nothing"), Tone::Warning));
}

/// The chains of a group begin with it, which needn't be said where it is shown.
Chain withoutItself(Chain chain, connection::ObjectRef object)
{
    if (object.kind == connection::ObjectKind::Group && !chain.empty() && chain.front().id == object.group())
        chain.erase(chain.begin());
    return chain;
}

/// "by a → b", "on the entity itself", of a group "on the group itself" and "by its parent → …".
std::vector<Span> origin(const QModelIndex &row, connection::ObjectRef object)
{
    if (row.data(items::OnEntityRole).toBool())
        return {text(Words::tr("on the entity itself"))};
    const Chain chain = withoutItself(row.data(items::ChainRole).value<Chain>(), object);
    if (chain.empty())
        return {text(Words::tr("on the group itself"))};
    std::vector<Span> line = {
        text(Words::tr("by", "a policy comes by a group, then by one above it") + QLatin1Char(' '))};
    for (Span &span : chainSpans(chain))
        line.push_back(std::move(span));
    return line;
}

QString mountPath(const QString &mount)
{
    return shownName(mount + QLatin1Char('/'), LongestName);
}

void addAlias(std::vector<Span> &line, const QModelIndex &row, const QDateTime &now)
{
    const connection::BroughtBy by = broughtByOf(row);
    if (by.mount.isEmpty())
        return;
    const QString words =
        by.alias.isEmpty() ? Words::tr("filled from %1", "a mount").arg(mountPath(by.mount)) : broughtByText(by, now);
    line.push_back(quiet(QStringLiteral(" · ") + words));
}

void addWays(std::vector<Span> &line, const QModelIndex &row, int top, int below)
{
    const QString chains = row.data(items::ChainsRole).toString();
    if (chains.isEmpty() || chains == QLatin1String("1"))
        return;
    line.push_back(quiet(QStringLiteral(" ·") + QChar::Nbsp));
    const QString words = waysText(chains).replace(QLatin1Char(' '), QChar::Nbsp); // Not torn apart at a line's end.
    const QString exact = chains.size() > ReadableDigits ? chains : QString();
    line.push_back({Voice::Link, words, waysTarget(top, below), Tone::Plain, exact});
}

void addOpenWays(Card &card, const QModelIndex &row, const QString &target, connection::ObjectRef object,
                 const OpenWays &open)
{
    const auto found = open.find(target);
    if (found == open.end())
        return;
    if (!found->failure.isEmpty()) {
        card.lines.push_back({quiet(found->failure)});
        return;
    }
    if (!found->chains) {
        card.lines.push_back({quiet(Words::tr("Looking for the ways …"))});
        return;
    }
    for (const Chain &chain : *found->chains) {
        std::vector<Span> line = {quiet(QStringLiteral("– "))};
        for (Span &span : chainSpans(withoutItself(chain, object)))
            line.push_back(std::move(span));
        card.lines.push_back(std::move(line));
    }
    const QString all = row.data(items::ChainsRole).toString();
    const auto shown = static_cast<int>(found->chains->size());
    if (all != QString::number(shown))
        card.lines.push_back({quiet(Words::tr("These are the first %L1 of %2.").arg(shown).arg(waysText(all)))});
}

void addSource(Card &card, const QModelIndex &row, int top, int below, connection::ObjectRef object,
               const OpenWays &open, const QDateTime &now)
{
    std::vector<Span> line = origin(row, object);
    if (object.kind == connection::ObjectKind::Entity)
        addAlias(line, row, now);
    addWays(line, row, top, below);
    card.lines.push_back(std::move(line));
    addOpenWays(card, row, waysTarget(top, below), object, open);
}

/// The mount that decides about one of the sources, for the chip beside the policy's name.
QString externalMark(const items::PolicySourcesModel &model, const QModelIndex &policy)
{
    if (model.object().kind == connection::ObjectKind::Group)
        return {}; // The mount of the group itself stands in its title.
    for (int i = 0; i < model.rowCount(policy); ++i) {
        const QModelIndex source = model.index(i, 0, policy);
        const QString mount = source.data(items::MountRole).toString();
        if (mount.isEmpty())
            continue;
        const auto chain = source.data(items::ChainRole).value<Chain>();
        return chain.empty() ? mount
                             : Words::tr("%1 group %2", "mount, name").arg(mount, shownName(chain.front().name, 24));
    }
    return {};
}

Card policyCard(const items::PolicySourcesModel &model, int row, const OpenWays &open, const QDateTime &now)
{
    const QModelIndex policy = model.index(row, 0);
    std::vector<Span> head = {policySpan(policy)};
    const int sources = policy.data(items::SourceCountRole).toInt();
    if (sources > 1) {
        head.push_back(text(QStringLiteral("  ")));
        head.push_back(chip(Words::tr("%Ln source(s)", nullptr, sources), Tone::Quiet));
    }
    if (const QString external = externalMark(model, policy); !external.isEmpty()) {
        head.push_back(text(QStringLiteral("  ")));
        head.push_back(chip(external, Tone::External));
    }
    addDefinedMark(head, policy);
    Card card{Card::Kind::Framed, {std::move(head)}};
    for (int i = 0; i < model.rowCount(policy); ++i)
        addSource(card, model.index(i, 0, policy), row, i, model.object(), open, now);
    return card;
}

Card sourceCard(const items::PolicySourcesModel &model, int row, const OpenWays &open, const QDateTime &now)
{
    const QModelIndex source = model.index(row, 0);
    Card card;
    addSource(card, source, row, -1, model.object(), open, now);
    for (int i = 0; i < model.rowCount(source); ++i) {
        const QModelIndex policy = model.index(i, 0, source);
        std::vector<Span> line = {policySpan(policy)};
        addDefinedMark(line, policy);
        card.lines.push_back(std::move(line));
    }
    return card;
}

} // namespace

connection::BroughtBy broughtByOf(const QModelIndex &row)
{
    return {row.data(items::MountRole).toString(), row.data(items::AliasNameRole).toString(),
            row.data(items::RefreshedRole).toDateTime()};
}

QString broughtByText(const connection::BroughtBy &by, const QDateTime &now)
{
    if (by.mount.isEmpty() || by.alias.isEmpty())
        return {};
    const QString alias = shownName(by.alias, LongestName);
    const QString when = ago(by.refreshed, now);
    return when.isEmpty() ? Words::tr("alias %1 on %2").arg(alias, mountPath(by.mount))
                          : Words::tr("alias %1 on %2, refreshed %3").arg(alias, mountPath(by.mount), when);
}

QString groupTarget(GroupId id)
{
    return QStringLiteral("group/%1").arg(id.value);
}

QString entityTarget(EntityId id)
{
    return QStringLiteral("entity/%1").arg(id.value);
}

QString waysTarget(int row, int below)
{
    return QStringLiteral("ways/%1/%2").arg(row).arg(below);
}

connection::ObjectRef objectOfTarget(const QString &target)
{
    const qint64 id = target.section(QLatin1Char('/'), 1, 1).toLongLong();
    if (target.startsWith(QLatin1String("group/")))
        return connection::ObjectRef::of(GroupId{id});
    if (target.startsWith(QLatin1String("entity/")))
        return connection::ObjectRef::of(EntityId{id});
    return {};
}

Span groupLink(const GroupRef &group)
{
    const QString shown = shownName(group.name, LongestName);
    return {Voice::Link, shown, groupTarget(group.id), Tone::Plain,
            group.name.size() > LongestName ? group.name : QString()};
}

std::vector<Span> chainSpans(const std::vector<GroupRef> &chain)
{
    std::vector<Span> spans;
    for (const GroupRef &group : chain) {
        if (!spans.empty())
            spans.push_back(quiet(chainArrow()));
        spans.push_back(groupLink(group));
    }
    return spans;
}

QString waysText(const QString &digits)
{
    if (digits.size() <= ReadableDigits) {
        bool small = false;
        const int number = digits.toInt(&small);
        return small ? Words::tr("%Ln way(s)", nullptr, number)
                     : Words::tr("%1 ways").arg(QLocale().toString(digits.toLongLong()));
    }
    return Words::tr("about %1 × 10^%2 ways")
        .arg(QLocale().toString(digits.left(4).toDouble() / 1000, 'f', 1))
        .arg(digits.size() - 1);
}

std::vector<Card> policyCards(const items::PolicySourcesModel &model, const OpenWays &open, const QDateTime &now)
{
    std::vector<Card> cards;
    cards.reserve(static_cast<std::size_t>(model.rowCount()));
    const bool byPolicy = model.grouping() == items::PolicySourcesModel::Grouping::ByPolicy;
    for (int row = 0; row < model.rowCount(); ++row)
        cards.push_back(byPolicy ? policyCard(model, row, open, now) : sourceCard(model, row, open, now));
    return cards;
}

} // namespace kith::views
