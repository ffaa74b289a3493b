// SPDX-License-Identifier: Apache-2.0
#include "PolicySourcesView.h"

#include "ClearButton.h"
#include "ErrorText.h"
#include "SegmentedControl.h"
#include "connection/Async.h"
#include "items/Roles.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

namespace kith::views {

namespace {
constexpr std::chrono::milliseconds Slow(1000);       ///< After this long one is told that something loads.
constexpr std::chrono::milliseconds WhileTyping(120); ///< Before a filter takes effect.
constexpr int WaysShown = 100;
const QString RetryTarget = QStringLiteral("retry");
} // namespace

PolicySourcesView::PolicySourcesView(connection::Connection &connection, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_model(new items::PolicySourcesModel(connection, this))
    , m_grouping(new SegmentedControl(this))
    , m_filter(new QLineEdit(this))
    , m_cards(new CardView(this))
    , m_busy(new QProgressBar(this))
    , m_refresh(new QTimer(this))
    , m_slow(new QTimer(this))
{
    build();
    m_refresh->setSingleShot(true);
    m_slow->setSingleShot(true);
    connect(m_refresh, &QTimer::timeout, this, &PolicySourcesView::refresh);
    connect(m_slow, &QTimer::timeout, this, [this] { m_busy->setVisible(m_model->isLoading()); });
    const auto soon = [this] {
        m_open.clear(); // The rows that the ways belong to may be others now.
        m_refresh->start(0);
    };
    connect(m_model, &QAbstractItemModel::modelReset, this, soon);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, soon);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, soon);
    connect(m_model, &QAbstractItemModel::dataChanged, this, soon);
    connect(m_model, &QAbstractItemModel::layoutChanged, this, soon);
    connect(m_model, &items::PolicySourcesModel::countChanged, this, &PolicySourcesView::countChanged);
    connect(m_model, &items::PolicySourcesModel::loaded, this, [this] {
        m_slow->stop();
        m_busy->hide();
        m_failure.clear();
        refresh();
        Q_EMIT loaded();
    });
    connect(m_model, &items::PolicySourcesModel::failed, this, [this](const Error &error) {
        m_slow->stop();
        m_busy->hide();
        m_failure = errorText(error);
        refresh();
    });
    connect(m_cards, &CardView::activated, this, &PolicySourcesView::follow);
}

void PolicySourcesView::build()
{
    m_grouping->setObjectName(QStringLiteral("policyGrouping"));
    m_grouping->addSegment(tr("By policy"));
    m_grouping->addSegment(tr("By source"));
    connect(m_grouping, &SegmentedControl::currentChanged, this, [this](int segment) {
        m_scroll = CardView::Scroll::Top;
        m_model->setGrouping(segment == 0 ? items::PolicySourcesModel::Grouping::ByPolicy
                                          : items::PolicySourcesModel::Grouping::BySource);
        m_refresh->start(0);
    });

    m_filter->setObjectName(QStringLiteral("policyFilter"));
    m_filter->setPlaceholderText(tr("Filter …"));
    m_filter->setAccessibleName(tr("Filter by policy or group"));
    addClearButton(*m_filter);
    m_filter->setMinimumWidth(60);
    auto *typing = new QTimer(this);
    typing->setSingleShot(true);
    typing->setInterval(WhileTyping);
    connect(m_filter, &QLineEdit::textChanged, typing, qOverload<>(&QTimer::start));
    connect(typing, &QTimer::timeout, this, [this] {
        m_scroll = CardView::Scroll::Top;
        m_model->setFilter(m_filter->text().trimmed());
        m_refresh->start(0);
    });

    auto *copy = new QToolButton(this);
    copy->setObjectName(QStringLiteral("copyPolicies"));
    copy->setText(tr("Copy"));
    copy->setAutoRaise(true);
    copy->setToolTip(tr("Copy all policies shown here, with their sources, as text"));
    copy->setAccessibleName(copy->toolTip());
    connect(copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(copyText());
        Q_EMIT copied();
    });

    m_cards->setObjectName(QStringLiteral("policyCards"));
    m_cards->setAccessibleName(tr("Effective policies"));
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumHeight(4);
    m_busy->setAccessibleName(tr("Policies are being read"));
    m_busy->hide();

    auto *tools = new QHBoxLayout;
    tools->setSpacing(6);
    tools->addWidget(m_grouping);
    tools->addWidget(m_filter, 1);
    tools->addWidget(copy);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 8, 0, 0);
    rows->setSpacing(8);
    rows->addLayout(tools);
    rows->addWidget(m_busy);
    rows->addWidget(m_cards, 1);
    setTabOrder(m_grouping, m_filter);
    setTabOrder(m_filter, copy);
    setTabOrder(copy, m_cards);
}

