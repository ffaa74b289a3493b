// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QButtonGroup;

namespace kith::views {

/// Two or three ways of looking at the same thing, of which one is chosen ("By policy | By source"). Buttons of the
/// platform in a row; reached with Tab, changed with the arrow keys.
class SegmentedControl : public QWidget
{
    Q_OBJECT
public:
    explicit SegmentedControl(QWidget *parent = nullptr);

    void addSegment(const QString &text);
    void setSegmentText(int index, const QString &text);
    int current() const;
    void setCurrent(int index); ///< Says so with currentChanged, if it is another.

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintChosen();
    void giveRoom();

    QButtonGroup *m_buttons;
};

} // namespace kith::views
