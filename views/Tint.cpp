// SPDX-License-Identifier: Apache-2.0
#include "Tint.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

namespace kith::views {

namespace {

/// Belongs to the widget that it tints.
class Tint : public QObject
{
public:
    Tint(QWidget &widget, QPalette::ColorRole role, Tone tone)
        : QObject(&widget), m_widget(widget), m_role(role), m_tone(tone)
    {
        widget.installEventFilter(this);
        apply();
    }

    QPalette::ColorRole role() const { return m_role; }

    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (object == &m_widget && event->type() == QEvent::PaletteChange)
            apply();
        return false;
    }

private:
    /// Only what is another colour is set: that itself is a change of the palette.
    void apply()
    {
        const QWidget *above = m_widget.parentWidget(); // which has the plain colours
        QPalette palette = m_widget.palette();
        const QColor color = toneColor(above ? above->palette() : QApplication::palette(), m_tone);
        if (palette.color(m_role) == color)
            return;
        palette.setColor(m_role, color);
        m_widget.setPalette(palette);
    }

    QWidget &m_widget;
    const QPalette::ColorRole m_role;
    const Tone m_tone;
};

} // namespace

void setTone(QWidget &widget, QPalette::ColorRole role, Tone tone)
{
    for (QObject *child : QObjectList(widget.children()))
        if (const auto *old = dynamic_cast<Tint *>(child); old && old->role() == role)
            delete old;
    new Tint(widget, role, tone);
}

} // namespace kith::views
