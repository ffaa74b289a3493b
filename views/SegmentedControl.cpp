// SPDX-License-Identifier: Apache-2.0
#include "SegmentedControl.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace kith::views {

SegmentedControl::SegmentedControl(QWidget *parent) : QWidget(parent), m_buttons(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_buttons->setExclusive(true);
    connect(m_buttons, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
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
}

void SegmentedControl::setSegmentText(int index, const QString &text)
{
    if (auto *button = m_buttons->button(index))
        button->setText(text);
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
