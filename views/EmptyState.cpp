// SPDX-License-Identifier: Apache-2.0
#include "EmptyState.h"

#include "Look.h"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

EmptyState::EmptyState(QAbstractScrollArea *area)
    : QWidget(area->viewport())
    , m_title(new QLabel(this))
    , m_explanation(new QLabel(this))
    , m_step(new QPushButton(this))
{
    setObjectName(area->objectName() + QStringLiteral("Empty"));
    setAutoFillBackground(true); // rows that can't be read anew must not show through
    setBackgroundRole(area->viewport()->backgroundRole());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(8);
    column->addStretch(2);
    for (QLabel *label : {m_title, m_explanation}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    m_explanation->setForegroundRole(QPalette::PlaceholderText);
    m_title->setFont(titleFont(font()));
    column->addSpacing(8);
    m_step->setAutoDefault(false);
    column->addWidget(m_step, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_step, &QPushButton::clicked, this, [this] {
        if (const auto run = m_run) // a copy: what it does may say something else here
            run();
    });
    area->viewport()->installEventFilter(this);
    hide();
}

void EmptyState::say(const QString &title, const QString &explanation, const QString &step, std::function<void()> run)
{
    m_title->setText(title);
    m_explanation->setText(explanation);
    m_explanation->setVisible(!explanation.isEmpty());
    m_step->setText(step);
    m_step->setVisible(!step.isEmpty());
    m_run = std::move(run);
    setVisible(!title.isEmpty());
    setGeometry(parentWidget()->rect());
}

bool EmptyState::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace kith::views
