// SPDX-License-Identifier: Apache-2.0
#include "FailuresDialog.h"

#include "IsolatingDelegate.h"
#include "PlainToolTip.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

FailuresDialog::FailuresDialog(PartlyDone done, QWidget *parent) : QDialog(parent), m_done(std::move(done))
{
    setObjectName(QStringLiteral("failuresDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("What could not be done"));
    auto *what = new QLabel(m_done.summary() + QLatin1Char(':'), this);
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    auto *list = new QTreeWidget(this);
    list->setObjectName(QStringLiteral("failuresList"));
    list->setAccessibleName(tr("What could not be changed"));
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setItemDelegate(new IsolatingDelegate(list));
    list->setHeaderLabels({tr("Name"), tr("Reason")});
    for (const Failure &failure : m_done.failures) {
        auto *row = new QTreeWidgetItem(list, {failure.what, failure.why});
        row->setToolTip(1, plainToolTip(failure.why));
        row->setSizeHint(0, {0, list->fontMetrics().height() + 10});
    }
    list->resizeColumnToContents(0);
    list->setColumnWidth(0, std::clamp(list->columnWidth(0), list->fontMetrics().averageCharWidth() * 24,
                                       list->fontMetrics().averageCharWidth() * 44));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copyButton = buttons->addButton(tr("&Copy the list"), QDialogButtonBox::ActionRole);
    auto *again = buttons->addButton(tr("&Try these again"), QDialogButtonBox::ActionRole);
    again->setObjectName(QStringLiteral("tryAgain"));
    again->setDefault(true);
    again->setVisible(bool(m_done.retry));
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(12);
    rows->addWidget(what);
    rows->addWidget(list, 1);
    rows->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copyButton, &QPushButton::clicked, this, &FailuresDialog::copy);
    connect(again, &QPushButton::clicked, this, [this] {
        accept();
        m_done.retry();
    });
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 20);
    list->setFocus();
}

void FailuresDialog::copy() const
{
    QStringList lines;
    for (const Failure &failure : m_done.failures)
        lines += failure.what + QLatin1Char('\t') + failure.why;
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace kith::views
