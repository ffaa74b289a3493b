// SPDX-License-Identifier: Apache-2.0
#include "WorkBar.h"

#include "ElidedLabel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <chrono>

namespace kith::views {

namespace {

constexpr std::chrono::milliseconds LookEvery(100);
constexpr qint64 Slow = 1000; ///< Milliseconds; what takes less is told when it is done.
constexpr int LongestWhat = 40;
constexpr int BarWidth = 16;             ///< In letters.
constexpr std::int64_t TellingSteps = 3; ///< With fewer a bar would stand still, and then be full.
constexpr int Thousandths = 1000;        ///< Counts may be larger than an int.

} // namespace

WorkBar::WorkBar(QWidget *parent)
    : QWidget(parent)
    , m_what(new ElidedLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(QStringLiteral("workBar"));
    m_what->setObjectName(QStringLiteral("workText"));
    m_what->setMaximumWidth(fontMetrics().averageCharWidth() * LongestWhat);
    m_bar->setObjectName(QStringLiteral("workProgress"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(fontMetrics().averageCharWidth() * BarWidth);
    m_cancel->setObjectName(QStringLiteral("workCancel"));
    m_cancel->setAutoDefault(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_what);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    hide();
    m_looking.setInterval(LookEvery);
    connect(&m_looking, &QTimer::timeout, this, &WorkBar::look);
    connect(m_cancel, &QPushButton::clicked, this, &WorkBar::cancel);
}

void WorkBar::add(const std::shared_ptr<core::Progress> &progress, const QString &what)
{
    m_works.push_back({progress, what, {}});
    m_works.back().since.start();
    m_looking.start();
}

void WorkBar::look()
{
    std::erase_if(m_works, [](const Work &work) { return work.progress.expired(); });
    const auto progress = m_works.empty() ? nullptr : m_works.front().progress.lock();
    if (!progress) {
        hide();
        if (m_works.empty())
            m_looking.stop();
    } else if (m_works.front().since.elapsed() >= Slow) {
        showWork(m_works.front(), *progress);
    } else {
        hide();
    }
}

void WorkBar::showWork(const Work &work, const core::Progress &progress)
{
    const bool isNew = m_what->whole() != work.what || isHidden();
    const std::int64_t total = progress.total;
    if (isNew) {
        m_what->setWhole(work.what, ElidedLabel::Kind::Sentence);
        m_bar->setAccessibleName(work.what);
        m_cancel->setAccessibleName(tr("Cancel: %1").arg(work.what));
    }
    m_bar->setRange(0, total < TellingSteps ? 0 : Thousandths);
    if (total >= TellingSteps)
        m_bar->setValue(
            static_cast<int>(Thousandths * static_cast<double>(progress.done) / static_cast<double>(total)));
    m_cancel->setEnabled(total > 0 && !progress.cancelled);
    show();
    if (isNew) {
        QAccessibleEvent event(m_what, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void WorkBar::cancel()
{
    if (const auto progress = m_works.empty() ? nullptr : m_works.front().progress.lock())
        progress->cancelled = true;
    m_cancel->setEnabled(false);
}

} // namespace kith::views
