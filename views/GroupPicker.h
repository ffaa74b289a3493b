// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HitModel.h"

#include <QWidget>

class QLineEdit;

namespace kith::views {

class HitList;

/// Finds a group by a part of its name: what is found stands below the field, the arrow keys choose.
class GroupPicker : public QWidget
{
    Q_OBJECT
public:
    explicit GroupPicker(connection::Connection &connection, QWidget *parent = nullptr);

    GroupId group() const; ///< None: nothing is found, nothing was typed, or it is being looked for.
    QString name() const;  ///< Its name.
    bool isEmpty() const;  ///< Nothing is typed.

Q_SIGNALS:
    void searching(); ///< Something else was typed.
    void changed();   ///< Another group is meant.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    HitModel m_model;
    HitFinder m_finder;
    QLineEdit *m_field;
    HitList *m_list;
};

} // namespace kith::views
