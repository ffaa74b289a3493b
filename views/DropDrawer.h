// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>
#include <QWidget>

class QSettings;
class QSplitter;

namespace kith::views {

class Line;

/// What a page shows, with a pane for dropping onto. The pane stands at the right of the content as long as somebody
/// wants it there, which is remembered; until somebody said so, when there is room. Where it doesn't stand it comes
/// over the content while objects are carried across the page, and goes again when they are let go.
class DropDrawer : public QWidget
{
    Q_OBJECT
public:
    /// Takes both. `target`: the part of the pane that is dropped onto.
    DropDrawer(QWidget *content, QWidget *pane, QWidget *target, QWidget *parent = nullptr);

    bool stands() const { return m_stands; } ///< The pane is beside the content.
    void setStanding(bool stands);           ///< By hand: no longer follows the room.

    void save(QSettings &settings, const QString &key) const; ///< Where it stands, if somebody decided that.
    void restore(const QSettings &settings, const QString &key);

Q_SIGNALS:
    void standingChanged(bool stands); ///< By hand, or for the room that there is.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Side { Left, Right };
    void stand(bool stands);
    void comeOver(Side side);
    void goAway();
    int paneWidth() const; ///< As long as nobody made it another.

    QSplitter *m_splitter;
    QWidget *m_pane;
    QWidget *m_target;
    Line *m_edge; ///< Of the pane while it is over the content.
    QTimer m_leaving;
    int m_width = 0; ///< Of the pane where it stands; 0: not seen yet.
    bool m_stands = false;
    bool m_isOver = false;
    bool m_isDecided = false;
};

} // namespace kith::views
