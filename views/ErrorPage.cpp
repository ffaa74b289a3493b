// SPDX-License-Identifier: Apache-2.0
#include "ErrorPage.h"

#include "Direction.h"
#include "Look.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

namespace {

ErrorWords wordsFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotACore:
        return {
            ErrorPage::tr("This file is not a Kith core"),
            ErrorPage::tr("It is some other kind of file, and was left as it is. If it is an identity document (JSON), "
                          "open another core first and import the document there.")};
    case ErrorCode::NewerVersion:
        return {
            ErrorPage::tr("This core was written by a newer Kith"),
            ErrorPage::tr("Opening it with this version could lose what it doesn't know. Update Kith, or open another "
                          "core. The file was left as it is.")};
    case ErrorCode::Damaged:
        return {ErrorPage::tr("This core file is damaged"),
                ErrorPage::tr(
                    "Make a copy of the file before anything else. Beside it there may be a backup from before the "
                    "last update (the same name with “.backup” in it) which you can open instead. "
                    "“kithctl check” tells what can be read.")};
    case ErrorCode::ReadOnly:
        return {ErrorPage::tr("This core can't be written"),
                ErrorPage::tr("The file, or the folder it is in, is read-only for you. Kith needs both. Change the "
                              "permissions and try again, or open another core.")};
    case ErrorCode::DiskFull:
        return {ErrorPage::tr("The disk is full"),
                ErrorPage::tr(
                    "There is no room to open the core safely. Nothing was lost. Free some space and try again.")};
    case ErrorCode::WriterTaken:
        return {ErrorPage::tr("Another program is writing to this core"),
                ErrorPage::tr("Close it there and try again.")};
    default:
        return {ErrorPage::tr("This core can't be opened"),
                ErrorPage::tr("The file could not be read. Nothing was changed. Try again, or open another core.")};
    }
}

} // namespace

ErrorWords openErrorWords(const Error &error)
{
    return wordsFor(error.code);
}

ErrorPage::ErrorPage(const Error &error, const QString &coreFile, QWidget *parent) : TextPage(parent)
{
    setObjectName(QStringLiteral("errorPage"));
    const ErrorWords said = openErrorWords(error);
    const auto add = [&](const QString &text, const char *name) {
        auto *label = new QLabel(text, column());
        label->setObjectName(QLatin1String(name));
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        alignLikeWindow(*label);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        rows().addWidget(label);
        return label;
    };
    add(said.headline, "errorHeadline")->setFont(titleFont(font()));
    add(QDir::toNativeSeparators(coreFile), "errorFile")->setFont(fixedFont(font()));
    add(said.explanation, "errorExplanation");
    QString detail = QString::fromStdString(error.wire);
    if (detail.compare(said.headline, Qt::CaseInsensitive) == 0)
        detail.clear();
    if (!error.where.empty() && QString::fromStdString(error.where) != coreFile)
        detail += (detail.isEmpty() ? QString() : QStringLiteral(" — ")) + QString::fromStdString(error.where);
    if (!detail.isEmpty()) {
        QLabel *label = add(tr("In detail: %1").arg(visibleName(detail, 1000)), "errorDetail");
        label->setFont(quietFont(font()));
    }
    auto *buttons = new QHBoxLayout;
    auto *retry = new QPushButton(tr("&Try again"), column());
    retry->setObjectName(QStringLiteral("retryButton"));
    auto *other = new QPushButton(tr("&Open another core …"), column());
    other->setObjectName(QStringLiteral("otherCoreButton"));
    connect(retry, &QPushButton::clicked, this, &ErrorPage::retryWanted);
    connect(other, &QPushButton::clicked, this, &ErrorPage::openOtherWanted);
    buttons->addWidget(retry);
    buttons->addWidget(other);
    buttons->addStretch();
    rows().addSpacing(8);
    rows().addLayout(buttons);
    const bool never = error.code == ErrorCode::NotACore || error.code == ErrorCode::NewerVersion;
    setFocusProxy(never ? other : retry);
    focusProxy()->setFocus();
}

} // namespace kith::views
