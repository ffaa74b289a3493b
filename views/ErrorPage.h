// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "TextPage.h"
#include "store/Error.h"

namespace kith::views {

/// Stands in the window when the core file can't be opened: what is wrong, that nothing was changed, and the way out.
class ErrorPage : public TextPage
{
    Q_OBJECT
public:
    ErrorPage(const Error &error, const QString &coreFile, QWidget *parent = nullptr);

Q_SIGNALS:
    void retryWanted();
    void openOtherWanted(); ///< Another core file is to be chosen.
};

/// What went wrong with the core file, in words for a person: a headline and what to do.
struct ErrorWords {
    QString headline;
    QString explanation;
};
ErrorWords openErrorWords(const Error &error);

} // namespace kith::views
