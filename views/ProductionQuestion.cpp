// SPDX-License-Identifier: Apache-2.0
#include "ProductionQuestion.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace kith::views {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(kith::views::ProductionQuestion)
};

} // namespace

void askForProduction(QWidget *window, const QString &name, const QString &what, std::function<void(bool)> answer)
{
    auto *box = new QMessageBox(window);
    box->setObjectName(QStringLiteral("productionQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(Texts::tr("Change production?"));
    box->setTextFormat(Qt::PlainText);
    box->setText(what);
    box->setInformativeText(Texts::tr("This is production: %1.").arg(name));
    QPushButton *change = box->addButton(Texts::tr("Change production"), QMessageBox::AcceptRole);
    change->setObjectName(QStringLiteral("changeProductionButton"));
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    QObject::connect(box, &QMessageBox::finished, box,
                     [box, change, answer = std::move(answer)] { answer(box->clickedButton() == change); });
    box->open();
}

} // namespace kith::views
