// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QApplication;
class QDateTime;

namespace kith::views {

enum class ColorScheme { Light, Dark };

/// Kith's palette for styles that bring none (Fusion without a desktop's theme, off screen).
QPalette paletteFor(ColorScheme scheme);

/// Sets the palette for the scheme. `platform` is the application's palette as the platform made it: it stays where it
/// fits, and where a desktop has themed it; else it is Kith's, with the style Fusion, which follows palettes wholly.
void applyColorScheme(QApplication &application, ColorScheme scheme, const QPalette &platform);

bool isDark(const QPalette &palette);

/// What a piece of text or a mark says beside its words; never by colour alone.
enum class Tone { Plain, Quiet, Accent, Good, Warning, Bad, External };

/// Colour of text in this tone, readable (4.5:1) on the palette's Base and Window.
QColor toneColor(const QPalette &palette, Tone tone);
/// Lines between and around things: visible, but quieter than any text.
QColor lineColor(const QPalette &palette);
/// The edge of what has to be found without its ground: 3:1 on the palette's Window.
QColor edgeColor(const QPalette &palette);
/// A faint background of this tone (the picture of a chip or banner), on which toneColor(…, tone) is still readable.
QColor toneBackground(const QPalette &palette, Tone tone);

/// The three voices: title, text (the platform's font as it is) and quiet; and the platform's fixed-width font.
QFont titleFont(const QFont &text);
QFont quietFont(const QFont &text);
QFont fixedFont(const QFont &text);
/// Looks for the fonts that have letters which the text's own lacks: for the first Chinese name in each of these voices
/// that takes 3 to 10 ms, which a window would stand still. For a program's start.
void findOtherFonts(const QFont &text);

/// A name as it may be shown inside a sentence or a cell: control characters made visible, text direction kept to
/// itself, and shortened in the middle above `limit` characters (the whole name belongs into a tool tip).
QString shownName(const QString &name, int limit = 200);
/// The same without the marks of direction, for places that hold the name alone.
QString visibleName(const QString &name, int limit = 200);

/// "just now", "5 minutes ago", "3 days ago", else the date. Of an invalid time: empty.
QString ago(const QDateTime &time, const QDateTime &now);

} // namespace kith::views
