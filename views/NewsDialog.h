// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QLocale>

namespace kith::views {

/// What is new in this version and those before, from the resources (":/news/<language>.md"). Not modal; show() it, it
/// deletes itself.
class NewsDialog : public QDialog
{
    Q_OBJECT
public:
    explicit NewsDialog(QWidget *parent = nullptr);

    /// In the first of the locale's languages in which it is written; else in English. Markdown.
    static QString news(const QLocale &locale);
};

} // namespace kith::views
