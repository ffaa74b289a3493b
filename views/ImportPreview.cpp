// SPDX-License-Identifier: Apache-2.0
#include "ImportPreview.h"

#include "ChainArrow.h"
#include <boost/json.hpp>

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace kith::views {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using Voice = Span::Voice;

constexpr int LongestName = 120;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kith::views::ImportPreview)
};

const object &objectIn(const object &in, std::string_view key)
{
    static const object none;
    const value *found = in.if_contains(key);
    return found != nullptr && found->is_object() ? found->get_object() : none;
}

const array &arrayIn(const object &in, std::string_view key)
{
    static const array none;
    const value *found = in.if_contains(key);
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

QString textIn(const object &in, std::string_view key)
{
    const value *found = in.if_contains(key);
    if (found == nullptr || !found->is_string())
        return {};
    return QString::fromUtf8(found->get_string().data(), static_cast<qsizetype>(found->get_string().size()));
}

bool flagIn(const object &in, std::string_view key)
{
    const value *found = in.if_contains(key);
    return found != nullptr && found->is_bool() && found->get_bool();
}

int numberIn(const object &in, std::string_view key)
{
    const value *found = in.if_contains(key);
    return found != nullptr && found->is_number() ? found->to_number<int>() : 0;
}

struct Kind {
    const char *key;  ///< In the answer.
    const char *name; ///< Of the many of it.
};

constexpr std::array<Kind, 4> Kinds = {Kind{"entities", QT_TRANSLATE_NOOP("kith::views::ImportPreview", "Entities")},
                                       Kind{"groups", QT_TRANSLATE_NOOP("kith::views::ImportPreview", "Groups")},
                                       Kind{"policies", QT_TRANSLATE_NOOP("kith::views::ImportPreview", "Policies")},
                                       Kind{"mounts", QT_TRANSLATE_NOOP("kith::views::ImportPreview", "Mounts")}};

Card countsCard(const object &counts)
{
    Card card;
    for (const Kind &kind : Kinds) {
        const object &of = objectIn(counts, kind.key);
        const int created = numberIn(of, "create");
        const int changed = numberIn(of, "change");
        const int kept = numberIn(of, "keep");
        if (created + changed + kept == 0)
            continue;
        QStringList parts;
        if (created > 0)
            parts.push_back(Words::tr("%1 new").arg(QLocale().toString(created)));
        if (changed > 0)
            parts.push_back(Words::tr("%1 changed").arg(QLocale().toString(changed)));
        if (kept > 0)
            parts.push_back(Words::tr("%1 as they are").arg(QLocale().toString(kept)));
        card.lines.push_back({{Voice::Strong, Words::tr(kind.name) + QStringLiteral("  ")},
                              {Voice::Text, parts.join(QStringLiteral(" · "))}});
    }
    if (!card.lines.empty()) // Below a title the lines stand below each other.
        card.lines.insert(card.lines.begin(), {{Voice::Quiet, Words::tr("In this document")}});
    return card;
}

void addProblems(std::vector<Card> &cards, const object &data, const PlaceName &placeName)
{
    for (const value &item : arrayIn(data, "problems")) {
        if (!item.is_object())
            continue;
        const object &problem = item.get_object();
        const bool error = textIn(problem, "severity") == QLatin1String("error");
        QString place = textIn(problem, "place");
        if (const QString known = placeName ? placeName(place) : QString(); !known.isEmpty())
            place = known;
        std::vector<Span> head = {
            {Voice::Chip, error ? Words::tr("error") : Words::tr("warning"), {}, error ? Tone::Bad : Tone::Warning},
            {Voice::Text, QStringLiteral("  ")},
            {Voice::Fixed, visibleName(place, LongestName)}};
        if (const QString of = textIn(problem, "object"); !of.isEmpty())
            head.push_back({Voice::Quiet, QStringLiteral("  ") + shownName(of, LongestName)});
        cards.push_back(
            {Card::Kind::Framed, {std::move(head), {{Voice::Text, visibleName(textIn(problem, "text"), 2000)}}}});
    }
    if (const int more = numberIn(data, "problems_left_out"); more > 0)
        cards.push_back({Card::Kind::Row, {{{Voice::Quiet, Words::tr("and %Ln more problem(s)", nullptr, more)}}}});
}

/// Of an import on a server that does it object by object.
void addFailures(std::vector<Card> &cards, const object &data)
{
    for (const value &item : arrayIn(data, "failed"))
        if (item.is_object())
            cards.push_back({Card::Kind::Framed,
                             {{{Voice::Chip, Words::tr("not written"), {}, Tone::Bad},
                               {Voice::Text, QStringLiteral("  ")},
                               {Voice::Strong, shownName(textIn(item.get_object(), "name"), LongestName)},
                               {Voice::Quiet, QStringLiteral("  ") + textIn(item.get_object(), "kind")}},
                              {{Voice::Text, visibleName(textIn(item.get_object(), "text"), 2000)}}}});
}

QString partialVerdict(const object &data)
{
    const int failed = static_cast<int>(arrayIn(data, "failed").size());
    const int done = numberIn(data, "done");
    const QString what = failed > 0 ? Words::tr("%Ln object(s) could not be written.", nullptr, failed)
                                    : Words::tr("The import was stopped.");
    return what + QLatin1Char(' ') +
           (done > 0 ? Words::tr("%Ln object(s) are written, and stay. The rest can be tried again.", nullptr, done)
                     : Words::tr("Nothing was changed."));
}

QString listIn(const object &change, std::string_view key)
{
    QStringList names;
    for (const value &item : arrayIn(change, key))
        if (item.is_string())
            names.push_back(
                shownName(QString::fromUtf8(item.get_string().data(), static_cast<qsizetype>(item.get_string().size())),
                          LongestName));
    return names.join(QStringLiteral(", "));
}

std::vector<Span> fieldLine(const object &field)
{
    std::vector<Span> line = {{Voice::Quiet, visibleName(textIn(field, "field"), LongestName) + QStringLiteral("  ")}};
    if (field.contains("added") || field.contains("removed")) {
        const QString added = listIn(field, "added");
        const QString removed = listIn(field, "removed");
        if (!added.isEmpty())
            line.push_back({Voice::Text, QStringLiteral("+ ") + added});
        if (!removed.isEmpty())
            line.push_back(
                {Voice::Text, (added.isEmpty() ? QString() : QStringLiteral("   ")) + QStringLiteral("− ") + removed});
        return line;
    }
    line.push_back({Voice::Text, shownName(textIn(field, "before"), LongestName) + chainArrow() +
                                     shownName(textIn(field, "after"), LongestName)});
    return line;
}

void addChanges(std::vector<Card> &cards, const object &data, ImportStage stage)
{
    const array &changes = arrayIn(data, "change");
    if (changes.empty())
        return;
    cards.push_back(heading(stage == ImportStage::Plan ? Words::tr("Would be changed") : Words::tr("Changed")));
    for (const value &item : changes) {
        if (!item.is_object())
            continue;
        const object &change = item.get_object();
        Card card{Card::Kind::Framed,
                  {{{Voice::Strong, shownName(textIn(change, "name"), LongestName)},
                    {Voice::Quiet, QStringLiteral("  ") + textIn(change, "kind")}}}};
        for (const value &field : arrayIn(change, "fields"))
            if (field.is_object())
                card.lines.push_back(fieldLine(field.get_object()));
        cards.push_back(std::move(card));
    }
}

void addCreated(std::vector<Card> &cards, const object &data, ImportStage stage)
{
    const object &created = objectIn(data, "create");
    for (const Kind &kind : Kinds) {
        const array &items = arrayIn(created, kind.key);
        if (items.empty())
            continue;
        const QString title = stage == ImportStage::Plan ? Words::tr("%1 that would be new", "kind of objects")
                                                         : Words::tr("%1 that are new", "kind of objects");
        cards.push_back(heading(title.arg(Words::tr(kind.name))));
        for (const value &item : items)
            if (item.is_object())
                cards.push_back(
                    {Card::Kind::Row, {{{Voice::Text, shownName(textIn(item.get_object(), "name"), LongestName)}}}});
    }
}

int total(const object &counts, std::string_view what)
{
    int sum = 0;
    for (const Kind &kind : Kinds)
        sum += numberIn(objectIn(counts, kind.key), what);
    return sum;
}

QString summaryOf(const object &counts)
{
    const int entities = numberIn(objectIn(counts, "entities"), "create");
    const int groups = numberIn(objectIn(counts, "groups"), "create");
    const int changed = total(counts, "change");
    QStringList parts;
    if (entities > 0)
        parts.push_back(Words::tr("%Ln entity(s) created", nullptr, entities));
    if (groups > 0)
        parts.push_back(Words::tr("%Ln group(s) created", nullptr, groups));
    if (changed > 0)
        parts.push_back(Words::tr("%Ln changed", nullptr, changed));
    if (parts.isEmpty())
        parts.push_back(Words::tr("%Ln object(s) created", nullptr, total(counts, "create")));
    return parts.join(QStringLiteral(", "));
}

} // namespace

