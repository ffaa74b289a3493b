// SPDX-License-Identifier: Apache-2.0
#include "TopBar.h"

#include "Direction.h"
#include "Look.h"
#include "PlainToolTip.h"
#include "SearchField.h"
#include "WindowActions.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace kith::views {

/// Back is where one has read already.
static QString withTurnedArrow(QString text)
{
    constexpr QChar Anticlockwise(0x21b6);
    constexpr QChar Clockwise(0x21b7);
    if (QGuiApplication::isRightToLeft())
        for (QChar &c : text)
            c = c == Anticlockwise ? Clockwise : c == Clockwise ? Anticlockwise : c;
    return text;
}

/// Runs the action, but says always the same: with the text of the action ("Undo: Rename …") it would push what is
/// beside it about.
static QToolButton *button(QAction *action, const QString &text, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    const auto show = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setAccessibleName(action->text().remove(QLatin1Char('&')));
        const QString refusal = WindowActions::refusalOf(action);
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        button->setToolTip(refusal.isEmpty() ? button->accessibleName() + QStringLiteral(" (%1)").arg(keys) : refusal);
    };
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, button, show);
    show();
    return button;
}

TopBar::TopBar(connection::Connection &connection, WindowActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_name(new QLabel(this))
    , m_badge(new QToolButton(this))
    , m_search(new SearchField(connection, this))
{
    setObjectName(QStringLiteral("topBar"));
    m_name->setObjectName(QStringLiteral("connectionName"));
    m_name->setTextFormat(Qt::RichText);

    m_badge->setObjectName(QStringLiteral("connectionBadge"));
    m_badge->setAutoRaise(true);
    connect(m_badge, &QToolButton::clicked, this, &TopBar::badgeClicked);

    auto *create = new QToolButton(this);
    create->setObjectName(QStringLiteral("newButton"));
    create->setText(tr("+ New"));
    create->setAccessibleName(tr("New"));
    create->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(create);
    menu->addActions({actions.newEntity, actions.newGroup, actions.newPolicy});
    menu->setToolTipsVisible(true);
    create->setMenu(menu);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 12, 6);
    row->setSpacing(8);
    auto *left = new QHBoxLayout;
    left->addWidget(m_name);
    left->addWidget(m_badge);
    left->addStretch();
    auto *right = new QHBoxLayout;
    right->setSpacing(8);
    right->addStretch();
    //: The arrow is turned around by itself where one reads from right to left.
    right->addWidget(button(actions.undo, withTurnedArrow(tr("↶ Undo")), this));
    //: The arrow is turned around by itself where one reads from right to left.
    right->addWidget(button(actions.redo, withTurnedArrow(tr("↷ Redo")), this));
    right->addWidget(create);
    row->addLayout(left, 3);
    row->addWidget(m_search, 5);
    row->addLayout(right, 3);
    for (QToolButton *each : findChildren<QToolButton *>())
        each->setMinimumHeight(m_search->sizeHint().height());
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    connect(&m_connection, &connection::Connection::writerChanged, this, &TopBar::showConnection);
    showConnection();
    setBadge({}, {});
}

void TopBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showConnection();
}

void TopBar::setMark(const QColor &colour)
{
    m_mark = colour;
    showConnection();
}

void TopBar::setBadge(const QString &text, const QString &toolTip)
{
    m_badge->setText(text);
    m_badge->setToolTip(toolTip);
    m_badge->setVisible(!text.isEmpty());
}

void TopBar::showConnection()
{
    const bool writable = !m_connection.isReadOnly();
    const QColor dot = m_mark.isValid() ? m_mark : toneColor(palette(), writable ? Tone::Good : Tone::Warning);
    QString text = QStringLiteral("<span style=\"color:%1\">●</span>&nbsp;&nbsp;<b>%2</b>")
                       .arg(dot.name(), isolated(m_connection.name()).toHtmlEscaped());
    if (!writable)
        text += QStringLiteral("&nbsp; ") + tr("read only");
    m_name->setText(readAsWindow(text));
    m_name->setToolTip(plainToolTip(m_connection.location()));
}

} // namespace kith::views
