// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIconEngine>
#include <QPixmap>

namespace kith::views {

/// A picture that paint() draws anew in each size. GUI thread.
class DrawnIconEngine : public QIconEngine
{
public:
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
};

} // namespace kith::views
