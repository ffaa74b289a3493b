// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>

namespace kith::views {

/// A round patch of the colour of a connection, sharp on every screen. An invalid colour: nothing, as wide.
QIcon colourPatch(const QColor &color);

} // namespace kith::views
