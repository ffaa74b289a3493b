// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace kith::views {

/// A band along the top of the window in the connection's colour, which says that this is production. Hidden for all
/// other connections.
class ProductionBand : public QLabel
{
    Q_OBJECT
public:
    explicit ProductionBand(QWidget *parent = nullptr);

    void setMark(const QColor &colour, bool production);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QColor m_colour;
};

} // namespace kith::views
