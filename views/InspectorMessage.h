// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;

namespace kith::views {

/// What the inspector says when there is no single object to show: a title and a text, or that it is loading.
class InspectorMessage : public QWidget
{
    Q_OBJECT
public:
    explicit InspectorMessage(QWidget *parent = nullptr);

    void say(const QString &title, const QString &text);
    void sayLoading();

private:
    QLabel *m_title;
    QLabel *m_text;
    QProgressBar *m_busy;
};

} // namespace kith::views
