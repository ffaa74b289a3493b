// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QGuiApplication>
#include <QString>

namespace kith::views {

/// Stands between the names of a chain, and points the way one reads.
inline QString chainArrow()
{
    // The marks keep names in Latin letters in the order of the others.
    static const QString leftwards = QChar(0x200f) + QStringLiteral(" ← ") + QChar(0x200f);
    return QGuiApplication::isRightToLeft() ? leftwards : QStringLiteral(" → ");
}

} // namespace kith::views
