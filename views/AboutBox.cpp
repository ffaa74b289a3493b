// SPDX-License-Identifier: Apache-2.0
#include "AboutBox.h"

#include "Direction.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace kith::views {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(kith::views::AboutBox)
};

} // namespace

void showAbout(QWidget *window, const QString &core)
{
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, Texts::tr("About Kith"),
        Texts::tr("<h3>Kith %1</h3><p>Browse and administer identities, and see the source of "
                  "every right.</p><p>Core: %2</p>")
            .arg(QCoreApplication::applicationVersion().toHtmlEscaped(), isolated(core).toHtmlEscaped()),
        QMessageBox::Close, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace kith::views
