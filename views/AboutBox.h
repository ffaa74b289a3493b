// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QWidget;

namespace kith::views {

/// Says what this program is, which version, and which core it is on. Doesn't wait until it is closed.
void showAbout(QWidget *window, const QString &core);

} // namespace kith::views
