// SPDX-License-Identifier: Apache-2.0
#include "IsolatingDelegate.h"

#include "Direction.h"

namespace kith::views {

QString IsolatingDelegate::displayText(const QVariant &value, const QLocale &locale) const
{
    return isolated(QStyledItemDelegate::displayText(value, locale));
}

} // namespace kith::views
