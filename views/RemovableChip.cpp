// SPDX-License-Identifier: Apache-2.0
#include "RemovableChip.h"

#include "Chip.h"
#include "PlainToolTip.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace kith::views {

RemovableChip::RemovableChip(const QString &text, ElidedLabel::Kind kind, const QFont &font, QWidget *parent)
    : RoundedFrame(parent), m_row(new QHBoxLayout(this)), m_text(new ElidedLabel(this)), m_remove(new QToolButton(this))
{
    m_row->setContentsMargins(isRightToLeft() ? QMargins(1, 1, 8, 1) : QMargins(8, 1, 1, 1));
    m_row->setSpacing(4);
    m_text->setFont(quietFont(font));
    m_text->setWhole(text, kind);
    m_remove->setText(QStringLiteral("✕"));
    m_remove->setAutoRaise(true);
    m_remove->setFont(quietFont(this->font()));
    m_row->addWidget(m_text);
    m_row->addWidget(m_remove);
    connect(m_remove, &QToolButton::clicked, this, &RemovableChip::removeClicked);
}

void RemovableChip::addMark(const QString &text, Tone tone, const QString &toolTip)
{
    auto *mark = new Chip(tone, this);
    mark->setText(text);
    mark->setToolTip(toolTip);
    m_row->insertWidget(m_row->count() - 1, mark);
}

void RemovableChip::setRemovable(const QString &name, const QString &refusal)
{
    m_remove->setAccessibleName(name);
    m_remove->setToolTip(refusal.isEmpty() ? plainToolTip(name) : refusal);
    m_remove->setEnabled(refusal.isEmpty());
}

} // namespace kith::views
