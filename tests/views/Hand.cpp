// SPDX-License-Identifier: Apache-2.0
#include "Hand.h"

#include "items/GroupTreeModel.h"
#include "items/RowsModel.h"
#include "views/DropHint.h"

#include <QApplication>
#include <QDrag>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>
#include <QTreeView>

#include <cstdio>

namespace kith::test {

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

template <class Widget>
Widget *Hand::find(const char *name) const
{
    auto *widget = m_window.findChild<Widget *>(text(name));
    if (!widget)
        qFatal("no %s", name);
    return widget;
}

static constexpr int LongestMs = 8000; ///< For one move.

void Hand::x(const QStringList &arguments)
{
    QProcess tool;
    tool.start(text("xdotool"), arguments);
    if (!tool.waitForFinished(LongestMs)) {
        qWarning("xdotool %s doesn't end", qPrintable(arguments.join(QLatin1Char(' '))));
        tool.kill();
        tool.waitForFinished();
    }
}

void Hand::point(QPoint place)
{
    x({text("mousemove"), QString::number(place.x()), QString::number(place.y())});
}

QString Hand::hint() const
{
    auto *hint = m_window.findChild<views::DropHint *>();
    return hint && hint->isVisible() ? hint->text() : QString();
}

QPoint Hand::personAt(const char *table, EntityId id) const
{
    auto *view = find<QAbstractItemView>(table);
    const QModelIndex index = qobject_cast<items::RowsModel *>(view->model())->indexOf(id);
    const QRect rect = view->visualRect(index);
    return view->viewport()->mapToGlobal(QPoint(rect.left() + 30, rect.center().y()));
}

QPoint Hand::groupAt(const char *name, GroupId id) const
{
    auto *tree = find<QTreeView>(name);
    const QModelIndex index = qobject_cast<items::GroupTreeModel *>(tree->model())->indexesFor(id).front();
    const QRect rect = tree->visualRect(index);
    return tree->viewport()->mapToGlobal(QPoint(rect.left() + 20, rect.center().y()));
}

void Hand::choosePeople(const char *table, const std::vector<EntityId> &people)
{
    auto *view = find<QAbstractItemView>(table);
    auto *model = qobject_cast<items::RowsModel *>(view->model());
    view->clearSelection();
    for (EntityId id : people)
        view->selectionModel()->select(model->indexOf(id), QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void Hand::perform(std::vector<Move> moves)
{
    std::size_t next = 0;
    bool acted = false;
    QElapsedTimer waiting;
    QTimer hand;
    hand.setInterval(20);
    bool stuck = false;
    QObject::connect(&hand, &QTimer::timeout, &m_window, [&] {
        if (next < moves.size() && !acted) {
            moves[next].act();
            waiting.start();
            acted = true;
        } else if (next < moves.size() && (!moves[next].until || moves[next].until())) {
            ++next;
            acted = false;
        } else if (waiting.elapsed() > LongestMs) { // after the last move, too: the loop of a drag may go on
            stuck = true;
            qWarning("stuck at move %d of %d; the hint says: %s", int(next), int(moves.size()), qPrintable(hint()));
            x({text("keyup"), text("shift"), text("key"), text("Escape"), text("mouseup"), text("1")});
            QDrag::cancel();
            next = moves.size();
            waiting.start();
        }
    });
    waiting.start();
    hand.start();
    QVERIFY(QTest::qWaitFor([&] { return next >= moves.size(); }, 30000));
    QVERIFY(!stuck);
}

QString Hand::drag(QPoint from, QPoint to, const QString &said, const char *modifier)
{
    QString last;
    std::vector<Move> moves;
    moves.push_back({[=] { point(from); }, [=] { return QCursor::pos() == from; }});
    moves.push_back({[] {
                         x({text("mousedown"), text("1")});
                     },
                     [] { return QApplication::mouseButtons() != Qt::NoButton; }});
    for (int step = 1; step <= 6; ++step)
        moves.push_back({[=] { point(from + (to - from) * step / 6 + QPoint(step == 6 ? 0 : 3, 0)); }, {}});
    moves.push_back({[=] { point(to + QPoint(2, 1)); }, [this] { return !hint().isEmpty(); }});
    if (modifier)
        moves.push_back({[=] { x({text("keydown"), text(modifier)}); }, {}});
    moves.push_back({[] {}, [=, this] { return hint().contains(said); }});
    moves.push_back({[&] {
                         last = hint();
                         picture(text(QTest::currentTestFunction()));
                         x({text("mouseup"), text("1")});
                     },
                     [this] { return hint().isEmpty(); }});
    if (modifier)
        moves.push_back({[=] { x({text("keyup"), text(modifier)}); }, {}});
    perform(std::move(moves));
    return last;
}

void Hand::picture(const QString &name) const
{
    if (const QString folder = qEnvironmentVariable("KITH_PICTURES"); !folder.isEmpty())
        m_window.grab().save(folder + QLatin1Char('/') + name + text(".png"));
}

std::optional<int> Hand::inOwnDisplay(int argc, char **argv)
{
    if (qEnvironmentVariableIsSet("KITH_OWN_DISPLAY"))
        return std::nullopt;
    QCoreApplication application(argc, argv);
    const QString xvfb = QStandardPaths::findExecutable(text("xvfb-run"));
    if (xvfb.isEmpty() || QStandardPaths::findExecutable(text("xdotool")).isEmpty()) {
        std::puts("SKIP   : xvfb-run (package xvfb) and xdotool are needed for a real mouse");
        return 0;
    }
    QProcess inner;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(text("QT_QPA_PLATFORM"), text("xcb"));
    environment.insert(text("KITH_OWN_DISPLAY"), text("1"));
    inner.setProcessEnvironment(environment);
    inner.setProcessChannelMode(QProcess::ForwardedChannels);
    QStringList arguments{text("-a"), text("-s"), text("-screen 0 1280x800x24")};
    arguments += QCoreApplication::arguments();
    inner.start(xvfb, arguments);
    inner.waitForFinished(-1);
    return inner.exitStatus() == QProcess::NormalExit ? inner.exitCode() : 1;
}

} // namespace kith::test
