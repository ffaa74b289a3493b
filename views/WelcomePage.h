// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "TextPage.h"

namespace kith::views {

/// What a first start on an empty core shows: what Kith is, and three ways to begin.
class WelcomePage : public TextPage
{
    Q_OBJECT
public:
    explicit WelcomePage(const QString &coreFile, QWidget *parent = nullptr);

Q_SIGNALS:
    void sampleWanted(); ///< Import of the sample organisation (":/sample.json").
    void importWanted(); ///< Import of a document that is to be chosen.
    void emptyWanted();  ///< Go to the empty pages.
};

} // namespace kith::views
