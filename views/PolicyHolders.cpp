// SPDX-License-Identifier: Apache-2.0
#include "PolicyHolders.h"

#include "ErrorText.h"
#include "PolicyCards.h"
#include "connection/Async.h"

#include <QLabel>
#include <QVBoxLayout>

namespace kith::views {

namespace {

using Voice = Span::Voice;

constexpr int Shown = 500; ///< Of the groups, and of the people.
constexpr int LongestName = 160;

Card row(const connection::Holder &holder)
{
    const QString name = shownName(holder.name, LongestName);
    const QString target = holder.object.kind == connection::ObjectKind::Group ? groupTarget(holder.object.group())
                                                                               : entityTarget(holder.object.entity());
    std::vector<Span> spans = {{Voice::Link, name, target}};
    if (holder.disabled) {
        spans.push_back({Voice::Text, QStringLiteral("  ")});
        spans.push_back({Voice::Chip, PolicyHolders::tr("disabled"), {}, Tone::Warning});
    }
    auto chain = holder.chain;
    if (holder.object.kind == connection::ObjectKind::Group && !chain.empty())
        chain.erase(chain.begin()); // itself
    if (!chain.empty()) {
        spans.push_back({Voice::Quiet, QStringLiteral("  ") + PolicyHolders::tr("by") + QLatin1Char(' ')});
        for (Span &span : chainSpans(chain))
            spans.push_back(std::move(span));
    }
    return {Card::Kind::Row, {std::move(spans)}};
}

void add(std::vector<Card> &cards, const QString &title, const std::vector<connection::Holder> &holders, int all)
{
    if (holders.empty())
        return;
    cards.push_back({Card::Kind::Heading, {{{Voice::Strong, title}}}});
    for (const connection::Holder &holder : holders)
        cards.push_back(row(holder));
    if (const int more = all - static_cast<int>(holders.size()); more > 0)
        cards.push_back({Card::Kind::Row, {{{Voice::Quiet, PolicyHolders::tr("and %Ln more", nullptr, more)}}}});
}

} // namespace

PolicyHolders::PolicyHolders(connection::Connection &connection, QWidget *parent)
    : QWidget(parent), m_connection(connection), m_state(new QLabel(this)), m_cards(new CardView(this))
{
    setObjectName(QStringLiteral("policyHolders"));
    m_state->setObjectName(QStringLiteral("holdersState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_cards->setObjectName(QStringLiteral("holderCards"));
    m_cards->setAccessibleName(tr("Who has it"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 8, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(m_state);
    rows->addWidget(m_cards, 1);
    connect(m_cards, &CardView::activated, this, [this](const QString &target) {
        if (const connection::ObjectRef object = objectOfTarget(target))
            Q_EMIT openObject(object);
    });
    connect(&connection, &connection::Connection::changed, this, [this] {
        m_stale = true;
        if (isVisible())
            load();
    });
}

void PolicyHolders::setPolicy(const QString &policy)
{
    if (policy == m_policy)
        return;
    m_policy = policy;
    m_stale = true;
    m_cards->setCards({}, {}, CardView::Scroll::Top);
    m_state->setText(policy.isEmpty() ? QString() : tr("Loading …"));
    if (isVisible())
        load();
}

void PolicyHolders::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        load();
}

void PolicyHolders::load()
{
    m_asked.cancel();
    ++m_generation;
    m_stale = false;
    if (m_policy.isEmpty())
        return;
    m_asked = m_connection.directory().whoHas(m_policy, Shown);
    connection::whenReady(m_asked, this, [this, asked = m_generation](const auto &holders) {
        if (asked != m_generation)
            return;
        if (holders)
            showHolders(*holders);
        else if (holders.error().code != ErrorCode::Cancelled)
            m_state->setText(errorText(holders.error()));
    });
}

void PolicyHolders::showHolders(const connection::PolicyHolders &holders)
{
    const QString counts = tr("%1, %2", "people, groups")
                               .arg(tr("%Ln entity(s) have it", nullptr, holders.entityCount),
                                    tr("%Ln group(s) give it", nullptr, holders.groupCount));
    m_state->setText(holders.defined ? counts : tr("It isn’t defined, so it grants nothing. %1").arg(counts));
    std::vector<Card> cards;
    add(cards, tr("Groups that give it"), holders.groups, holders.groupCount);
    add(cards, tr("People who have it"), holders.entities, holders.entityCount);
    m_cards->setCards(std::move(cards), tr("Nobody has this policy, and no group gives it."), CardView::Scroll::Keep);
    Q_EMIT counted(holders.entityCount);
}

} // namespace kith::views
