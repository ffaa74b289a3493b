// SPDX-License-Identifier: Apache-2.0
#include "CopyTargetDialog.h"

#include "Chip.h"
#include "DialogFoot.h"
#include "Direction.h"
#include "ErrorText.h"
#include "IsolatingDelegate.h"
#include "Look.h"
#include "PlainToolTip.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <map>

namespace kith::views {

static constexpr int IndexRole = Qt::UserRole; ///< Among the targets.

CopyTargetDialog::CopyTargetDialog(connection::Connection &source, std::vector<CopyTarget> targets, QWidget *parent)
    : QDialog(parent)
    , m_source(source)
    , m_targets(std::move(targets))
    , m_tree(new QTreeWidget(this))
    , m_note(new FieldNote(this))
    , m_file(new QPushButton(tr("A core in a &file …"), this))
{
    build();
    fill();
    showCurrent();
}

void CopyTargetDialog::build()
{
    setObjectName(QStringLiteral("copyTargetDialog"));
    setWindowTitle(tr("Copy to another core"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 22);
    auto *text = new QLabel(tr("Where shall the identities of %1 be copied to? You see what would be done before "
                               "anything is.")
                                .arg(shownName(m_source.name(), 60)),
                            this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    m_tree->setObjectName(QStringLiteral("copyTargets"));
    m_tree->setAccessibleName(tr("Where to copy to"));
    m_tree->setHeaderLabels({tr("Name"), tr("Where")});
    m_tree->setItemDelegate(new IsolatingDelegate(m_tree));
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_note->setObjectName(QStringLiteral("copyTargetNote"));
    m_file->setObjectName(QStringLiteral("copyToFile"));
    m_file->setAutoDefault(false);
    auto *tools = new QHBoxLayout;
    tools->addWidget(m_file);
    tools->addStretch(1);
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(8);
    rows->addWidget(text);
    rows->addWidget(m_tree, 1);
    rows->addLayout(tools);
    m_go = addFoot(*this, *rows, *m_note, tr("&Continue"), "copyTargetGo", [this] { go(); });
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &CopyTargetDialog::showCurrent);
    connect(m_tree, &QTreeWidget::itemActivated, this, &CopyTargetDialog::go);
    connect(m_file, &QPushButton::clicked, this, &CopyTargetDialog::askForFile);
}

void CopyTargetDialog::fill()
{
    std::map<QString, QTreeWidgetItem *> folders;
    for (std::size_t i = 0; i < m_targets.size(); ++i) {
        const CopyTarget &target = m_targets[i];
        QTreeWidgetItem *&folder = folders[target.folder];
        if (!folder)
            folder = target.folder.isEmpty() ? m_tree->invisibleRootItem()
                                             : new QTreeWidgetItem(m_tree, {visibleName(target.folder, 80)});
        auto *item = new QTreeWidgetItem(folder, {visibleName(target.name, 80), visibleSentence(target.location, 200)});
        item->setData(0, IndexRole, static_cast<int>(i));
        item->setToolTip(1, plainToolTip(target.location));
        if (!target.refusal.isEmpty())
            for (const int column : {0, 1}) {
                item->setForeground(column, palette().brush(QPalette::Disabled, QPalette::Text));
                item->setToolTip(column, target.refusal);
            }
    }
    m_tree->expandAll();
    for (QTreeWidgetItemIterator it(m_tree); *it && !m_tree->currentItem(); ++it)
        if ((*it)->data(0, IndexRole).isValid())
            m_tree->setCurrentItem(*it);
}

const CopyTarget *CopyTargetDialog::current() const
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    const QVariant index = item ? item->data(0, IndexRole) : QVariant();
    return index.isValid() ? &m_targets[index.toUInt()] : nullptr;
}

void CopyTargetDialog::showCurrent()
{
    const CopyTarget *target = current();
    m_go->setEnabled(target && target->refusal.isEmpty() && !m_opening);
    m_note->say(target ? target->refusal : QString(), Tone::Quiet);
}

void CopyTargetDialog::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose a core, or a name for a new one"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // it is copied into, not replaced
    dialog->setDefaultSuffix(QStringLiteral("kith"));
    dialog->setNameFilters({tr("Cores (*.kith)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &CopyTargetDialog::chooseFile);
    dialog->open();
}

void CopyTargetDialog::chooseFile(const QString &file)
{
    m_targets.push_back(targetIn(file));
    m_tree->clear();
    fill();
    for (QTreeWidgetItemIterator it(m_tree); *it; ++it)
        if ((*it)->data(0, IndexRole).toInt() == static_cast<int>(m_targets.size()) - 1 &&
            (*it)->data(0, IndexRole).isValid())
            m_tree->setCurrentItem(*it);
}

void CopyTargetDialog::go()
{
    const CopyTarget *target = current();
    if (!target || !m_go->isEnabled())
        return;
    m_note->say({});
    m_opening = true;
    m_go->setEnabled(false);
    target->open(this, [here = QPointer(this), target = *target, attempt = ++m_attempt](const auto &connection) {
        if (here && attempt == here->m_attempt)
            here->take(target, connection);
    });
    if (m_opening && findChild<SignInDialog *>()) { // who leaves that can go on here
        m_opening = false;
        m_go->setEnabled(true);
    }
}

void CopyTargetDialog::take(const CopyTarget &target, const Result<std::shared_ptr<connection::Connection>> &connection)
{
    ++m_attempt;
    m_opening = false;
    showCurrent();
    if (!connection)
        return m_note->say(errorText(connection.error()));
    if (const QString writer = (*connection)->otherWriter(); !writer.isEmpty())
        return m_note->say(
            tr("%1 is writing to this core: nothing can be copied there until it has ended.").arg(writer));
    Q_EMIT opened(target, *connection);
    accept();
}

} // namespace kith::views
