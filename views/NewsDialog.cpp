// SPDX-License-Identifier: Apache-2.0
#include "NewsDialog.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace kith::views {

QString NewsDialog::news(const QLocale &locale)
{
    QStringList languages = locale.uiLanguages();
    languages.push_back(QStringLiteral("en"));
    for (const QString &language : languages) {
        QFile file(QStringLiteral(":/news/%1.md").arg(language.section(QLatin1Char('-'), 0, 0)));
        if (file.open(QIODevice::ReadOnly))
            return QString::fromUtf8(file.readAll());
    }
    return {};
}

NewsDialog::NewsDialog(QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("newsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("What’s new"));
    resize(fontMetrics().averageCharWidth() * 76, fontMetrics().height() * 30);
    auto *text = new QTextBrowser(this);
    text->setObjectName(QStringLiteral("newsText"));
    text->setAccessibleName(windowTitle());
    text->setMarkdown(news(locale()));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *rows = new QVBoxLayout(this);
    rows->addWidget(text, 1);
    rows->addWidget(buttons);
}

} // namespace kith::views
