// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/PolicyText.h"

#include <QPlainTextEdit>

namespace kith::views {

class PolicyHighlighter;

/// The text of a policy with numbered lines, coloured as one types, and marked where it is wrong. Tab leaves it, as
/// everywhere; Enter keeps the indentation.
class PolicyEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit PolicyEditor(QWidget *parent = nullptr);

    void setFault(std::optional<items::PolicyFault> fault);
    void goToLine(int line); ///< From 1.

Q_SIGNALS:
    void left(); ///< Esc.

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Numbers;
    int numbersWidth() const;
    void makeRoom();
    void paintNumbers(QPaintEvent *event);
    void showMarks();
    void breakLine();

    Numbers *m_numbers;
    PolicyHighlighter *m_highlighter;
    std::optional<items::PolicyFault> m_fault;
};

} // namespace kith::views
