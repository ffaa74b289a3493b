// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace kith::views {

/// A thin line between parts of the window; it takes no keys and no mouse.
class Line : public QWidget
{
    Q_OBJECT
public:
    explicit Line(Qt::Orientation orientation, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace kith::views
