// SPDX-License-Identifier: Apache-2.0
#pragma once

class QLineEdit;

namespace kith::views {

/// The button in a field that empties it. Qt's own picture is for coarse screens only: this one is drawn.
void addClearButton(QLineEdit &field);

} // namespace kith::views
