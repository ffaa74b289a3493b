// SPDX-License-Identifier: Apache-2.0
#include "SegmentedControl.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace kith::views {

static constexpr int Deeper = 145; ///< Percent.
static constexpr int Padding = 12; ///< At both sides of a text, which may be as long as "With subgroups 500,000".

SegmentedControl::SegmentedControl(QWidget *parent) : QWidget(parent), m_buttons(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_buttons->setExclusive(true);
    connect(m_buttons, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        paintChosen();
        if (checked)
            Q_EMIT currentChanged(id);
    });
}

void SegmentedControl::addSegment(const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setCheckable(true);
    button->setAutoDefault(false);
    const int id = static_cast<int>(m_buttons->buttons().size());
    m_buttons->addButton(button, id);
    layout()->addWidget(button);
    if (id == 0) {
        const QSignalBlocker blocker(m_buttons);
        button->setChecked(true);
        setFocusProxy(button);
    }
    paintChosen();
    giveRoom();
}

void SegmentedControl::setSegmentText(int index, const QString &text)
{
    if (auto *button = m_buttons->button(index))
        button->setText(text);
    giveRoom();
}

void SegmentedControl::giveRoom()
{
    for (QAbstractButton *button : m_buttons->buttons()) {
        const int text = button->fontMetrics().size(Qt::TextShowMnemonic, button->text()).width();
        button->setMinimumWidth(text + 2 * Padding);
    }
}

void SegmentedControl::paintChosen()
{
    for (QAbstractButton *button : m_buttons->buttons()) {
        // Styles that take a button's colours from the palette show the choice in the accent.
        QPalette colors = palette();
        if (button->isChecked()) {
            // Fusion draws a button lighter than it is told to: the text on it must stay readable.
            colors.setColor(QPalette::Button, colors.color(QPalette::Highlight).darker(Deeper));
            colors.setColor(QPalette::ButtonText, colors.color(QPalette::HighlightedText));
        }
        button->setPalette(colors);
    }
}

void SegmentedControl::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintChosen();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        giveRoom();
}

int SegmentedControl::current() const
{
    return m_buttons->checkedId();
}

void SegmentedControl::setCurrent(int index)
{
    if (auto *button = m_buttons->button(index))
        button->setChecked(true);
}

} // namespace kith::views
