// SPDX-License-Identifier: Apache-2.0
#include "SeveralPane.h"

#include "BulkText.h"
#include "Direction.h"
#include "ErrorText.h"
#include "FlowLayout.h"
#include "PolicyCards.h"
#include "connection/Async.h"

#include <QAction>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>

namespace kith::views {

namespace {

using connection::PeopleSummary;
using Voice = Span::Voice;

constexpr std::chrono::milliseconds Slow(1000);
constexpr int ShownNames = 6;
constexpr qint64 ShownOfEach = 300; ///< Lines below one heading.

Card rowOf(std::vector<Span> spans)
{
    Card card{Card::Kind::Row, {}};
    card.lines.push_back(std::move(spans));
    return card;
}

/// Those that all have and those that only some have, each below its heading.
class Sections
{
public:
    explicit Sections(const PeopleSummary &summary) : m_people(summary.people) {}

    void add(std::vector<Span> spans, qint64 people)
    {
        const bool all = people == m_people;
        Section &section = all ? m_all : m_some;
        if (section.count++ >= ShownOfEach)
            return;
        if (!all)
            spans.push_back(
                {Voice::Quiet,
                 QStringLiteral("  ") + SeveralPane::tr("%L1 of %L2", "3 of 5 people").arg(people).arg(m_people)});
        section.rows.push_back(rowOf(std::move(spans)));
    }
    /// Where not all were added.
    void setCounts(qint64 ofAll, qint64 ofSome)
    {
        m_all.count = ofAll;
        m_some.count = ofSome;
    }
    void put(std::vector<Card> &cards, const QString &all, const QString &some)
    {
        for (const auto &[title, section] : {std::pair(all, &m_all), std::pair(some, &m_some)}) {
            if (section->count == 0)
                continue;
            cards.push_back(heading(title.arg(QLocale().toString(section->count))));
            std::move(section->rows.begin(), section->rows.end(), std::back_inserter(cards));
            if (const qint64 more = section->count - static_cast<qint64>(section->rows.size()); more > 0)
                cards.push_back(
                    rowOf({{Voice::Quiet, SeveralPane::tr("and %Ln more", nullptr, static_cast<int>(more))}}));
        }
    }

private:
    struct Section {
        std::vector<Card> rows; ///< The first.
        qint64 count = 0;
    };
    qint64 m_people;
    Section m_all;
    Section m_some;
};

void addPolicies(std::vector<Card> &cards, const PeopleSummary &summary,
                 const std::vector<PeopleSummary::Policy> &policies, const QString &all, const QString &some)
{
    Sections sections(summary);
    for (const PeopleSummary::Policy &policy : policies) {
        std::vector<Span> spans = {{Voice::Fixed, shownName(policy.name, 120)}};
        if (!policy.defined) {
            spans.push_back({Voice::Text, QStringLiteral("  ")});
            spans.push_back({Voice::Chip,
                             SeveralPane::tr("not defined"),
                             {},
                             Tone::Warning,
                             SeveralPane::tr("No such policy exists, so it grants nothing.")});
        }
        sections.add(std::move(spans), policy.people);
    }
    sections.put(cards, all, some);
}

void addMetadata(std::vector<Card> &cards, const PeopleSummary &summary)
{
    if (summary.metadata.empty())
        return;
    cards.push_back(heading(SeveralPane::tr("Metadata")));
    for (const PeopleSummary::Key &key : summary.metadata) {
        const bool same = key.people == summary.people && key.values.size() == 1 && key.complete;
        std::vector<std::vector<Span>> lines = {{{Voice::Fixed, key.key}, {Voice::Text, QStringLiteral("  ")}}};
        if (same) {
            lines.front().push_back({Voice::Text, shownName(key.values.front().text, 120)});
        } else {
            const qint64 without = summary.people - key.people;
            QString text = valuesText(key);
            if (without > 0)
                text = SeveralPane::tr("%1; not set (%L2)", "values; how many have none").arg(text).arg(without);
            lines.front().push_back({Voice::Quiet, text});
        }
        cards.push_back({Card::Kind::Row, std::move(lines)});
    }
}

} // namespace

std::vector<Card> summaryCards(const PeopleSummary &summary)
{
    std::vector<Card> cards;
    const auto people = static_cast<int>(summary.people);
    const QString state = summary.disabled == 0 ? SeveralPane::tr("All are enabled")
                          : summary.disabled == summary.people
                              ? SeveralPane::tr("All are disabled")
                              : SeveralPane::tr("%L1 of %Ln are disabled", "never one", people).arg(summary.disabled);
    cards.push_back({Card::Kind::Row, {{{Voice::Text, state}}}});
    addPolicies(cards, summary, summary.effective, SeveralPane::tr("Policies that all have: %1"),
                SeveralPane::tr("Policies that only some have: %1"));
    Sections groups(summary);
    for (const PeopleSummary::Group &group : summary.groups)
        groups.add({groupLink(group.group)}, group.people);
    groups.setCounts(summary.sharedGroupCount, summary.groupCount - summary.sharedGroupCount);
    groups.put(cards, SeveralPane::tr("Groups that all are in: %1"),
               SeveralPane::tr("Groups that only some are in: %1"));
    addPolicies(cards, summary, summary.own, SeveralPane::tr("On each of them themselves: %1", "policies"),
                SeveralPane::tr("On some of them themselves: %1", "policies"));
    addMetadata(cards, summary);
    return cards;
}

SeveralPane::SeveralPane(connection::Connection &connection, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_title(new QLabel(this))
    , m_names(new QLabel(this))
    , m_busy(new QProgressBar(this))
    , m_buttons(new QWidget(this))
    , m_cards(new CardView(this))
{
    setObjectName(QStringLiteral("severalPane"));
    m_title->setObjectName(QStringLiteral("severalTitle"));
    m_title->setFont(titleFont(font()));
    m_title->setWordWrap(true);
    m_names->setObjectName(QStringLiteral("severalNames"));
    m_names->setTextFormat(Qt::PlainText);
    m_names->setWordWrap(true);
    alignLikeWindow(*m_names);
    m_names->setFont(quietFont(font()));
    m_names->setForegroundRole(QPalette::PlaceholderText);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumHeight(6);
    m_busy->hide();
    m_buttons->hide();
    m_cards->setObjectName(QStringLiteral("severalCards"));
    m_cards->setAccessibleName(tr("What the selected have in common, and where they differ"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(m_title);
    rows->addWidget(m_names);
    rows->addWidget(m_buttons);
    rows->addWidget(m_busy);
    rows->addWidget(m_cards, 1);
    m_slow.setSingleShot(true);
    m_reload.setSingleShot(true);
    m_reload.setInterval(std::chrono::milliseconds(100));
    connect(&m_slow, &QTimer::timeout, m_busy, &QWidget::show);
    connect(&m_reload, &QTimer::timeout, this, &SeveralPane::load);
    connect(&connection, &connection::Connection::changed, this, [this] {
        if (m_people.size() > 0)
            m_reload.start();
    });
    connect(m_cards, &CardView::activated, this, [this](const QString &target) {
        if (const auto object = objectOfTarget(target))
            Q_EMIT openObject(object);
    });
}

SeveralPane::~SeveralPane()
{
    m_asked.cancel();
}

void SeveralPane::setActions(const QList<QAction *> &actions)
{
    auto *flow = new FlowLayout(m_buttons);
    for (QAction *action : actions) {
        auto *button = new QToolButton(m_buttons);
        button->setObjectName(action->objectName() + QStringLiteral("Several"));
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        flow->addWidget(button);
    }
    m_buttons->setVisible(!actions.isEmpty());
}

void SeveralPane::showPeople(connection::Rows<EntityId> people)
{
    m_asked.cancel();
    ++m_generation;
    m_reload.stop();
    m_loading = false;
    m_slow.stop();
    m_busy->hide();
    m_people = std::move(people);
    if (m_people.size() == 0)
        return;
    m_title->setText(tr("%Ln entity(s) selected", nullptr, m_people.size()));
    m_names->clear();
    m_cards->setCards({}, {}, CardView::Scroll::Top);
    load();
}

/// Of the first few.
void SeveralPane::readNames()
{
    const int few = std::min(m_people.size(), ShownNames);
    std::vector<EntityId> first;
    first.reserve(static_cast<std::size_t>(few));
    for (int row = 0; row < few; ++row)
        first.push_back(m_people.at(row));
    const int asked = m_generation;
    connection::whenReady(m_connection.directory().entities(std::move(first)), this, [this, asked](const auto &rows) {
        if (asked != m_generation || !rows)
            return;
        QStringList names;
        for (const connection::EntityRow &row : *rows)
            names += shownName(row.name, 40);
        if (const int more = m_people.size() - std::min(m_people.size(), ShownNames))
            names += tr("and %Ln more", nullptr, more);
        m_names->setText(names.join(QStringLiteral(", ")));
    });
}

void SeveralPane::load()
{
    m_asked.cancel();
    const int asked = ++m_generation;
    m_loading = true;
    m_slow.start(Slow);
    readNames();
    auto listed = QtConcurrent::run([people = m_people]() -> Result<std::vector<EntityId>> {
        return people.mapped(std::identity()); // of a million this takes longer than the window may stand still
    });
    connection::whenReady(listed, this, [this, asked](Result<std::vector<EntityId>> people) {
        if (asked != m_generation)
            return;
        if (people)
            ask(std::move(*people));
        else
            show(people.error());
    });
}

void SeveralPane::ask(std::vector<EntityId> people)
{
    m_asked = m_connection.directory().summary(std::move(people));
    connection::whenReady(m_asked, this, [this, asked = m_generation](Result<PeopleSummary> summary) {
        if (asked != m_generation)
            return;
        if (summary)
            tell(std::move(*summary));
        else
            show(summary.error());
    });
}

/// The texts of some hundred cards take as long as their layout: they are made in another thread. Not by then(): after
/// it m_asked.cancel() would look for the future that it gave, which is gone when the cards are here (Qt 6.4).
void SeveralPane::tell(PeopleSummary summary)
{
    auto told = QtConcurrent::run([summary = std::move(summary)]() -> Result<std::vector<Card>> {
        return summary.people > 0 ? summaryCards(summary) : std::vector<Card>();
    });
    connection::whenReady(told, this, [this, asked = m_generation](Result<std::vector<Card>> cards) {
        if (asked == m_generation)
            show(std::move(cards));
    });
}

void SeveralPane::show(Result<std::vector<Card>> cards)
{
    m_slow.stop();
    m_busy->hide();
    m_loading = false;
    if (cards)
        m_cards->setCards(std::move(*cards), tr("They are gone."), CardView::Scroll::Keep);
    else
        m_cards->setCards({}, errorText(cards.error()), CardView::Scroll::Top);
    Q_EMIT ready();
}

} // namespace kith::views
