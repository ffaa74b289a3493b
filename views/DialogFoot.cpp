// SPDX-License-Identifier: Apache-2.0
#include "DialogFoot.h"

#include "Chip.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

QPushButton *addFoot(QDialog &dialog, QVBoxLayout &rows, const QString &text, const char *name,
                     std::function<void()> go)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, &dialog);
    QPushButton *button = buttons->addButton(text, QDialogButtonBox::AcceptRole);
    button->setObjectName(QString::fromLatin1(name));
    button->setDefault(true);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, std::move(go));
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    rows.addWidget(buttons);
    return button;
}

QPushButton *addFoot(QDialog &dialog, QVBoxLayout &rows, FieldNote &note, const QString &text, const char *name,
                     std::function<void()> go)
{
    rows.addWidget(&note);
    rows.addStretch();
    return addFoot(dialog, rows, text, name, std::move(go));
}

void nameFields(const QFormLayout &form)
{
    for (int row = 0; row < form.rowCount(); ++row) {
        const QLayoutItem *item = form.itemAt(row, QFormLayout::LabelRole);
        const auto *label = item ? qobject_cast<const QLabel *>(item->widget()) : nullptr;
        QWidget *field = label && label->buddy() ? label->buddy()->focusProxy() : nullptr;
        if (!field || !field->accessibleName().isEmpty())
            continue;
        QString name = label->text().remove(QLatin1Char('&'));
        if (name.endsWith(QLatin1Char(':')))
            name.chop(1);
        field->setAccessibleName(name);
    }
}

} // namespace kith::views
