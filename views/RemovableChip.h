// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ElidedLabel.h"
#include "Look.h"
#include "RoundedFrame.h"

class QHBoxLayout;
class QToolButton;

namespace kith::views {

/// A word in a frame with a button that takes it away.
class RemovableChip : public RoundedFrame
{
    Q_OBJECT
public:
    RemovableChip(const QString &text, ElidedLabel::Kind kind, const QFont &font, QWidget *parent);

    /// A further word behind the text, with what it means.
    void addMark(const QString &text, Tone tone, const QString &toolTip);
    void setRemovable(const QString &name, const QString &refusal = {}); ///< What the button does; why it can't.
    QToolButton &button() { return *m_remove; }

Q_SIGNALS:
    void removeClicked();

private:
    QHBoxLayout *m_row;
    ElidedLabel *m_text;
    QToolButton *m_remove;
};

} // namespace kith::views
