// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

class QAbstractItemView;

namespace kith::views {

/// A field that filters what stands below it: Esc empties it first and leaves it then; Down and Enter go to what it
/// filters, onto the first of it where nothing is selected.
class FilterField : public QLineEdit
{
    Q_OBJECT
public:
    /// `filtered` gets the focus back, and outlives the field.
    FilterField(QAbstractItemView *filtered, QWidget *parent);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QAbstractItemView *m_filtered;
};

} // namespace kith::views
