// SPDX-License-Identifier: Apache-2.0
#include "PreviewText.h"

#include <QCoreApplication>
#include <QLocale>

namespace kith::views {

using connection::PolicyChange;
using connection::Preview;
using connection::Refusal;

namespace {

constexpr std::size_t NamedPolicies = 3;
constexpr std::size_t ShownLosses = 3;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(kith::views::PreviewText)
public:
    /// "kubernetes.release.write", "a, b", "a, b, c and 4 more"
    static QString names(const std::vector<PolicyChange> &changes)
    {
        QStringList shown;
        for (std::size_t i = 0; i < changes.size() && i < NamedPolicies; ++i)
            shown += changes[i].defined ? shownName(changes[i].policy, 60)
                                        : tr("%1 (not defined)").arg(shownName(changes[i].policy, 60));
        const QString list = shown.join(QStringLiteral(", "));
        if (changes.size() <= NamedPolicies)
            return list;
        return tr("%1 and %L2 more").arg(list).arg(changes.size() - NamedPolicies);
    }

    /// "for 2 of them"; empty when all are meant.
    static QString whom(int changed, int people)
    {
        if (people == 1 || changed == people)
            return {};
        return tr(" for %1 of %2", "people").arg(QLocale().toString(changed), QLocale().toString(people));
    }

    static QString sign(QChar sign, const std::vector<PolicyChange> &changes)
    {
        const QString count =
            changes.size() == 1 ? tr("1 policy") : tr("%Ln policies", "never one", static_cast<int>(changes.size()));
        return QString(sign) + QLatin1Char(' ') + count;
    }

    static QString unchanged(const Preview &preview)
    {
        if (preview.unchanged == 0 || preview.unchanged == preview.people)
            return {};
        const QString who = preview.unchanged == 1 && !preview.unchangedName.isEmpty()
                                ? shownName(preview.unchangedName, 40)
                                : QLocale().toString(preview.unchanged);
        return tr(", nothing new for %1").arg(who);
    }

    static int mostPeople(const std::vector<PolicyChange> &changes)
    {
        int people = 0;
        for (const PolicyChange &change : changes)
            people = std::max(people, change.people);
        return people;
    }

    static PreviewLine gained(const Preview &preview)
    {
        const int changed = preview.lost.empty() ? preview.people - preview.unchanged : mostPeople(preview.gained);
        return {Tone::Good, tr("%1%2: %3%4", "+ 4 policies, for 2 of 3, names, nothing new for Chiara")
                                .arg(sign(QLatin1Char('+'), preview.gained), whom(changed, preview.people),
                                     names(preview.gained), unchanged(preview))};
    }

    static PreviewLine lost(const Preview &preview)
    {
        return {Tone::Bad, tr("%1%2: %3", "− 4 policies, for 2 of 3, names")
                               .arg(sign(QChar(0x2212), preview.lost), whom(mostPeople(preview.lost), preview.people),
                                    names(preview.lost))};
    }

    static PreviewLine lostAccess(const connection::LostAccess &access, int people)
    {
        return {Tone::Bad,
                tr("− loses %1 on %2%3: a narrower rule of %4 wins", "read, update; path; for 2 of 3; policy")
                    .arg(access.capabilities.join(QStringLiteral(", ")), shownName(access.path, 60),
                         whom(access.people, people), shownName(access.byPolicy, 60))};
    }
};

} // namespace

QString changeTitle(const connection::Change &change, const QString &what, const QString &target, const QString &from)
{
    if (!change.target)
        return Texts::tr("Take %1 out of %2").arg(what, shownName(from, 60));
    if (change.from)
        return Texts::tr("Move %1 from %2 to %3").arg(what, shownName(from, 60), shownName(target, 60));
    return Texts::tr("Add %1 to %2").arg(what, shownName(target, 60));
}

std::vector<PreviewLine> previewLines(const Preview &preview)
{
    std::vector<PreviewLine> lines;
    if (preview.alreadyThere > 0)
        lines.push_back({Tone::Quiet, preview.alreadyThere == 1
                                          ? Texts::tr("One is there already")
                                          : Texts::tr("%Ln are there already", "never one", preview.alreadyThere)});
    if (!preview.gained.empty())
        lines.push_back(Texts::gained(preview));
    if (!preview.lost.empty())
        lines.push_back(Texts::lost(preview));
    for (std::size_t i = 0; i < preview.lostAccess.size() && i < ShownLosses; ++i)
        lines.push_back(Texts::lostAccess(preview.lostAccess[i], preview.people));
    if (preview.lostAccess.size() > ShownLosses)
        lines.push_back({Tone::Bad, Texts::tr("− and access to %Ln more paths", "may be one",
                                              static_cast<int>(preview.lostAccess.size() - ShownLosses))});
    if (preview.gained.empty() && preview.lost.empty() && preview.lostAccess.empty())
        lines.push_back({Tone::Quiet, preview.people == 0 ? Texts::tr("Nobody is in it: no rights change")
                                                          : Texts::tr("No rights change")});
    return lines;
}

QString refusalText(Refusal refusal, const QString &target)
{
    const QString name = shownName(target, 60);
    switch (refusal) {
    case Refusal::None:
        return {};
    case Refusal::Itself:
        return Texts::tr("A group can’t be in itself");
    case Refusal::Ancestor:
        return Texts::tr("%1 is inside the group that is dragged: it would contain itself").arg(name);
    case Refusal::ExternalTarget:
        return Texts::tr("%1 is external: its members come from its mount").arg(name);
    case Refusal::ExternalSource:
        return Texts::tr("Nobody can be taken out of an external group: its mount decides");
    case Refusal::AlreadyThere:
        return Texts::tr("Already in %1").arg(name);
    case Refusal::Gone:
        return Texts::tr("It doesn’t exist any more");
    }
    return {};
}

} // namespace kith::views
