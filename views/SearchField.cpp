// SPDX-License-Identifier: Apache-2.0
#include "SearchField.h"

#include "ClearButton.h"
#include "ErrorText.h"
#include "HitList.h"
#include "Look.h"

#include <QBoxLayout>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>

#include <utility>

namespace kith::views {

SearchField::SearchField(connection::Connection &connection, QWidget *parent)
    : QLineEdit(parent)
    , m_model(connection)
    , m_finder(connection, m_model, HitFinder::Kinds::All)
    , m_drop(new QFrame(parent ? parent->window() : nullptr))
    , m_list(new HitList(m_model, m_drop))
    , m_foot(new QLabel(m_drop))
{
    setObjectName(QStringLiteral("searchField"));
    setAccessibleName(tr("Find"));
    setPlaceholderText(tr("Find people, groups, policies, an id, a command …   (Ctrl+K)"));
    addClearButton(*this);
    m_drop->setObjectName(QStringLiteral("searchDrop"));
    m_drop->setFrameShape(QFrame::StyledPanel);
    m_drop->setAutoFillBackground(true);
    m_drop->hide();
    m_list->setObjectName(QStringLiteral("searchHits"));
    m_list->setAccessibleName(tr("Found"));
    m_foot->setMargin(6);
    m_foot->setTextFormat(Qt::PlainText);
    m_foot->setFont(quietFont(font()));
    auto *column = new QVBoxLayout(m_drop);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_list);
    column->addWidget(m_foot);

    connect(this, &QLineEdit::textEdited, this, [this](const QString &typed) {
        m_enterWaits = false;
        m_finder.find(typed);
    });
    connect(&m_finder, &HitFinder::found, this, &SearchField::found);
    connect(&m_finder, &HitFinder::failed, this, &SearchField::failed);
    connect(m_list, &HitList::dragStarted, m_drop, &QWidget::hide);
    connect(m_list, &HitList::picked, this, [this](connection::ObjectRef object) {
        leaveEmpty();
        if (object)
            Q_EMIT opened(object);
    });
    connect(m_list, &HitList::policyPicked, this, [this](const QString &policy) {
        leaveEmpty();
        Q_EMIT policyOpened(policy);
    });
    connect(m_list, &HitList::commandPicked, this, [this](QAction *action) {
        leaveEmpty();
        Q_EMIT left(); // the page has the focus again, as if its key had been pressed there
        action->trigger();
    });
}

void SearchField::found(const QString &text, int count)
{
    if (text.isEmpty() || !hasFocus())
        return m_drop->hide();
    if (m_lookUp)
        m_foot->setText(count == 0
                            ? tr("Not among what you may list. Enter asks the server for exactly this name or id.")
                            : tr("Enter opens, or drag onto a group. Ctrl+Enter asks the server for exactly "
                                 "this name or id."));
    else
        m_foot->setText(count == 0
                            ? tr("Nothing is called so. Part of a name, an alias, a metadata value or an id will do.")
                            : tr("Enter opens, or drag onto a group"));
    m_foot->setWordWrap(true);
    m_list->setVisible(count > 0);
    placeDrop(count);
    if (std::exchange(m_enterWaits, false))
        count > 0 ? m_list->pickCurrent() : lookUp();
}

/// Enter opens nothing then: what it was meant for isn't there.
void SearchField::failed(const Error &error)
{
    m_enterWaits = false;
    if (!hasFocus())
        return m_drop->hide();
    m_foot->setText(errorText(error));
    m_foot->setWordWrap(true);
    m_list->setVisible(m_model.rowCount() > 0);
    placeDrop(m_model.rowCount());
}

void SearchField::placeDrop(int rows)
{
    QWidget *over = window();
    if (m_drop->parentWidget() != over)
        m_drop->setParent(over);
    const QPoint below = mapTo(over, QPoint(0, height() + 2));
    const int listHeight = m_list->heightFor(rows);
    m_list->setFixedHeight(listHeight);
    m_drop->setGeometry(below.x(), below.y(), width(), listHeight + m_foot->heightForWidth(width() - 2) + 4);
    m_drop->show();
    m_drop->raise();
}

void SearchField::leaveEmpty()
{
    clear();
    m_enterWaits = false;
    m_finder.find({});
}

/// What was opened lately, before anything is typed.
void SearchField::offerRecent()
{
    m_model.showRecent();
    const int count = m_model.rowCount();
    if (count == 0)
        return;
    m_foot->setText(tr("Opened lately. Type to find anything, also what can be done."));
    m_list->show();
    placeDrop(count);
}

void SearchField::lookUp()
{
    const QString wanted = text().trimmed();
    if (wanted.isEmpty() || !m_lookUp)
        return;
    leaveEmpty();
    Q_EMIT lookUpWanted(wanted);
}

bool SearchField::event(QEvent *event)
{
    // Esc is the window's shortcut for going back; in the field it is the field's.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
        event->accept();
    return QLineEdit::event(event);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        if (text().isEmpty())
            Q_EMIT left();
        leaveEmpty();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && m_lookUp && (event->modifiers() & Qt::ControlModifier))
        return lookUp();
    if (enter && m_finder.isLooking()) {
        m_enterWaits = true;
        return;
    }
    if (enter && m_lookUp && m_model.rowCount() == 0)
        return lookUp();
    if (m_drop->isVisible() && m_list->takeKey(event))
        return;
    QLineEdit::keyPressEvent(event);
}

void SearchField::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    if (!text().isEmpty())
        m_finder.find(text());
    else if (event->reason() == Qt::ShortcutFocusReason || event->reason() == Qt::MouseFocusReason)
        offerRecent();
}

void SearchField::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        m_drop->hide();
}

} // namespace kith::views
