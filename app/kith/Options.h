// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

/// What the command line asks of the window.
struct Options {
    QString core;       ///< The core file; empty: the default one.
    QString connection; ///< The name of a kept connection to open instead of a core file.
    QString picture;    ///< --grab: the file to draw the window into; empty: open the window.
    QString page;       ///< "entities", "groups", "welcome"; empty: what the window shows by itself.
    QStringList select; ///< Names of what is to be selected.
    QString language;   ///< "de"; empty: the desktop's.
    QSize size;         ///< Of the picture or window; invalid: as it was last.
    bool dark = false;
};

/// The options, or what to print and leave with.
struct Parsed {
    Options options;
    std::optional<int> exitStatus; ///< Set: print `message` and leave.
    QString message;
};

/// Needs no application object.
Parsed parseOptions(const QStringList &arguments);
