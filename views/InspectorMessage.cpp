// SPDX-License-Identifier: Apache-2.0
#include "InspectorMessage.h"

#include "Look.h"
#include "Tint.h"

#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>

namespace kith::views {

InspectorMessage::InspectorMessage(QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_text(new QLabel(this)), m_busy(new QProgressBar(this))
{
    m_title->setObjectName(QStringLiteral("inspectorMessageTitle"));
    m_title->setFont(titleFont(font()));
    m_text->setObjectName(QStringLiteral("inspectorMessage"));
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    setTone(*m_text, QPalette::WindowText, Tone::Quiet);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumHeight(6);
    m_busy->hide();
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(m_title);
    rows->addWidget(m_busy);
    rows->addWidget(m_text);
    rows->addStretch();
}

void InspectorMessage::say(const QString &title, const QString &text)
{
    m_busy->hide();
    m_title->setText(title);
    m_text->setText(text);
}

void InspectorMessage::sayLoading()
{
    say(tr("Loading …"), {});
    m_busy->show();
}

} // namespace kith::views
