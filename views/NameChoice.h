// SPDX-License-Identifier: Apache-2.0
// Names in a box that one is chosen from. Its list is as wide as the widest of them: nobody shall make one that leaves
// the screen.
#pragma once

#include <QString>

class QComboBox;
class QVariant;

namespace kith::views {

/// Shortened in its middle where it is long; whole as the tooltip, and for screen readers.
void addNameChoice(QComboBox &box, const QString &name, const QVariant &data);

/// As it was added, whole.
QString nameOfChoice(const QComboBox &box, int index);

} // namespace kith::views
