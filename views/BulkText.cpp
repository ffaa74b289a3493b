// SPDX-License-Identifier: Apache-2.0
#include "BulkText.h"

#include "KnownPolicies.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace kith::views {

namespace {

using connection::PeopleSummary;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kith::views::BulkPreview)
};

constexpr std::size_t ShownValues = 5;

qint64 countOf(const std::vector<PeopleSummary::Policy> &policies, const QString &name)
{
    const auto found =
        std::find_if(policies.begin(), policies.end(), [&](const auto &one) { return one.name == name; });
    return found != policies.end() ? found->people : 0;
}

const PeopleSummary::Key *keyOf(const PeopleSummary &people, const QString &name)
{
    const auto found =
        std::find_if(people.metadata.begin(), people.metadata.end(), [&](const auto &one) { return one.key == name; });
    return found != people.metadata.end() ? &*found : nullptr;
}

/// "12 of 15 people"
QString some(qint64 number, const PeopleSummary &people)
{
    return Words::tr("%L1 of %Ln people", "never one", static_cast<int>(people.people)).arg(number);
}

class Lines
{
public:
    explicit Lines(const PeopleSummary &people) : m_people(people) {}

    void say(Tone tone, const QString &text) { m_preview.lines.push_back({tone, text}); }
    /// One that changes `number` of them.
    void change(Tone tone, qint64 number, const QString &text)
    {
        m_preview.changes = m_preview.changes || number > 0;
        say(tone, text.arg(some(number, m_people)));
    }
    BulkPreview take() { return std::move(m_preview); }

private:
    const PeopleSummary &m_people;
    BulkPreview m_preview;
};

void addPolicy(Lines &lines, const PeopleSummary &people, const QString &policy, const KnownPolicies &known)
{
    const QString name = shownName(policy, 60);
    const qint64 has = countOf(people.own, policy);
    const qint64 gains = people.people - has;
    if (gains == 0)
        return lines.say(Tone::Quiet, Words::tr("All of them carry %1 already").arg(name));
    lines.change(Tone::Good, gains, Words::tr("+ %1 for %2", "policy; 3 of 5 people").arg(name, QStringLiteral("%1")));
    if (const qint64 effective = countOf(people.effective, policy) - has; effective > 0)
        lines.say(Tone::Quiet,
                  Words::tr("%Ln of them have it by a group already", nullptr, static_cast<int>(effective)));
    if (known.state(policy) == KnownPolicies::State::Undefined)
        lines.say(Tone::Warning, Words::tr("No policy is called %1: it grants nothing until it is defined").arg(name));
}

void removePolicy(Lines &lines, const PeopleSummary &people, const QString &policy)
{
    const QString name = shownName(policy, 60);
    const qint64 has = countOf(people.own, policy);
    if (has == 0)
        return lines.say(Tone::Quiet, Words::tr("Nobody of them carries %1").arg(name));
    lines.change(Tone::Bad, has, Words::tr("− %1 from %2", "policy; 3 of 5 people").arg(name, QStringLiteral("%1")));
    lines.say(Tone::Quiet, Words::tr("Whoever has it by a group keeps it"));
}

void setKey(Lines &lines, const PeopleSummary &people, const QString &name, const QString &value)
{
    const PeopleSummary::Key *key = keyOf(people, name);
    qint64 same = 0;
    for (const PeopleSummary::Value &one : key ? key->values : std::vector<PeopleSummary::Value>())
        same += one.text == value ? one.people : 0;
    const QString what = QStringLiteral("%1 = %2").arg(name, shownName(value, 60));
    if (same == people.people)
        return lines.say(Tone::Quiet, Words::tr("All of them have %1 already").arg(what));
    lines.change(Tone::Good, people.people - same,
                 Words::tr("%1 for %2", "key = value; 3 of 5 people").arg(what, QStringLiteral("%1")));
    if (key && key->people > same)
        lines.say(Tone::Warning, Words::tr("%Ln of them have another value, which is replaced: %1", nullptr,
                                           static_cast<int>(key->people - same))
                                     .arg(valuesText(*key)));
}

void removeKey(Lines &lines, const PeopleSummary &people, const QString &name)
{
    const PeopleSummary::Key *key = keyOf(people, name);
    if (!key)
        return lines.say(Tone::Quiet, Words::tr("Nobody of them has %1").arg(name));
    lines.change(Tone::Bad, key->people,
                 Words::tr("− %1 from %2", "metadata key; 3 of 5 people").arg(name, QStringLiteral("%1")));
    lines.say(Tone::Quiet, valuesText(*key));
}

} // namespace

QString valuesText(const PeopleSummary::Key &key)
{
    const QLocale locale;
    QStringList texts;
    for (std::size_t i = 0; i < std::min(key.values.size(), ShownValues); ++i)
        texts += Words::tr("%1 (%2)", "value; how many have it")
                     .arg(shownName(key.values[i].text, 40), locale.toString(key.values[i].people));
    if (key.values.size() > ShownValues || !key.complete)
        texts += QStringLiteral("…");
    return texts.join(QStringLiteral(", "));
}

BulkPreview bulkPreview(const PeopleSummary &people, const PeopleChange &change, const KnownPolicies &known)
{
    Lines lines(people);
    if (change.disabled) {
        const qint64 number = *change.disabled ? people.people - people.disabled : people.disabled;
        if (number == 0)
            lines.say(Tone::Quiet, *change.disabled ? Words::tr("All of them are disabled already")
                                                    : Words::tr("All of them are enabled already"));
        else if (*change.disabled)
            lines.change(Tone::Bad, number, Words::tr("%1 can’t log in any more", "3 of 5 people"));
        else
            lines.change(Tone::Good, number, Words::tr("%1 can log in again", "3 of 5 people"));
    }
    for (const QString &policy : change.addPolicies)
        addPolicy(lines, people, policy, known);
    for (const QString &policy : change.removePolicies)
        removePolicy(lines, people, policy);
    for (const auto &[key, value] : change.setMetadata)
        setKey(lines, people, key, value);
    for (const QString &key : change.removeMetadata)
        removeKey(lines, people, key);
    return lines.take();
}

} // namespace kith::views
