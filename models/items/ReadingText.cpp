// SPDX-License-Identifier: Apache-2.0
#include "items/ReadingText.h"

#include <QCoreApplication>

namespace kith::items {

QVariant accessibleText(bool isHere)
{
    return isHere ? QVariant() : QCoreApplication::translate("kith::items::Rows", "Reading …");
}

} // namespace kith::items
