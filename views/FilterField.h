// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

namespace kith::views {

/// A field that filters what stands below it: Esc empties it first and leaves it then, Down goes to what it filters.
class FilterField : public QLineEdit
{
    Q_OBJECT
public:
    /// `filtered` gets the focus back.
    FilterField(QWidget *filtered, QWidget *parent);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *m_filtered;
};

} // namespace kith::views
