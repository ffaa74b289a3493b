// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <functional>

class QAbstractScrollArea;
class QLabel;
class QPushButton;

namespace kith::views {

/// Stands in a table or tree that shows nothing: says why, and offers a first step.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QAbstractScrollArea *area);

    /// No text: hidden. No step: without a button.
    void say(const QString &title, const QString &explanation = {}, const QString &step = {},
             std::function<void()> run = {});
    void clear() { say({}); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLabel *m_title;
    QLabel *m_explanation;
    QPushButton *m_step;
    std::function<void()> m_run;
};

} // namespace kith::views
