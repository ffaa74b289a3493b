// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Look.h"

class QWidget;

namespace kith::views {

/// Draws a part of a widget, such as its text, in a tone, and anew when light becomes dark. The last tone counts.
void setTone(QWidget &widget, QPalette::ColorRole role, Tone tone);

} // namespace kith::views
