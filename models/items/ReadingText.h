// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QVariant>

namespace kith::items {

/// Qt::AccessibleTextRole of a row: what it says as long as its values aren't here, where others see a placeholder.
/// Then nothing, so that its text counts.
QVariant accessibleText(bool isHere);

} // namespace kith::items
