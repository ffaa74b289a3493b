// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Look.h"

#include <QLabel>

namespace kith::views {

/// A short word about something, in a rounded frame: "disabled", "ldap". Says in words what its tone says in colour.
/// Where there is no room for all of it, it is shortened, and a tool tip has the whole.
class Chip : public QLabel
{
    Q_OBJECT
public:
    explicit Chip(Tone tone, QWidget *parent = nullptr);
    void setTone(Tone tone);
    QString shownText() const; ///< As far as there is room.

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void recolor();

    Tone m_tone;
    bool m_recoloring = false;
};

/// What is wrong with a field, directly under it; hidden while nothing is. Told to assistive technology.
class FieldNote : public QLabel
{
    Q_OBJECT
public:
    explicit FieldNote(QWidget *parent = nullptr);
    void say(const QString &text, Tone tone = Tone::Bad); ///< Empty: nothing is wrong.
};

} // namespace kith::views
