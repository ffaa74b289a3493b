// SPDX-License-Identifier: Apache-2.0
#include "PolicyOverview.h"

#include "InspectorMessage.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

using items::PolicyKinds;

PolicyOverview::PolicyOverview(QWidget *parent) : QWidget(parent), m_message(new InspectorMessage(this))
{
    setObjectName(QStringLiteral("policyOverview"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(16, 8, 12, 8); // as the policy that comes here
    rows->setSpacing(16);
    rows->addWidget(m_message);
    m_undefined = addLine("showUndefined", PolicyKinds::Undefined);
    m_unused = addLine("showUnused", PolicyKinds::Unused);
    m_undefined.show->setAccessibleName(tr("Show the policies that nobody has written"));
    m_unused.show->setAccessibleName(tr("Show the policies that nobody carries"));
    rows->addStretch(1);
    setCounts(0, 0, 0);
}

PolicyOverview::Line PolicyOverview::addLine(const char *name, PolicyKinds kinds)
{
    auto *row = new QWidget(this);
    const Line line{row, new QLabel(row), new QPushButton(tr("Show"), row)};
    line.text->setTextFormat(Qt::PlainText);
    line.text->setWordWrap(true);
    line.show->setObjectName(QString::fromLatin1(name));
    line.show->setAutoDefault(false);
    auto *parts = new QHBoxLayout(row);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(12);
    parts->addWidget(line.text, 1);
    parts->addWidget(line.show, 0, Qt::AlignTop);
    layout()->addWidget(row);
    connect(line.show, &QPushButton::clicked, this, [this, kinds] { Q_EMIT kindsWanted(kinds); });
    return line;
}

void PolicyOverview::setCounts(int all, int undefined, int unused)
{
    if (all == 0) // the table says what they are for
        m_message->say(tr("No policy is chosen"), {});
    else
        m_message->say(tr("No policy is chosen"),
                       tr("Choose one to read and change it, to see what each of its rules means, and who has it."));
    m_undefined.text->setText(tr("%Ln policies are carried by people or groups, but nobody has written them: they "
                                 "grant nothing.",
                                 nullptr, undefined));
    m_unused.text->setText(tr("%Ln policies are carried by nobody.", nullptr, unused));
    m_undefined.show->setAccessibleDescription(m_undefined.text->text());
    m_unused.show->setAccessibleDescription(m_unused.text->text());
    m_undefined.row->setVisible(undefined > 0);
    m_unused.row->setVisible(unused > 0);
}

} // namespace kith::views
