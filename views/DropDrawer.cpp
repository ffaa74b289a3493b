// SPDX-License-Identifier: Apache-2.0
#include "DropDrawer.h"

#include "Line.h"
#include "items/MimeData.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QSettings>
#include <QSplitter>

#include <chrono>

namespace kith::views {

// In average characters: two readable names beside the narrow columns, and groups on some levels.
static constexpr int ContentRoom = 104;
static constexpr int PaneRoom = 36;

// Long enough to come back over an edge, and to see what became of a drop.
static constexpr std::chrono::milliseconds AfterLeaving(400);
static constexpr std::chrono::milliseconds AfterDropping(1200);

DropDrawer::DropDrawer(QWidget *content, QWidget *pane, QWidget *target, QWidget *parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(this))
    , m_pane(pane)
    , m_target(target)
    , m_edge(new Line(Qt::Vertical, this))
{
    setAcceptDrops(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_splitter);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(content);
    m_splitter->addWidget(pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_pane->setAutoFillBackground(true);
    m_pane->hide();
    m_edge->hide();
    m_target->installEventFilter(this);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_width = m_pane->width(); });
    m_leaving.setSingleShot(true);
    connect(&m_leaving, &QTimer::timeout, this, &DropDrawer::goAway);
}

int DropDrawer::paneWidth() const
{
    return std::min(PaneRoom * fontMetrics().averageCharWidth(), width() / 2);
}

void DropDrawer::setStanding(bool stands)
{
    m_isDecided = true;
    stand(stands);
}

void DropDrawer::stand(bool stands)
{
    if (m_stands == stands)
        return;
    goAway();
    m_stands = stands;
    m_pane->setVisible(stands);
    const int wanted = m_width > 0 ? m_width : paneWidth();
    if (stands)
        m_splitter->setSizes({std::max(0, width() - wanted), wanted});
    Q_EMIT standingChanged(stands);
}

void DropDrawer::comeOver(Side side)
{
    m_leaving.stop();
    if (m_stands || m_isOver)
        return;
    m_isOver = true;
    const int paneAt = side == Side::Right ? width() - paneWidth() : 0;
    m_pane->setParent(this);
    m_pane->setGeometry(paneAt, 0, paneWidth(), height());
    m_pane->show();
    m_pane->raise();
    m_edge->setGeometry(side == Side::Right ? paneAt - 1 : paneWidth(), 0, 1, height());
    m_edge->show();
    m_edge->raise();
}

void DropDrawer::goAway()
{
    m_leaving.stop();
    if (!m_isOver)
        return;
    m_isOver = false;
    m_edge->hide();
    m_pane->hide();
    m_splitter->addWidget(m_pane);
    m_pane->hide(); // a splitter shows what it gets
}

bool DropDrawer::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
        m_leaving.stop();
        break;
    case QEvent::DragLeave:
        m_leaving.start(AfterLeaving);
        break;
    case QEvent::Drop:
        m_leaving.start(AfterDropping);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void DropDrawer::dragEnterEvent(QDragEnterEvent *event)
{
    if (!event->mimeData()->hasFormat(items::objectsMimeType()))
        return event->ignore();
    // Not under the hand: what stood there would be aimed at without being meant.
    const bool room = event->position().x() < width() - paneWidth() * 5 / 4;
    comeOver(room ? Side::Right : Side::Left);
    event->accept(); // so that leaving is told, too
}

void DropDrawer::dragMoveEvent(QDragMoveEvent *event)
{
    event->ignore();
}

void DropDrawer::dragLeaveEvent(QDragLeaveEvent *event)
{
    m_leaving.start(AfterLeaving);
    event->accept();
}

void DropDrawer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    goAway();
    if (!m_isDecided)
        stand(width() >= (ContentRoom + PaneRoom) * fontMetrics().averageCharWidth());
}

void DropDrawer::save(QSettings &settings, const QString &key) const
{
    if (m_isDecided)
        settings.setValue(key, m_stands);
    if (m_width > 0)
        settings.setValue(key + QStringLiteral("Width"), m_width);
}

void DropDrawer::restore(const QSettings &settings, const QString &key)
{
    m_width = settings.value(key + QStringLiteral("Width"), 0).toInt();
    if (settings.contains(key))
        setStanding(settings.value(key).toBool());
}

} // namespace kith::views
