// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

class QDialog;
class QFormLayout;
class QPushButton;
class QVBoxLayout;

namespace kith::views {

class FieldNote;

/// The foot of a dialog that does something: Cancel, and the default button with this text and object name, which runs
/// `go`. The button.
QPushButton *addFoot(QDialog &dialog, QVBoxLayout &rows, const QString &text, const char *name,
                     std::function<void()> go);

/// The same below a form: the note, which says what is wrong with what was filled in, stands in between.
QPushButton *addFoot(QDialog &dialog, QVBoxLayout &rows, FieldNote &note, const QString &text, const char *name,
                     std::function<void()> go);

/// Names the fields that stand in their row of the form together with something else: a label is taken for the name of
/// the whole row, which nobody meets who goes from field to field.
void nameFields(const QFormLayout &form);

} // namespace kith::views
