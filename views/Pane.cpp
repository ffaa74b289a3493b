// SPDX-License-Identifier: Apache-2.0
#include "Pane.h"

#include <QBoxLayout>

namespace kith::views {

Pane::Pane(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this)), m_head(new QHBoxLayout)
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_head->setContentsMargins(16, 8, 12, 8);
    m_head->setSpacing(12);
    m_column->addLayout(m_head);
}

QHBoxLayout &Pane::addToolRow()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 8);
    row->setSpacing(12);
    m_column->addLayout(row);
    return *row;
}

void Pane::addRow(QWidget *row)
{
    m_column->addWidget(row);
}

void Pane::setContent(QWidget *content)
{
    m_column->addWidget(content, 1);
}

} // namespace kith::views
