// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

class QAbstractItemView;

namespace kith::views {

/// A field that filters what stands below it: Esc empties it first and leaves it then; Down and Enter go to what it
/// filters, onto the first of it where nothing is selected. They wait for what the text asks for: what stands there
/// until then is the answer to another.
class FilterField : public QLineEdit
{
    Q_OBJECT
public:
    /// `filtered` has its model already, gets the focus back, and outlives the field.
    FilterField(QAbstractItemView *filtered, QWidget *parent);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool isAnswered() const;
    void enter();

    QAbstractItemView *m_filtered;
    bool m_enters = false; ///< As soon as the answer is there.
};

} // namespace kith::views
