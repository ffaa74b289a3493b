// SPDX-License-Identifier: Apache-2.0
#include "PreviewText.h"

#include "Direction.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace kith::views {

using connection::PolicyChange;
using connection::Preview;
using connection::Refusal;

namespace {

constexpr std::size_t NamedPolicies = 3;
constexpr std::size_t ShownLosses = 3;

enum class Sign { Gained, Lost };

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(kith::views::PreviewText)
public:
    /// "kubernetes.release.write", "a, b", "a, b, c and 4 more"
    static QString names(const std::vector<PolicyChange> &changes)
    {
        QStringList shown;
        for (std::size_t i = 0; i < changes.size() && i < NamedPolicies; ++i)
            shown += shownName(changes[i].policy, 60);
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

    static QString count(Sign sign, const std::vector<PolicyChange> &changes)
    {
        const QString count =
            changes.size() == 1 ? tr("1 policy") : tr("%Ln policies", "never one", static_cast<int>(changes.size()));
        return QString(sign == Sign::Gained ? QLatin1Char('+') : QChar(0x2212)) + QLatin1Char(' ') + count;
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

    /// One line for the policies that grant something and one for those that are not defined.
    static void addPolicies(std::vector<PreviewLine> &lines, const Preview &preview, Sign sign)
    {
        const std::vector<PolicyChange> &changes = sign == Sign::Gained ? preview.gained : preview.lost;
        std::vector<PolicyChange> granting;
        std::vector<PolicyChange> undefined;
        for (const PolicyChange &change : changes)
            (change.defined ? granting : undefined).push_back(change);
        const bool all = sign == Sign::Gained && preview.lost.empty() && (granting.empty() || undefined.empty());
        for (const std::vector<PolicyChange> *part : {&granting, &undefined}) {
            if (part->empty())
                continue;
            const QString what = count(sign, *part);
            const QString whom =
                Texts::whom(all ? preview.people - preview.unchanged : mostPeople(*part), preview.people);
            const QString rest = all ? unchanged(preview) : QString();
            if (part == &undefined)
                lines.push_back({Tone::Quiet, tr("%1%2, not defined and granting nothing: %3%4",
                                                 "+ 4 policies, for 2 of 3, names, nothing new for Chiara")
                                                  .arg(what, whom, names(*part), rest)});
            else
                lines.push_back({sign == Sign::Gained ? Tone::Good : Tone::Bad,
                                 tr("%1%2: %3%4", "+ 4 policies, for 2 of 3, names, nothing new for Chiara")
                                     .arg(what, whom, names(*part), rest)});
        }
    }

    /// Not all compared: for at least so many.
    static QString whomOfCompared(int changed, const Preview &preview)
    {
        const QString whom = Texts::whom(changed, preview.people);
        if (preview.lostAccessComplete || whom.isEmpty())
            return whom;
        return tr(" for at least %1 of %2", "people")
            .arg(QLocale().toString(changed), QLocale().toString(preview.people));
    }

    static PreviewLine lostAccess(const connection::LostAccess &access, const Preview &preview)
    {
        return {Tone::Bad,
                tr("− loses %1 on %2%3: a narrower rule of %4 wins", "read, update; path; for 2 of 3; policy")
                    .arg(access.capabilities.join(QStringLiteral(", ")), shownName(access.path, 60),
                         whomOfCompared(access.people, preview), shownName(access.byPolicy, 60))};
    }

    static void addLostAccess(std::vector<PreviewLine> &lines, const Preview &preview)
    {
        const std::vector<connection::LostAccess> &lost = preview.lostAccess;
        for (std::size_t i = 0; i < lost.size() && i < ShownLosses; ++i)
            lines.push_back(lostAccess(lost[i], preview));
        if (lost.size() > ShownLosses) {
            const int more = static_cast<int>(lost.size() - ShownLosses);
            lines.push_back({Tone::Bad, preview.lostAccessComplete
                                            ? tr("− and access to %Ln more paths", "may be one", more)
                                            : tr("− and access to at least %Ln more paths", "may be one", more)});
        } else if (!preview.lostAccessComplete) {
            lines.push_back({Tone::Warning, lost.empty() ? tr("Too many to say whether somebody loses access")
                                                         : tr("Too many to say whether more access is lost")});
        }
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
    Texts::addPolicies(lines, preview, Sign::Gained);
    Texts::addPolicies(lines, preview, Sign::Lost);
    Texts::addLostAccess(lines, preview);
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

QString previewHtml(const std::vector<PreviewLine> &lines, const QPalette &palette)
{
    QStringList html;
    for (const PreviewLine &line : lines)
        html += QStringLiteral("<span style=\"color:%1\">%2</span>")
                    .arg(toneColor(palette, line.tone).name(), line.text.toHtmlEscaped());
    return readAsWindow(html.join(QStringLiteral("<br>")));
}

} // namespace kith::views
