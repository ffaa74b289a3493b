// SPDX-License-Identifier: Apache-2.0
#include "NameChoice.h"

#include "Look.h"
#include "PlainToolTip.h"

#include <QComboBox>

namespace kith::views {

static constexpr int MostLetters = 48;

void addNameChoice(QComboBox &box, const QString &name, const QVariant &data)
{
    const QFontMetrics metrics = box.fontMetrics();
    const QString whole = visibleName(name);
    const QString shown = metrics.elidedText(whole, Qt::ElideMiddle, MostLetters * metrics.averageCharWidth());
    box.addItem(shown, data);
    const int index = box.count() - 1;
    box.setItemData(index, name, Qt::AccessibleTextRole);
    if (shown != whole)
        box.setItemData(index, plainToolTip(whole), Qt::ToolTipRole);
}

QString nameOfChoice(const QComboBox &box, int index)
{
    return box.itemData(index, Qt::AccessibleTextRole).toString();
}

} // namespace kith::views
