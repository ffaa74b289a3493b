// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace kith::views {

/// Draws names each kept to itself (isolated()). The model has them as they are written: what one types on a row, and
/// what a screen reader says, is compared with that.
class IsolatingDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QString displayText(const QVariant &value, const QLocale &locale) const override;
};

} // namespace kith::views