void PolicySourcesView::setObject(connection::ObjectRef object)
{
    if (m_model->object() == object)
        return;
    m_open.clear();
    m_failure.clear();
    m_nameless = true;
    m_scroll = CardView::Scroll::Top;
    m_slow->start(Slow);
    m_model->setObject(object);
}

void PolicySourcesView::setName(const QString &name)
{
    m_name = name;
    if (!m_nameless)
        return;
    m_nameless = false;
    if (m_model->isLoading())
        m_cards->setCards({}, {}, CardView::Scroll::Top);
    else
        refresh();
}

int PolicySourcesView::policyCount() const
{
    return m_model->policyCount();
}

bool PolicySourcesView::isLoading() const
{
    return m_model->isLoading();
}

QString PolicySourcesView::copyText() const
{
    return tr("Effective policies of %1").arg(m_name) + QStringLiteral("\n\n") + m_model->copyText();
}

void PolicySourcesView::refresh()
{
    m_refresh->stop();
    if (m_nameless || (m_model->isLoading() && m_failure.isEmpty()))
        return; // What was there stays until the answer is here.
    auto cards = policyCards(*m_model, m_open, QDateTime::currentDateTimeUtc());
    if (!m_failure.isEmpty()) {
        cards.clear();
        cards.push_back(
            {Card::Kind::Row, {{{Span::Voice::Text, m_failure}}, {{Span::Voice::Link, tr("Try again"), RetryTarget}}}});
    }
    m_cards->setCards(std::move(cards), emptyText(), m_scroll);
    m_scroll = CardView::Scroll::Keep;
}

QString PolicySourcesView::emptyText() const
{
    if (!m_filter->text().trimmed().isEmpty() && m_model->policyCount() > 0)
        return tr("No policy and no group on the way matches “%1”.").arg(shownName(m_filter->text().trimmed(), 60));
    if (m_model->object().kind == connection::ObjectKind::Group)
        return tr("Being in this group gives no policy: it carries none, and neither does a group above it.");
    return tr("No policies: there is none on the entity itself, and none on the groups that it is in.");
}

void PolicySourcesView::follow(const QString &target)
{
    if (target == RetryTarget) {
        const auto object = m_model->object();
        m_failure.clear();
        m_model->setObject({});
        m_model->setObject(object);
    } else if (target.startsWith(QLatin1String("ways/"))) {
        openWays(target);
    } else if (const auto object = objectOfTarget(target)) {
        Q_EMIT openObject(object);
    }
}

void PolicySourcesView::openWays(const QString &target)
{
    if (m_open.remove(target) > 0) {
        refresh();
        return;
    }
    const int row = target.section(QLatin1Char('/'), 1, 1).toInt();
    const int below = target.section(QLatin1Char('/'), 2, 2).toInt();
    const QModelIndex top = m_model->index(row, 0);
    const QModelIndex source = below < 0 ? top : m_model->index(below, 0, top);
    const auto chain = source.data(items::ChainRole).value<std::vector<connection::GroupRef>>();
    if (chain.empty())
        return;
    m_open.insert(target, {});
    const auto object = m_model->object();
    connection::whenReady(m_connection.directory().chains(object, chain.back().id, WaysShown), this,
                          [this, target, object](const auto &result) {
                              if (!(m_model->object() == object) || !m_open.contains(target))
                                  return;
                              if (result)
                                  m_open[target].chains = *result;
                              else
                                  m_open[target].failure = errorText(result.error());
                              refresh();
                          });
}

} // namespace kith::views
