// SPDX-License-Identifier: Apache-2.0
#include "ConflictDialog.h"

#include "Chip.h"
#include "PlainToolTip.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace kith::views {

enum Column { FieldColumn, WasColumn, TheirsColumn, MineColumn, Columns };

static constexpr int RowsAtOnce = 12;

static QTableWidgetItem *cell(const std::optional<QString> &value)
{
    auto *item = new QTableWidgetItem(value ? shownName(*value, 400) : ConflictDialog::tr("–", "it isn't there"));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(value ? plainToolTip(*value) : ConflictDialog::tr("It isn’t there."));
    return item;
}

ConflictDialog::ConflictDialog(Conflict conflict, QWidget *parent)
    : QDialog(parent), m_conflict(std::move(conflict)), m_table(buildTable())
{
    setObjectName(QStringLiteral("conflictDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Changed by somebody else meanwhile"));
    auto *what = new QLabel(m_conflict.text + QLatin1Char(' ') +
                                tr("Nothing is written yet: choose in each row which version is to be kept."),
                            this);
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *write = buttons->addButton(tr("&Write what is chosen"), QDialogButtonBox::AcceptRole);
    write->setObjectName(QStringLiteral("writeChosen"));
    write->setDefault(true);
    QPushButton *leave = buttons->addButton(tr("Keep &theirs"), QDialogButtonBox::DestructiveRole);
    leave->setObjectName(QStringLiteral("keepTheirs"));
    leave->setToolTip(tr("Nothing of yours is written."));
    auto *allTheirs = buttons->addButton(tr("All the&irs"), QDialogButtonBox::ActionRole);
    auto *allMine = buttons->addButton(tr("All &mine"), QDialogButtonBox::ActionRole);
    allMine->setObjectName(QStringLiteral("allMine"));
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(12);
    rows->addWidget(what);
    rows->addWidget(m_table, 1);
    rows->addWidget(buttons);
    connect(allTheirs, &QPushButton::clicked, this, [this] { chooseAll(Version::Theirs); });
    connect(allMine, &QPushButton::clicked, this, [this] { chooseAll(Version::Mine); });
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        accept();
        m_conflict.settle(m_versions);
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(leave, &QPushButton::clicked, this, [this] {
        reject();
        m_conflict.leave();
    });
    const int height = m_table->horizontalHeader()->sizeHint().height() +
                       m_table->verticalHeader()->minimumSectionSize() * std::min(RowsAtOnce, m_table->rowCount() + 1);
    m_table->setMinimumHeight(height + 4);
    resize(fontMetrics().averageCharWidth() * 110, sizeHint().height());
    m_table->setFocus();
}

QTableWidget *ConflictDialog::buildTable()
{
    auto *table = new QTableWidget(static_cast<int>(m_conflict.fields.size()), Columns, this);
    table->setObjectName(QStringLiteral("conflictTable"));
    table->setAccessibleName(tr("The versions"));
    table->setHorizontalHeaderLabels({tr("What"), tr("It was"), tr("They wrote"), tr("You write")});
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 12);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents); // as its columns get wider
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    table->setWordWrap(true);
    for (int row = 0; row < table->rowCount(); ++row) {
        const ConflictField &field = m_conflict.fields[static_cast<std::size_t>(row)];
        auto *what = cell(field.label);
        if (field.bothChanged())
            what->setText(tr("%1 (changed by both)").arg(what->text()));
        table->setItem(row, FieldColumn, what);
        table->setItem(row, WasColumn, cell(field.was));
        table->setItem(row, TheirsColumn, cell(field.theirs));
        table->setItem(row, MineColumn, cell(field.mine));
        for (const int column : {TheirsColumn, MineColumn})
            table->item(row, column)->setFlags(table->item(row, column)->flags() | Qt::ItemIsUserCheckable);
        m_versions.push_back(likely(field));
    }
    m_table = table;
    for (int row = 0; row < table->rowCount(); ++row)
        choose(row, m_versions[static_cast<std::size_t>(row)]);
    table->setCurrentCell(0, m_versions.empty() || m_versions.front() == Version::Mine ? MineColumn : TheirsColumn);
    connect(table, &QTableWidget::itemChanged, this, [this](const QTableWidgetItem *item) {
        if (item->column() != TheirsColumn && item->column() != MineColumn)
            return;
        // Of the two one is always chosen: to take the mark from one gives it to the other.
        const bool mine = (item->column() == MineColumn) == (item->checkState() == Qt::Checked);
        choose(item->row(), mine ? Version::Mine : Version::Theirs);
    });
    return table;
}

void ConflictDialog::choose(int row, Version version)
{
    const QSignalBlocker quiet(m_table);
    m_versions[static_cast<std::size_t>(row)] = version;
    for (const auto &[column, of] : {std::pair(TheirsColumn, Version::Theirs), std::pair(MineColumn, Version::Mine)}) {
        QTableWidgetItem *item = m_table->item(row, column);
        item->setCheckState(of == version ? Qt::Checked : Qt::Unchecked);
        QFont weight = item->font();
        weight.setBold(of == version);
        item->setFont(weight);
    }
    m_table->viewport()->update();
}

void ConflictDialog::chooseAll(Version version)
{
    for (int row = 0; row < m_table->rowCount(); ++row)
        choose(row, version);
}

} // namespace kith::views
