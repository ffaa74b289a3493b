// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/PolicyTableModel.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace kith::views {

class InspectorMessage;

/// Beside the policies while none is chosen: what is to be chosen, and which of them are worth a look.
class PolicyOverview : public QWidget
{
    Q_OBJECT
public:
    explicit PolicyOverview(QWidget *parent = nullptr);

    void setCounts(int all, int undefined, int unused);

Q_SIGNALS:
    void kindsWanted(kith::items::PolicyKinds kinds);

private:
    struct Line {
        QWidget *row;
        QLabel *text;
        QPushButton *show;
    };
    Line addLine(const char *name, items::PolicyKinds kinds);

    InspectorMessage *m_message;
    Line m_undefined;
    Line m_unused;
};

} // namespace kith::views
