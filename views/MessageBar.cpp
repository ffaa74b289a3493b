// SPDX-License-Identifier: Apache-2.0
#include "MessageBar.h"

#include "ElidedLabel.h"
#include "Look.h"
#include "Tint.h"
#include "WorkBar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include <chrono>

namespace kith::views {

namespace {

/// Long enough to read a sentence twice and to reach for Undo (which stays in the menu anyway).
constexpr std::chrono::seconds MessageStays(20);

QString markOf(Message::Kind kind)
{
    switch (kind) {
    case Message::Kind::Done:
        return QStringLiteral("✓");
    case Message::Kind::Problem:
        return QStringLiteral("⚠");
    case Message::Kind::Note:
    case Message::Kind::Waiting:
        return {};
    }
    return {};
}

Tone toneOf(Message::Kind kind)
{
    switch (kind) {
    case Message::Kind::Done:
        return Tone::Good;
    case Message::Kind::Problem:
        return Tone::Bad;
    case Message::Kind::Note:
    case Message::Kind::Waiting:
        return Tone::Plain;
    }
    return Tone::Plain;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_mark(new QLabel(this))
    , m_text(new ElidedLabel(this))
    , m_actions(new QHBoxLayout)
    , m_work(new WorkBar(this))
    , m_selection(new QLabel(this))
    , m_state(new QLabel(this))
    , m_fade(new QTimer(this))
{
    setObjectName(QStringLiteral("messageBar"));
    setAccessibleName(tr("Messages"));
    m_text->setObjectName(QStringLiteral("messageText"));
    m_selection->setObjectName(QStringLiteral("messageSelection"));
    m_state->setObjectName(QStringLiteral("messageState"));
    for (QLabel *label : {m_selection, m_state})
        label->setTextFormat(Qt::PlainText);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    row->addWidget(m_mark);
    row->addWidget(m_text);
    m_actions->setSpacing(4);
    row->addLayout(m_actions);
    row->addStretch(1);
    row->addSpacing(16);
    row->addWidget(m_work);
    row->addSpacing(8);
    row->addWidget(m_selection);
    row->addSpacing(8);
    row->addWidget(m_state);
    setMinimumHeight(fontMetrics().height() + 20);

    m_fade->setSingleShot(true);
    connect(m_fade, &QTimer::timeout, this, &MessageBar::clear);
    clear();
}

void MessageBar::say(Message message)
{
    clear();
    m_text->setWhole(message.text, ElidedLabel::Kind::Sentence);
    m_mark->setText(markOf(message.kind));
    m_mark->setVisible(!m_mark->text().isEmpty());
    setTone(*m_mark, QPalette::WindowText, toneOf(message.kind));
    setTone(*m_text, QPalette::WindowText, toneOf(message.kind));
    m_offers = !message.actions.empty();
    for (Message::Action &action : message.actions) {
        auto *button = new QPushButton(action.text, this);
        button->setObjectName(QStringLiteral("messageAction"));
        button->setAutoDefault(false);
        button->setFlat(true);
        setTone(*button, QPalette::ButtonText, Tone::Accent);
        connect(button, &QPushButton::clicked, this, [this, run = std::move(action.run)] {
            clear();
            run();
        });
        m_actions->addWidget(button);
    }
    if (message.kind == Message::Kind::Problem) {
        auto *close = new QToolButton(this);
        close->setText(QStringLiteral("✕"));
        close->setAutoRaise(true);
        close->setAccessibleName(tr("Close the message"));
        close->setToolTip(close->accessibleName());
        connect(close, &QToolButton::clicked, this, &MessageBar::clear);
        m_actions->addWidget(close);
    } else if (message.kind != Message::Kind::Waiting) {
        m_fade->start(MessageStays);
    }
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::sayAside(Message message)
{
    if (!m_offers)
        say(std::move(message));
}

void MessageBar::clear()
{
    m_offers = false;
    m_fade->stop();
    m_mark->clear();
    m_mark->hide();
    m_text->setWhole({});
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void MessageBar::setSelection(const QString &text)
{
    m_selection->setText(text);
}

void MessageBar::setState(const QString &text, const QString &toolTip)
{
    m_state->setText(text);
    m_state->setToolTip(toolTip);
}

} // namespace kith::views
