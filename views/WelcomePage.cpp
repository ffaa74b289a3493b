// SPDX-License-Identifier: Apache-2.0
#include "WelcomePage.h"

#include "Direction.h"
#include "ElidedLabel.h"
#include "Look.h"
#include "Tint.h"

#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

namespace {

constexpr int ButtonPadding = 12; ///< Beside the words: the style leaves none beside the longest.

QLabel *paragraph(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    return label;
}

QPushButton *way(QGridLayout *ways, const QString &name, const QString &text, const QString &explanation)
{
    auto *page = ways->parentWidget();
    auto *button = new QPushButton(text, page);
    button->setObjectName(name);
    button->setAccessibleDescription(explanation);
    button->setMinimumHeight(button->fontMetrics().height() + 20);
    button->setMinimumWidth(button->sizeHint().width() + 2 * ButtonPadding);
    auto *label = paragraph(explanation, page);
    setTone(*label, QPalette::WindowText, Tone::Quiet);
    label->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    const int row = ways->rowCount();
    ways->addWidget(button, row, 0);
    ways->addWidget(label, row, 1);
    return button;
}

} // namespace

WelcomePage::WelcomePage(const QString &coreFile, QWidget *parent) : TextPage(parent)
{
    setObjectName(QStringLiteral("welcomePage"));
    auto *title = new QLabel(tr("Who is there, and why may they do that?"), column());
    QFont font = titleFont(this->font());
    font.setPointSizeF(this->font().pointSizeF() * 1.8);
    title->setFont(font);
    title->setWordWrap(true);
    rows().addWidget(title);
    rows().addWidget(
        paragraph(tr("Kith shows the people and machines of an organisation, the names under which they log "
                     "in, the groups that they belong to, and every policy that they have with every way "
                     "in which they have it. Drag people onto a group and see, before you let go, what "
                     "that would give them. Everything can be undone."),
                  column()));
    rows().addSpacing(12);

    auto *ways = new QGridLayout;
    ways->setHorizontalSpacing(16);
    ways->setVerticalSpacing(12);
    ways->setColumnStretch(1, 1);
    rows().addLayout(ways);
    auto *sample = way(ways, QStringLiteral("sampleButton"), tr("Look around with a &sample"),
                       tr("An invented organisation of 150 people in 40 groups, to try everything on."));
    auto *import = way(ways, QStringLiteral("importButton"), tr("&Import a document …"),
                       tr("An identity document (JSON). You see what it would create before anything is done. You can "
                          "also drop the file onto this window."));
    auto *empty = way(ways, QStringLiteral("emptyButton"), tr("Start &empty"),
                      tr("Create the first people and groups yourself."));
    sample->setDefault(true);
    connect(sample, &QPushButton::clicked, this, &WelcomePage::sampleWanted);
    connect(import, &QPushButton::clicked, this, &WelcomePage::importWanted);
    connect(empty, &QPushButton::clicked, this, &WelcomePage::emptyWanted);
    setFocusProxy(sample);

    rows().addSpacing(12);
    auto *file = new ElidedLabel(column());
    file->setFont(quietFont(this->font()));
    setTone(*file, QPalette::WindowText, Tone::Quiet);
    file->setWhole(tr("Everything is kept in %1").arg(isolated(QDir::toNativeSeparators(coreFile))),
                   ElidedLabel::Kind::Sentence);
    rows().addWidget(file);
}

} // namespace kith::views
