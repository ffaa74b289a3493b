// SPDX-License-Identifier: Apache-2.0
#include "TextPage.h"

#include <QGridLayout>

namespace kith::views {

static constexpr int LineLength = 100; ///< In average characters.

TextPage::TextPage(QWidget *parent) : QWidget(parent), m_column(new QWidget(this)), m_rows(new QVBoxLayout(m_column))
{
    m_column->setMaximumWidth(fontMetrics().averageCharWidth() * LineLength);
    m_rows->setSpacing(12);
    auto *outer = new QGridLayout(this);
    outer->setContentsMargins(24, 24, 24, 24);
    outer->setColumnStretch(0, 1);
    outer->setColumnStretch(1, 8);
    outer->setColumnStretch(2, 1);
    outer->setRowStretch(0, 2);
    outer->addWidget(m_column, 1, 1);
    outer->setRowStretch(2, 3);
}

} // namespace kith::views
