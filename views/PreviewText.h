// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Look.h"
#include "connection/Values.h"

#include <vector>

namespace kith::views {

/// One line of what a change would do, in plain text.
struct PreviewLine {
    Tone tone = Tone::Plain;
    QString text;
};

/// "Add 3 people to release-team"; `what` is the subject ("3 people").
QString changeTitle(const connection::Change &change, const QString &what, const QString &target, const QString &from);

/// Who gains and loses what, at most a handful of lines; or that nothing changes.
std::vector<PreviewLine> previewLines(const connection::Preview &preview);

/// The lines as rich text for a label, each in the colour of its tone.
QString previewHtml(const std::vector<PreviewLine> &lines, const QPalette &palette);

/// Why it can't be; a sentence.
QString refusalText(connection::Refusal refusal, const QString &target);

} // namespace kith::views
