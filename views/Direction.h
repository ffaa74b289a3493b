// SPDX-License-Identifier: Apache-2.0
// Texts of both directions beside each other. The window runs as its language is read; names run as they are written.
#pragma once

#include <QString>

class QLabel;

namespace kith::views {

/// The text, kept to itself where it runs the other way than the window: it neither turns around what stands beside it
/// nor is turned around. For texts that are joined with others, and for those that are drawn.
QString isolated(const QString &text);

/// A sentence without what could turn it around or break its line; the marks that isolated() has put into it stay.
QString visibleSentence(const QString &text, int limit);

/// For other programs: as isolated() found it.
QString withoutMarks(QString text);

/// Rich text whose lines begin where one begins to read the window, whatever letters they begin with.
QString readAsWindow(const QString &html);

/// The same for labels with plain text: a QLabel goes by its first letter.
void alignLikeWindow(QLabel &label);

} // namespace kith::views
