// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/MimeData.h"

class QAbstractItemView;

namespace kith::views {

/// "Chiara Lombardi", "3 people", "2 groups", "5 objects"; names as they may be shown in a sentence.
QString subjectText(const items::CarriedObjects &objects);

/// The selected rows of a view on one of our models, as its mimeData() packs them.
items::CarriedObjects selectedObjects(const QAbstractItemView &view);

/// Drags them until they are let go. Rows are never removed here (QAbstractItemView::startDrag would, after a move):
/// they follow when the change was made.
void dragObjects(QWidget &source, const items::CarriedObjects &objects);

} // namespace kith::views
