// SPDX-License-Identifier: Apache-2.0
#include "MountMapping.h"

#include "Look.h"
#include "PlainToolTip.h"
#include "connection/Conversions.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

using connection::toQt;

static constexpr int MostLines = 5; ///< In sight at once.
static constexpr int LeastLetters = 20;
static constexpr int MostLetters = 1000; ///< Of a name in a tooltip.

MountMapping::MountMapping(QWidget *parent)
    : QGroupBox(tr("Where people log in: here, and there"), parent)
    , m_form(new QWidget)
    , m_rows(new QFormLayout(m_form))
{
    setObjectName(QStringLiteral("mountMapping"));
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setContentsMargins(0, 0, 0, 0);
    auto *area = new QScrollArea(this);
    area->setWidget(m_form);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *rows = new QVBoxLayout(this);
    rows->addWidget(area);
    hide();
}

void MountMapping::setMounts(const std::vector<connection::DocumentMount> &here,
                             const std::vector<connection::MountRow> &there)
{
    while (m_rows->rowCount() > 0)
        m_rows->removeRow(0);
    m_lines.clear();
    for (const connection::DocumentMount &mount : here) {
        const QString path = toQt(mount.path);
        QComboBox *choice = choiceFor(path, there);
        const auto known = std::find_if(there.begin(), there.end(), [&](const auto &row) { return row.path == path; });
        choice->setToolTip(known == there.end() ? tr("There is none of that name there: it would be enabled.")
                                                : tr("There is one of that name there."));
        const QString type =
            mount.type.empty() ? QString() : tr("%1 (%2)", "a mount and its type").arg(path, toQt(mount.type));
        auto *label = new QLabel(
            tr("%1, %Ln alias(es)", "of a mount", mount.aliases).arg(visibleName(type.isEmpty() ? path : type, 60)),
            m_form);
        label->setTextFormat(Qt::PlainText);
        label->setBuddy(choice);
        m_rows->addRow(label, choice);
        m_lines.push_back({mount.path, choice});
        connect(choice, &QComboBox::currentTextChanged, this, &MountMapping::changed);
    }
    const int lines = std::min(static_cast<int>(m_lines.size()), MostLines);
    if (lines > 0)
        findChild<QScrollArea *>()->setFixedHeight(lines *
                                                   (m_lines.front().choice->sizeHint().height() + m_rows->spacing()));
    setVisible(lines > 0);
}

/// What is chosen is typed, so its items are whole names: the list shortens them.
QComboBox *MountMapping::choiceFor(const QString &path, const std::vector<connection::MountRow> &there)
{
    auto *choice = new QComboBox(m_form);
    choice->setObjectName(QStringLiteral("mountThere"));
    choice->setEditable(true);
    choice->setInsertPolicy(QComboBox::NoInsert);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // names can be long
    choice->setMinimumContentsLength(LeastLetters);
    choice->view()->setTextElideMode(Qt::ElideMiddle); // names of one server begin alike
    choice->setAccessibleName(tr("The mount there for %1").arg(path));
    choice->addItem(path);
    for (const connection::MountRow &row : there)
        if (row.path != path && row.type != QLatin1String("token"))
            choice->addItem(row.path);
    for (int i = 0; i < choice->count(); ++i)
        choice->setItemData(i, plainToolTip(visibleName(choice->itemText(i), MostLetters)), Qt::ToolTipRole);
    return choice;
}

connection::MountNames MountMapping::names() const
{
    connection::MountNames names;
    for (const Line &line : m_lines) {
        std::string wanted = connection::toStd(line.choice->currentText().trimmed());
        while (wanted.ends_with('/'))
            wanted.pop_back();
        if (!wanted.empty() && wanted != line.path)
            names.emplace_back(line.path, std::move(wanted));
    }
    return names;
}

} // namespace kith::views
