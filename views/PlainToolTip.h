// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace kith::views {

/// A tooltip that says just this, in lines. Qt takes a text that looks like HTML for such, also where it is a name, and
/// breaks only HTML into lines. Nothing stays nothing.
inline QString plainToolTip(const QString &text)
{
    static constexpr int MostLetters = 5000; // of which more than a screen would be filled
    return text.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(text.left(MostLetters).toHtmlEscaped());
}

} // namespace kith::views