ImportPreview readPreview(const value &data, const PlaceName &placeName, ImportStage stage)
{
    ImportPreview preview;
    if (!data.is_object())
        return preview;
    const object &answer = data.get_object();
    preview.importable = flagIn(answer, "importable");
    preview.nothingToDo = flagIn(answer, "nothing_to_do");
    preview.undo = textIn(answer, "undo");
    preview.fingerprint = textIn(answer, "fingerprint").toStdString();
    for (const value &item : arrayIn(answer, "problems")) {
        const bool error = item.is_object() && textIn(item.get_object(), "severity") == QLatin1String("error");
        (error ? preview.errors : preview.warnings)++;
        if (item.is_object() && textIn(item.get_object(), "code") == QLatin1String("overwritten"))
            ++preview.overwritten;
    }
    const object &counts = objectIn(answer, "counts");
    preview.summary = summaryOf(counts);
    if (!preview.importable)
        preview.verdict = Words::tr("This document can't be imported: it has %Ln error(s). Nothing was changed.",
                                    nullptr, std::max(preview.errors, 1));
    else if (preview.nothingToDo)
        preview.verdict = Words::tr("All of it is there already: there is nothing to do.");
    else
        preview.verdict = Words::tr("This is what the import would do. Nothing is ever deleted by it.");
    addProblems(preview.problems, answer, placeName);
    preview.partial = answer.contains("failed");
    if (preview.partial) {
        preview.verdict = partialVerdict(answer);
        addFailures(preview.cards, answer);
        preview.cards.insert(preview.cards.end(), preview.problems.begin(), preview.problems.end());
        return preview;
    }
    const Card overview = countsCard(counts);
    if (preview.importable && !overview.lines.empty())
        preview.cards.push_back(overview);
    preview.cards.insert(preview.cards.end(), preview.problems.begin(), preview.problems.end());
    addChanges(preview.cards, answer, stage);
    addCreated(preview.cards, answer, stage);
    return preview;
}

} // namespace kith::views
