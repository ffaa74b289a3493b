// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QProgressBar;
class QPushButton;

namespace kith::views {

class ElidedLabel;

/// What takes long: for a second nothing, then what it is, how far it is, and a button that stops it. Of several, the
/// one that began first. Something is over when nobody else holds its progress any more.
class WorkBar : public QWidget
{
    Q_OBJECT
public:
    explicit WorkBar(QWidget *parent = nullptr);

    /// `what` is no sentence: "Move 3 people to release-team". It can be stopped while its total is known.
    void add(const std::shared_ptr<core::Progress> &progress, const QString &what);

private:
    struct Work {
        std::weak_ptr<core::Progress> progress;
        QString what;
        QElapsedTimer since;
    };

    void look();
    void showWork(const Work &work, const core::Progress &progress);
    void cancel();

    std::vector<Work> m_works;
    ElidedLabel *m_what;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
    QTimer m_looking;
};

} // namespace kith::views
