// SPDX-License-Identifier: Apache-2.0
#include "NameRow.h"

#include "Chip.h"
#include "ElidedLabel.h"

#include <algorithm>

namespace kith::views {

NameRow::NameRow(ElidedLabel *name, Chip *chip) : m_name(name), m_chip(chip)
{
    addWidget(name);
    addWidget(chip);
}

/// What the others leave to the name and the chip.
int NameRow::roomFor(const QRect &rect) const
{
    int room = rect.marginsRemoved(contentsMargins()).width();
    int shown = 0;
    for (int i = 0; i < count(); ++i) {
        QLayoutItem *item = itemAt(i);
        if (!item->widget() || item->isEmpty())
            continue;
        ++shown;
        if (item->widget() != m_name && item->widget() != m_chip)
            room -= item->sizeHint().width();
    }
    return room - std::max(0, shown - 1) * spacing();
}

void NameRow::setGeometry(const QRect &rect)
{
    const int left = roomFor(rect) - (m_name->isHidden() ? 0 : m_name->sizeHint().width());
    m_chip->setMaximumWidth(std::max(left, m_chip->minimumSizeHint().width()));
    QHBoxLayout::setGeometry(rect);
}

} // namespace kith::views
