// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/MimeData.h"

namespace kith::views {

/// "Chiara Lombardi", "3 people", "2 groups", "5 objects"; names as they may be shown in a sentence.
QString subjectText(const items::CarriedObjects &objects);

/// Drags them until they are let go. Rows are never removed here (QAbstractItemView::startDrag would, after a move):
/// they follow when the change was made.
void dragObjects(QWidget &source, items::CarriedObjects objects);

} // namespace kith::views
